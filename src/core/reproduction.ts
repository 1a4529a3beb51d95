import type { Witnessed } from '../contract/review.ts';
import { isDebug } from './debugMode.ts';
import type { Run, State, Todo } from './state.ts';
import { readCommand } from './verifyCommands.ts';

/** P9: what reproduces the bug of a TODO in debug mode: a command, or what is to be seen by eye. */
export type Reproduction = { readonly words: string; readonly shows: string } & (
  { readonly argv: readonly string[] } | { readonly seen: string }
);

export function reproductionOf(state: State, todo: Todo | undefined): Reproduction | undefined {
  const bug = isDebug(state, todo) ? todo?.debug?.bug : undefined;
  if (!bug) return undefined;
  const { command: words, shows } = bug.reproduction;
  const read = readCommand(words);
  return 'why' in read ? undefined : { words, shows, ...read };
}

/** Shorter words stand in any output. */
const leastLength = 3;

/** Whether an output holds what was described: the whole of it, a line of it, or what it quotes. */
export function isPrinted(output: string, shows: string): boolean {
  const quoted = [...shows.matchAll(/["“`]([^"“”`]+)["”`]/g)].map(([, words = '']) => words);
  const within = plain(output);
  return [shows, ...shows.split('\n'), ...quoted]
    .map(plain)
    .some((words) => words.length >= leastLength && within.includes(words));
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Whether a run shows the bug: it does not pass, or prints what was described. */
export function showsBug({
  exitCode,
  printed,
  notStarted,
}: Pick<Witnessed, 'exitCode' | 'printed' | 'notStarted'>) {
  return notStarted !== true && (exitCode !== 0 || printed === true);
}

/** Whether a run on the result shows it no more. One that passed before too is told by what it prints. */
export function isMended(after: Pick<Run, 'exitCode' | 'printed'>, before: Run | undefined): boolean {
  return after.exitCode === 0 && !(after.printed === true && before?.exitCode === 0);
}
