import type { Replacement } from './replacement.ts';

/** The rules that are built. A test named after a rule that is not here fails the run, and so does a rule without a change. */
export const rules = {
  T1: 'The orchestrator coordinates and does not execute',
  T2: 'The user’s instruction interrupts all work at once, word for word',
  T3: 'The TODO list is the truth, and only the orchestrator changes it',
  T4: 'A result is handled in order',
  T5: 'The next step is released only on an empty list, or past named items',
  T6: 'Only the next TODO is delegated, whole, for one purpose, to one worker',
  T7: 'A plan is intentions, subordinate to results',
  T8: 'Continue, informational, assume, batch, skip, momentum: forbidden',
  T9: 'A step is complete only when nothing of it is left',
  P1: 'Six operations, each for a person and for an agent',
  P2: 'The one next thing is named, and who owns a file is protected',
  P3: 'What is missing at the start, un-ACKed and silent is visible',
  P4: 'Every message that gives work has six fields that can be proved',
  P5: 'Nothing to do is a decision, and nobody healthy is interrupted',
  P6: 'A question has six fields and goes back once',
  P7: 'Two in one file are a case: freeze, owner, merge path, evidence, resume',
  P8: 'A result is approved only if all four gates pass',
  P9: 'A bug is reproduced before it is mended, and nothing else changes with its fix',
  P10: 'Only what a person has to settle interrupts one',
  P11: 'Nothing is closed with something hidden, and what is pending is carried on',
  P12: 'One seat for each credential',
} as const;

/** The settled cases that are built; each has a change of its own. */
export const settledCases = [
  'result waits for review',
  'reject',
  'its worker is silent or gone',
  'open items of a rejected result',
  'packet bundle partly done',
  'a result against its own words',
  'late result',
  'deferred item',
  'duplicate items',
  'worker removed in mid-work',
  'question whose TODO was dropped or withdrawn',
  'edit of a live TODO',
  'two steps of one role',
  'launched worker ends without a result',
  'reopening a closed orchestration',
  'a by-hand worker at this editor',
  'person against worker',
  'hand lock',
  'result during an instruction',
  'shared folder, several live',
  'undo of an approval',
] as const;

export type RuleId = keyof typeof rules;
type SettledCase = (typeof settledCases)[number];

/** A small change that switches a rule off, or a part of it. */
export interface Change extends Replacement {
  readonly rule: RuleId;
  /** What goes through then, in a sentence; also the name of the change. */
  readonly lets: string;
  readonly settled?: SettledCase;
}

export function nameOf({ rule, lets }: Change): string {
  return `${rule}: ${lets}`;
}

/** A change to one file below `src/`. An empty `replace` takes out what is found. */
export function off(
  rule: RuleId,
  file: string,
  lets: string,
  find: string,
  replace = '',
  settled?: SettledCase,
): Change {
  return { rule, file: `src/${file}`, lets, find, replace, ...(settled ? { settled } : {}) };
}
