import { createHash } from 'node:crypto';
import type { Act } from '../contract/acts.ts';
import { actorName, type Actor } from '../contract/actor.ts';
import type { Refusal } from '../contract/refusal.ts';
import type { Made } from '../core/decision.ts';

/** What somebody asks for. `id` is theirs: the same id again gets the first answer again. */
export interface Command {
  readonly id: string;
  readonly actor: Actor;
  readonly act: Act;
}

export type Reply =
  | { readonly ok: true; readonly said: string; readonly made: Made }
  | { readonly ok: false; readonly refusal: Refusal };

/** What tells a command apart from another one under the same id. */
export function digestOf(command: Command): string {
  return createHash('sha256')
    .update(JSON.stringify([actorName(command.actor), command.act]))
    .digest('hex');
}
