import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Bearer } from '../contract/actor.ts';
import type { State } from '../core/state.ts';
import type { Table } from '../core/table.ts';
import { each } from '../core/table.ts';

/** How long a token is good for, in milliseconds. */
export const tokenLifetime = 90 * 24 * 60 * 60 * 1_000;

/** A new bearer token: 32 random bytes. Only its hash goes into the journal. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 of the token, in hex, as the acts take it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whom a token stands for. */
export type Holder = { readonly seat: 'worker'; readonly worker: number } | { readonly seat: 'orchestrator' };

export function bearerOf(holder: Holder): Bearer {
  return holder.seat === 'worker' ? holder.worker : holder.seat;
}

interface Credential {
  readonly hash: Buffer;
  readonly expires: number;
  readonly holder: Holder;
}

const known = new WeakMap<Table<unknown>, { seat: State['seat']; credentials: readonly Credential[] }>();

/** Whom the token names at `now`; undefined for one that is wrong, expired or revoked. */
export function holderOf(state: State, token: string, now: number): Holder | undefined {
  const offered = createHash('sha256').update(token).digest();
  let found: Holder | undefined;
  for (const { hash, expires, holder } of credentialsOf(state)) {
    // No early end: how long it takes says nothing of where a match stands.
    if (timingSafeEqual(offered, hash) && now < expires) found = holder;
  }
  return found;
}

function credentialsOf(state: State): readonly Credential[] {
  const kept = known.get(state.workers);
  if (kept && kept.seat === state.seat) return kept.credentials;
  const credentials: Credential[] = [];
  const keep = (tokenHash: string, expires: number, holder: Holder): void => {
    const hash = Buffer.from(tokenHash, 'hex');
    if (hash.length === 32) credentials.push({ hash, expires, holder });
  };
  for (const worker of each(state.workers)) {
    if (!worker.removed) keep(worker.tokenHash, worker.expires, { seat: 'worker', worker: worker.n });
  }
  if (state.seat) keep(state.seat.tokenHash, state.seat.expires, { seat: 'orchestrator' });
  known.set(state.workers, { seat: state.seat, credentials });
  return credentials;
}
