import { randomUUID } from 'node:crypto';
import type { Act } from '../contract/acts.ts';
import { at } from '../core/table.ts';
import type { Desk } from '../desk/desk.ts';

export interface PresenceOptions {
  readonly desk: Desk;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** After so many seconds without a call, a worker with live work counts as silent. */
  readonly silentAfter: () => number;
}

/** When each worker was last heard of. Kept in memory: only what it means becomes an event. */
export interface Presence {
  /** A worker's token was just used. */
  contact(worker: number): void;
  lastContact(worker: number): number | undefined;
  /** Marks who has fallen silent. Whoever composes it calls it now and then, while this host serves the door. */
  sweep(): Promise<void>;
}

export function createPresence({ desk, clock, silentAfter }: PresenceOptions): Presence {
  /** Nobody is silent for the time in which nobody listened. */
  const began = clock();
  const contacts = new Map<number, number>();
  const note = (act: Act): Promise<unknown> =>
    desk.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });

  return {
    contact(worker) {
      contacts.set(worker, clock());
      const { live, dispatches } = desk.state;
      for (const n of live) {
        const dispatch = at(dispatches, n);
        if (dispatch?.worker === worker && dispatch.silentSince !== undefined)
          void note({ type: 'note-back', dispatch: n });
      }
    },
    lastContact: (worker) => contacts.get(worker),
    async sweep() {
      const { live, dispatches } = desk.state;
      const limit = clock() - silentAfter() * 1_000;
      const silent = live.flatMap((n) => {
        const dispatch = at(dispatches, n);
        if (!dispatch || dispatch.silentSince !== undefined || dispatch.inReview !== undefined) return [];
        const lastContact = Math.max(contacts.get(dispatch.worker) ?? began, dispatch.at);
        return lastContact <= limit ? [{ type: 'note-silent', dispatch: n, lastContact } as const] : [];
      });
      await Promise.all(silent.map(note));
    },
  };
}
