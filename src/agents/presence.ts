import { randomUUID } from 'node:crypto';
import type { Act } from '../contract/acts.ts';
import type { Bearer } from '../contract/actor.ts';
import { isByHand } from '../core/state.ts';
import { at } from '../core/table.ts';
import type { Desk } from '../desk/desk.ts';
import type { ToolCalls } from './toolCalls.ts';

export interface PresenceOptions {
  readonly desk: Desk;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds that no one sets, and that stand still while the machine sleeps; `performance.now` by default. */
  readonly steady?: () => number;
  /** After so many seconds without a call, a worker with live work counts as silent. */
  readonly silentAfter: () => number;
  /** How often the agent of a dispatch has called its tools. */
  readonly toolCalls?: Pick<ToolCalls, 'made'>;
}

/** When each worker, and the seat, was last heard of. Kept in memory: only what it means becomes an event. */
export interface Presence {
  /** A token was just used. */
  contact(this: void, bearer: Bearer): void;
  lastContact(this: void, bearer: Bearer): number | undefined;
  /** The same of every worker that was heard of. */
  heard(): Readonly<Record<number, number>>;
  /** Marks who has fallen silent. Whoever composes it calls it now and then, while this host serves the door. */
  sweep(): Promise<void>;
}

/** The two clocks part by less than this by themselves. */
const jump = 5_000;

export function createPresence(options: PresenceOptions): Presence {
  const { desk, clock, silentAfter, steady = () => performance.now() } = options;
  /** Nobody is silent for the time in which nobody listened, nor for what a clock was set by. */
  let began = clock();
  let looked = { clock: began, steady: steady() };
  const contacts = new Map<Bearer, number>();
  const note = (act: Act): Promise<unknown> =>
    desk.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });

  return {
    contact(bearer) {
      contacts.set(bearer, clock());
      if (bearer === 'orchestrator') return;
      const { live, dispatches, workers } = desk.state;
      if (at(workers, bearer)?.exposedAt !== undefined)
        void note({ type: 'note-reconnected', worker: bearer });
      for (const n of live) {
        const dispatch = at(dispatches, n);
        if (dispatch?.worker === bearer && dispatch.silentSince !== undefined)
          void note({ type: 'note-back', dispatch: n });
      }
    },
    lastContact: (bearer) => contacts.get(bearer),
    heard: () => Object.fromEntries([...contacts].filter(([bearer]) => bearer !== 'orchestrator')),
    async sweep() {
      const { live, dispatches } = desk.state;
      const now = clock();
      const passed = { clock: now - looked.clock, steady: steady() - looked.steady };
      const jumped = passed.clock - passed.steady;
      const isJump = Math.abs(jumped) > jump;
      if (isJump) began = now;
      looked = { clock: now, steady: steady() };
      const limit = now - silentAfter() * 1_000;
      const silent = live.flatMap((n) => {
        const dispatch = at(dispatches, n);
        if (!dispatch || isByHand(at(desk.state.workers, dispatch.worker))) return [];
        if (dispatch.silentSince !== undefined || dispatch.inReview !== undefined) return [];
        // What is still to come was before the clock was set back.
        const past = [contacts.get(dispatch.worker) ?? began, dispatch.at].filter((one) => one <= now);
        const lastContact = Math.max(began, ...past);
        return lastContact <= limit ? [{ type: 'note-silent', dispatch: n, lastContact } as const] : [];
      });
      // P3: it calls, and does not take what it was sent.
      const lying = live.flatMap((n) => {
        const dispatch = at(dispatches, n);
        if (!dispatch || dispatch.acknowledgedAt !== undefined || dispatch.inReview !== undefined) return [];
        if (isByHand(at(desk.state.workers, dispatch.worker)) || dispatch.ended) return [];
        if (dispatch.unacknowledgedSince !== undefined || dispatch.silentSince !== undefined) return [];
        const { epoch } = dispatch;
        const sent = Math.max(began, dispatch.sentAgainAt ?? dispatch.at);
        const calls = (contacts.get(dispatch.worker) ?? 0) > limit;
        return calls && sent <= limit ? [{ type: 'note-unacknowledged', dispatch: n, epoch } as const] : [];
      });
      await Promise.all([...silent, ...lying].map(note));
      if (!live.some((n) => at(dispatches, n)?.budget)) return;
      const { sweepBudgets } = await import('./budgets.ts');
      await sweepBudgets(desk, now, isJump ? jumped : 0, options.toolCalls?.made);
    },
  };
}
