import { evidenceLevels, type EvidenceLevel } from '../contract/review.ts';
import { isMended, reproductionOf, showsBug, type Reproduction } from './reproduction.ts';
import { commandName, endWords, hasPassed, notAllowedYet, reproductionNotAllowed } from './witness.ts';
import { short } from './labels.ts';
import type { Run, State, StoredResult, Todo } from './state.ts';
import { at } from './table.ts';
import { verifyEntries, type VerifyEntry } from './verifyCommands.ts';

/** What a VERIFY command stands on, for one result. */
export interface CommandEvidence {
  /** None of the workspace's own regression command. */
  readonly todo?: number;
  /** P9: what reproduces the bug, before the fix or after it. */
  readonly reproduction?: 'before' | 'after';
  /** From 1. */
  readonly line?: number;
  /** As VERIFY has it. */
  readonly words: string;
  readonly argv: readonly string[];
  readonly level: EvidenceLevel;
  /** `failed` is no evidence on any level; `cannot` says why it is not run at all. */
  readonly standing: 'passed' | 'failed' | 'stale' | 'spoiled' | 'cannot' | 'not run';
  /** A sentence. */
  readonly why: string;
  /** The last run, whatever tree it was on. */
  readonly run?: Run;
}

/**
 * P8: what each VERIFY command of a result stands on. `tree` is the one that stands there now; without it nobody
 * knows whether a run was on it, so each counts as stale. `base` is the one that the work began from: what reproduces
 * a bug is witnessed on both (P9).
 */
export function evidenceOf(
  state: State,
  result: StoredResult,
  tree: string | undefined,
  base?: string,
): readonly CommandEvidence[] {
  const runs = result.witnessed ?? [];
  const todos = at(state.dispatches, result.dispatch)?.todos ?? [];
  const commands = todos.flatMap((n) => {
    const todo = at(state.todos, n);
    return verifyEntries(todo?.packet).flatMap((entry) => {
      if (!todo || 'seen' in entry) return [];
      const run = runs.findLast((one) => one.todo === n && one.line === entry.line);
      return [commandEvidence(state, result, todo, entry, run, tree)];
    });
  });
  const reproductions = todos.flatMap((n) => {
    const todo = at(state.todos, n);
    const bug = reproductionOf(state, todo);
    if (!todo || !bug || 'seen' in bug) return [];
    const own = runs.filter((run) => run.todo === n && run.reproduction !== undefined);
    return reproductionEvidence(state, result, todo, bug, own, { tree, base });
  });
  const regressions = runs.filter((run) => run.todo === undefined);
  return [...commands, ...reproductions, ...regressions.map((run) => regressionEvidence(run, tree))];
}

/** Why a command falls short of the least that is asked for; undefined where it does not. */
export function shortfall(evidence: CommandEvidence, least: EvidenceLevel): string | undefined {
  if (evidence.standing === 'passed') return undefined;
  if (evidence.standing === 'failed') return evidence.why;
  return evidenceLevels.indexOf(evidence.level) <= evidenceLevels.indexOf(least) ? undefined : evidence.why;
}

function commandEvidence(
  state: State,
  result: StoredResult,
  todo: Todo,
  entry: Exclude<VerifyEntry, { seen: string }>,
  run: Run | undefined,
  tree: string | undefined,
): CommandEvidence {
  const { line, words } = entry;
  const said = isAttached(result, todo.n, words) ? 'attached' : 'claimed';
  const own = { todo: todo.n, line, words, argv: 'argv' in entry ? entry.argv : [] };
  if (run) {
    const { isWitness, rest } = standingOf(words, run, tree);
    return { ...own, level: isWitness ? 'witnessed' : said, ...rest, run };
  }
  const hindrance = 'why' in entry ? `It cannot be run: ${entry.why}.` : notAllowedYet(state, todo, entry);
  if (hindrance) {
    const why = typeof hindrance === 'string' ? hindrance : hindrance.sentence;
    return { ...own, level: said, standing: 'cannot', why: `${commandName(words)}: ${why}` };
  }
  return {
    ...own,
    level: said,
    standing: 'not run',
    why: result.verifyCancelled
      ? `The run of ${commandName(words)} was cancelled; run VERIFY again.`
      : `Lockkeeper has not run ${commandName(words)}; ${said === 'attached' ? 'the worker gives its output' : 'there are only words for it'}.`,
  };
}

