import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { workerName } from '../../core/labels.ts';
import { isByHand } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import { confirmStop, pickStop, walk } from '../asking/walk.ts';
import { asks, confirms, titles } from '../prompts.ts';
import { noConnection } from '../byHand/sentences.ts';
import type { Room } from '../room.ts';
import { connectionText } from './connection.ts';
import { holderChoices, nameOfHolder } from './holders.ts';

/** Lends the orchestrator's seat to one agent. The user's alone; taking it back needs no word. */
export function lendSeat(room: Room): Action {
  return action(z.object({}), async (given) => {
    if (!room.state.seat) {
      const draft = await walk(titles.lendSeat, given, [confirmStop(() => confirms.lendSeat)]);
      if (!draft) return cancelled;
    }
    const credential = room.house.credentials.lendSeat();
    const { tokenHash, expires } = credential;
    const outcome = await room.submit({ type: 'lend-seat', tokenHash, expires });
    if (outcome.ok) await credential.keep();
    return outcome;
  });
}

export function takeSeatBack(room: Room): Action {
  return action(z.object({ reason: z._default(z.string(), '') }), ({ reason }) =>
    room.submit({ type: 'take-seat-back', reason }),
  );
}

const copying = z.object({
  holder: z.optional(z.union([z.int(), z.literal('orchestrator')])),
  form: z.optional(z.enum(['variables', 'program'])),
});
type Copying = z.output<typeof copying>;

/** Puts what an agent needs to connect on the clipboard. The user's alone: whoever has it acts as its holder. */
export function copyConnection(room: Room): Action {
  return action(copying, async (given) => {
    const nameOf = (holder: Copying['holder']): string => nameOfHolder(room, holder ?? 'orchestrator');
    if (typeof given.holder === 'number' && isByHand(at(room.state.workers, given.holder))) {
      return refused(noConnection(nameOf(given.holder)));
    }
    const draft = await walk<Copying>(titles.copyConnection, given, [
      pickStop('holder', () => ({
        placeholder: asks.worker,
        choices: holderChoices(room.state),
      })),
      pickStop('form', () => ({ placeholder: asks.connectionForm, choices: asks.connectionForms })),
      confirmStop(({ holder }) => confirms.copyConnection(nameOf(holder))),
    ]);
    if (draft?.holder === undefined || draft.form === undefined) return cancelled;
    const connection = await room.house.credentials.connection(draft.holder);
    if (!connection) {
      const next = 'Remove it and add it again, or connect from the window that registered it.';
      return refused(refusal('no-connection', `This window has no token for ${nameOf(draft.holder)}.`, next));
    }
    const worker = typeof draft.holder === 'number' ? workerName(room.state, draft.holder) : undefined;
    const whole = { ...connection, runtime: process.execPath, worker };
    await vscode.env.clipboard.writeText(connectionText(draft.form, whole));
    return said('The connection is on the clipboard.');
  });
}
