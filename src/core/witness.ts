import { refusal, type Refusal } from '../contract/refusal.ts';
import type { Witnessed } from '../contract/review.ts';
import { parseCommandLine } from './commandLine.ts';
import { isSameList } from './evolvers/witness.ts';
import { short } from './labels.ts';
import { isMended, reproductionOf, showsBug } from './reproduction.ts';
import type { Run, State, StoredResult, Todo } from './state.ts';
import { at } from './table.ts';
import { verifyEntries } from './verifyCommands.ts';

export function isAllowed(state: State, argv: readonly string[]): boolean {
  return state.allowed.some((other) => isSameList(other, argv));
}

/** P8: why a command of VERIFY is not run: an agent wrote it, and the user has not allowed exactly this list. */
export function notAllowedYet(
  state: State,
  todo: Todo,
  { words, argv }: { readonly words: string; readonly argv: readonly string[] },
): Refusal | undefined {
  return todo.agentVerify?.includes(words) === true ? unlessAllowed(state, todo, words, argv) : undefined;
}

/** The same of what reproduces its bug. */
export function reproductionNotAllowed(
  state: State,
  todo: Todo,
  { words, argv }: { readonly words: string; readonly argv: readonly string[] },
): Refusal | undefined {
  return todo.debug?.bug?.agentWrote === true ? unlessAllowed(state, todo, words, argv) : undefined;
}

function unlessAllowed(
  state: State,
  todo: Todo,
  words: string,
  argv: readonly string[],
): Refusal | undefined {
  if (isAllowed(state, argv)) return undefined;
  return refusal(
    'command-not-allowed',
    `An agent wrote ${commandName(words)} of TODO ${todo.n}, and the user has not allowed it.`,
    'The user allows it with Lockkeeper: Allow a Command, which names it as it would be run.',
  );
}

/** A command of VERIFY, with its TODO and line; or what reproduces its bug, before the fix or after it. */
export interface ToRun {
  readonly todo: number;
  readonly line?: number;
  readonly reproduction?: 'before' | 'after';
  /** What it was said to print. */
  readonly shows?: string;
  readonly words: string;
  readonly argv: readonly string[];
}

/** What VERIFY of a result holds: the commands that can be run, those that wait for the user's word, and why. A bug's reproduction (P9) is among them. */
export function commandsOf(
  state: State,
  result: StoredResult,
): {
  readonly runnable: readonly ToRun[];
  readonly waiting: readonly ToRun[];
  readonly hindrances: readonly Refusal[];
} {
  const runnable: ToRun[] = [];
  const waiting: ToRun[] = [];
  const hindrances: Refusal[] = [];
  for (const n of at(state.dispatches, result.dispatch)?.todos ?? []) {
    const todo = at(state.todos, n);
    if (!todo) continue;
    for (const entry of verifyEntries(todo.packet)) {
      if (!('argv' in entry)) continue;
      const { line, words, argv } = entry;
      const hindrance = notAllowedYet(state, todo, entry);
      if (hindrance) hindrances.push(hindrance);
      (hindrance ? waiting : runnable).push({ todo: n, line, words, argv });
    }
    const bug = reproductionOf(state, todo);
    if (!bug || !('argv' in bug)) continue;
    const { words, shows, argv } = bug;
    const hindrance = reproductionNotAllowed(state, todo, bug);
    if (hindrance) {
      hindrances.push(hindrance);
      waiting.push({ todo: n, words, argv });
    } else {
      runnable.push({ todo: n, reproduction: 'before', words, shows, argv });
      runnable.push({ todo: n, reproduction: 'after', words, shows, argv });
    }
  }
  return { runnable, waiting, hindrances };
}

/** A command in a sentence. */
export function commandName(words: string): string {
  return `\`${short(words, 80)}\``;
}

/** How a run ended: "ended with 1", or why it has no exit code. */
export function endWords({ exitCode, why }: Pick<Run, 'exitCode' | 'why'>): string {
  if (exitCode !== null) return `ended with ${exitCode}`;
  return why ?? 'has no exit code';
}

/** Whether it ran to its end, changed nothing, and ended with 0. */
export function hasPassed({ exitCode, changed }: Pick<Witnessed, 'exitCode' | 'changed'>): boolean {
  return exitCode === 0 && !changed;
}

/** The runs that say otherwise than a result that says it is done. */
export function contradictions(result: StoredResult): readonly Run[] {
  if (result.packet.outcome !== 'done') return [];
  // A later run of the same command, in a fresh worktree or not, has the last word.
  const last = (result.witnessed ?? []).filter(
    (run, index, all) => !all.slice(index + 1).some((other) => isOfOneKind(other, run)),
  );
  // What ran before the fix says nothing of it.
  return last.filter(
    (run) => !run.changed && run.reproduction !== 'before' && !isMended(run, beforeFix(last, run)),
  );
}

function isOfOneKind(left: Run, right: Run): boolean {
  return left.todo === right.todo && left.line === right.line && left.reproduction === right.reproduction;
}

/** Of a run of what reproduces a bug: the same one before the fix. */
function beforeFix(runs: readonly Run[], { todo, reproduction }: Run): Run | undefined {
  if (reproduction === undefined) return undefined;
  return runs.find((run) => run.todo === todo && run.reproduction === 'before');
}

/** The results that wait for a verdict. */
function reviewed(state: State): readonly StoredResult[] {
  return state.live.flatMap((n) => {
    const result = at(state.results, at(state.dispatches, n)?.inReview ?? 0);
    return result?.state === 'review' ? [result] : [];
  });
}

/** Of which nothing was run yet: the window that should have is gone. What a person cancelled waits for a word. */
export function neverRun(state: State): readonly StoredResult[] {
  return reviewed(state).filter(({ witnessed, verifyCancelled }) => !witnessed && verifyCancelled !== true);
}

/** The command of a run as its packet has it; where another one stands there now, as it was run. */
export function wordsOf(state: State, { todo: n, line, reproduction, argv }: Run): string {
  const todo = at(state.todos, n ?? 0);
  const words = reproduction ? todo?.debug?.bug?.reproduction.command : todo?.packet?.verify[(line ?? 0) - 1];
  const parsed = words === undefined ? undefined : parseCommandLine(words);
  const isSame = parsed !== undefined && 'argv' in parsed && isSameList(parsed.argv, argv);
  return words !== undefined && isSame ? words : argv.join(' ');
}

/** Whether a run came to what it should: what reproduces a bug fails before the fix. */
export function isAsItShould(run: Witnessed): boolean {
  return run.reproduction === 'before' ? !run.changed && showsBug(run) : hasPassed(run);
}
