import { randomUUID } from 'node:crypto';
import type { Act } from '../contract/acts.ts';
import type { Worker } from '../core/state.ts';
import { presentWorkers } from '../core/worker.ts';
import type { Desk } from '../desk/desk.ts';
import { hashToken, mintToken, tokenLifetime } from './credentials.ts';

/** Where the tokens lie in plain, by holder. */
export interface TokenStore {
  read(holder: number): PromiseLike<string | undefined>;
  keep(holder: number, token: string): PromiseLike<void>;
}

/** A new token with what an act takes of it. */
export interface Minted {
  readonly token: string;
  readonly tokenHash: string;
  readonly expires: number;
}

/** The workers' tokens: what Lockkeeper itself does with them. */
export interface Tokens {
  mint(): Minted;
  /** A token that is good for the worker; made anew where the kept one is lost or expired. Throws where it cannot. */
  of(worker: Worker): Promise<string>;
  /**
   * Makes every token worthless that a stranger may have been shown: each worker gets another one, and the seat is
   * taken back. Throws where that cannot be kept.
   */
  renewExposed(): Promise<void>;
}

export function keepTokens(desk: Desk, clock: () => number, store: TokenStore): Tokens {
  const mint = (): Minted => {
    const token = mintToken();
    return { token, tokenHash: hashToken(token), expires: clock() + tokenLifetime };
  };
  const ask = async (act: Act): Promise<void> => {
    const reply = await desk.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });
    if (!reply.ok) throw new Error(reply.refusal.sentence);
  };
  const renew = async (worker: number, exposed?: true): Promise<string> => {
    const { token, tokenHash, expires } = mint();
    await store.keep(worker, token);
    await ask({ type: 'renew-token', worker, tokenHash, expires, ...(exposed ? { exposed } : {}) });
    return token;
  };
  return {
    mint,
    async of(worker) {
      const kept = await store.read(worker.n);
      const isGood = kept !== undefined && hashToken(kept) === worker.tokenHash && worker.expires > clock();
      return isGood ? kept : renew(worker.n);
    },
    async renewExposed() {
      const holders = presentWorkers(desk.state).filter(({ tokenHash }) => tokenHash !== '');
      await Promise.all(holders.map(({ n }) => renew(n, true)));
      if (desk.state.seat)
        await ask({ type: 'take-seat-back', reason: 'A stranger may have been shown its token.' });
    },
  };
}
