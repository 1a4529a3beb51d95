import type { ActName } from '../contract/acts.ts';
import type { Actor } from '../contract/actor.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import type { Instruction, State } from './state.ts';
import { at } from './table.ts';

/** What the user said and what everything waits for, in the order it was said (T2). */
export function standingInstructions(state: State): readonly Instruction[] {
  return state.instructed.flatMap((n) => at(state.instructions, n) ?? []);
}

/** The user's own words, unaltered. */
export function instructionWords({ n, words }: Pick<Instruction, 'n' | 'words'>): string {
  return `The user says (instruction ${n}): “${words}”`;
}

/**
 * What goes on while an instruction stands: what the user says, what takes work away, and what is received. The rest
 * of the list takes something away too, for a person's safety: a worker, the seat, a command that was allowed.
 */
const goesOn: ReadonlySet<ActName> = new Set<ActName>([
  'instruct',
  'carry-on',
  'replan',
  'withdraw',
  'drop-todo',
  'submit',
  'progress',
  'ask',
  'hear-answer',
  'remove-worker',
  'take-seat-back',
  'revoke-command',
]);

/** T2: the refusal of whatever does not go on; undefined where nothing stands or the act goes on. */
export function stoppedBy(state: State, actor: Actor, act: ActName): Refusal | undefined {
  const [first] = standingInstructions(state);
  // The keeper notices and decides nothing.
  if (!first || actor.seat === 'keeper' || goesOn.has(act)) return undefined;
  return refusal('instruction-stands', instructionWords(first), wayOnFor(actor, first));
}

function wayOnFor(actor: Actor, { n }: Instruction): string {
  if (actor.seat === 'user') return wayOn(n);
  if (actor.seat === 'orchestrator') {
    return 'Replan as it says: quote it, and name the fate of every live TODO. Only the user lets work carry on as it was.';
  }
  return 'enteredBy' in actor ? 'Enter what was done so far, or let work carry on.' : parking;
}

export function wayOn(n: number): string {
  return `Replan as it says, which ends it; or let work carry on past instruction ${n}.`;
}

/** What a worker does when it hears of one. */
export const parking =
  'Stop now and change nothing more. Say where you stand with report_progress, then wait with get_task.';