/** P9: it shows the bug on what the work began from, and shows it no more on the result. */
function reproductionEvidence(
  state: State,
  result: StoredResult,
  todo: Todo,
  { words, shows, argv }: Extract<Reproduction, { argv: readonly string[] }>,
  runs: readonly Run[],
  { tree, base }: { readonly tree: string | undefined; readonly base: string | undefined },
): readonly CommandEvidence[] {
  const name = commandName(words);
  const hindrance = reproductionNotAllowed(state, todo, { words, argv });
  const before = runs.findLast(({ reproduction }) => reproduction === 'before');
  return (['before', 'after'] as const).map((reproduction): CommandEvidence => {
    const when = `${reproduction} the fix`;
    const run = runs.findLast((one) => one.reproduction === reproduction);
    const said = reproduction === 'after' && isAttached(result, todo.n, words) ? 'attached' : 'claimed';
    const own = { todo: todo.n, reproduction, words, argv, level: said } as const;
    if (!run && hindrance) {
      return { ...own, standing: 'cannot', why: `${name}, ${when}: ${hindrance.sentence}` };
    }
    if (!run) return { ...own, standing: 'not run', why: `Lockkeeper has not run ${name} ${when}.` };
    const { isWitness, rest } = standingOf(words, run, reproduction === 'before' ? base : tree);
    if (!isWitness) return { ...own, ...rest, run };
    const isRight = reproduction === 'before' ? showsBug(run) : isMended(run, before);
    const standing = isRight ? 'passed' : 'failed';
    return { ...own, level: 'witnessed', standing, why: reproductionWords(words, shows, run, isRight), run };
  });
}

function reproductionWords(words: string, shows: string, run: Run, isRight: boolean): string {
  const name = commandName(words);
  const { reproduction, printed = false, notStarted } = run;
  const described = `“${short(shows, 80)}”`;
  if (reproduction === 'before') {
    if (notStarted) return `${name} ${endWords(run)}: it reproduces nothing.`;
    if (!isRight) return `${name} passes before the fix, so it reproduces nothing.`;
    return printed
      ? `${name} ${endWords(run)} before the fix, and printed ${described}.`
      : `${name} ${endWords(run)} before the fix; whether that is ${described} is yours to compare.`;
  }
  const still = !isRight && printed ? `, and still prints ${described}` : '';
  return `${name} ${endWords(run)} after the fix${still}.`;
}

function regressionEvidence(run: Run, tree: string | undefined): CommandEvidence {
  const words = run.argv.join(' ');
  const { isWitness, rest } = standingOf(words, run, tree);
  return { words, argv: run.argv, level: isWitness ? 'witnessed' : 'claimed', ...rest, run };
}

function standingOf(
  words: string,
  run: Run,
  tree: string | undefined,
): { readonly isWitness: boolean; readonly rest: Pick<CommandEvidence, 'standing' | 'why'> } {
  const name = commandName(words);
  if (run.tree !== tree) {
    const why =
      tree === undefined
        ? `${name} ${endWords(run)}, but nobody knows on what.`
        : `${name} ${endWords(run)}, but files have changed since.`;
    return { isWitness: false, rest: { standing: 'stale', why } };
  }
  if (run.changed) {
    const why = `${run.changed.join(', ')} changed while ${name} ran, so it witnesses nothing.`;
    return { isWitness: false, rest: { standing: 'spoiled', why } };
  }
  const why = `${name} ${endWords(run)}${run.fresh ? ', in a fresh worktree' : ''}.`;
  return { isWitness: true, rest: { standing: hasPassed(run) ? 'passed' : 'failed', why } };
}

/** Whether some evidence of that TODO names the command and gives what it printed, in lines of its own. */
function isAttached(result: StoredResult, todo: number, words: string): boolean {
  return result.packet.evidence.some(({ todo: own, shows }) => {
    if (own !== undefined && own !== todo) return false;
    const lines = shows.split('\n').filter((line) => line.trim() !== '');
    return lines.length > 1 && lines.some((line) => line.includes(words));
  });
}
