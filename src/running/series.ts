import { refusal, type Refusal } from '../contract/refusal.ts';
import type { Witnessed } from '../contract/review.ts';
import { runOnce, type Ending } from './run.ts';

/** A tree as git names it, or why it cannot be named. */
export type TreeRead =
  { readonly ok: true; readonly hash: string } | { readonly ok: false; readonly refusal: Refusal };

/** Where commands are run, and what stands there. */
export interface Ground {
  readonly folder: string;
  /** The tree of all that git keeps there, as it is now. */
  tree(): Promise<TreeRead>;
  /** The paths in which two trees differ. */
  changed(before: string, after: string): Promise<readonly string[]>;
}

/** A worktree made for one run, that goes with it; `change` names what stands in it. */
export interface FreshGround extends Ground {
  /** By the tree that it was measured as. */
  readonly change: string;
  remove(): Promise<Refusal | undefined>;
}

export interface Series {
  readonly result: number;
  readonly commands: readonly {
    readonly todo?: number;
    readonly line?: number;
    /** Of what reproduces a bug, and whether an output holds what was described. */
    readonly reproduction?: 'before' | 'after';
    readonly isPrinted?: (output: string) => boolean;
    readonly argv: readonly string[];
  }[];
  readonly ground: Ground;
  readonly env: Readonly<Record<string, string>>;
  /** For each command. */
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  /** What stands in a fresh worktree, by the tree it was measured as: the change (`review-hard`), or the base. */
  readonly fresh?: string;
  keep(output: string): Promise<string>;
  onBegin(argv: readonly string[]): void;
  onOutput(data: Buffer): void;
  /** Hears of each command that ran to an end of its own, or to its time limit. */
  onRan(witnessed: Witnessed): Promise<void>;
}

const endLength = 2_000;

/**
 * Runs commands one after the other and says of each on exactly which tree it ran (P8). What a person cancels
 * witnesses nothing. Gives why not all was run; never rejects for what a program does.
 */
export async function runSeries(series: Series): Promise<Refusal | undefined> {
  const { ground, signal, fresh } = series;
  let before = await ground.tree();
  for (const command of series.commands) {
    if (signal.aborted) return cancelled;
    if (!before.ok) return before.refusal;
    series.onBegin(command.argv);
    const { folder } = ground;
    const { env, milliseconds } = series;
    const ran = await runOnce({
      argv: command.argv,
      folder,
      env,
      milliseconds,
      signal,
      onOutput: (data) => series.onOutput(data),
    });
    if (ran.ending.kind === 'cancelled') return cancelled;
    const after = await ground.tree();
    if (!after.ok) return after.refusal;
    const isSame = after.hash === before.hash;
    const changed = isSame ? [] : await ground.changed(before.hash, after.hash);
    const sha256 = await series.keep(ran.output);
    const why = wordsOf(ran.ending, milliseconds);
    await series.onRan({
      result: series.result,
      ...(command.todo === undefined ? {} : { todo: command.todo }),
      ...(command.line === undefined ? {} : { line: command.line }),
      ...(command.reproduction ? { reproduction: command.reproduction } : {}),
      ...(command.isPrinted ? { printed: command.isPrinted(ran.output) } : {}),
      ...(ran.ending.kind === 'not started' ? { notStarted: true } : {}),
      argv: [...command.argv],
      tree: fresh ?? before.hash,
      fresh: fresh !== undefined,
      ...(isSame ? {} : { changed: namesOf(changed) }),
      exitCode: ran.ending.kind === 'exit' ? ran.ending.code : null,
      ...(why === undefined ? {} : { why }),
      milliseconds: ran.milliseconds,
      output: { sha256, bytes: ran.bytes, end: ran.output.slice(-endLength) },
    });
    before = after;
  }
  return undefined;
}

const mostNames = 20;

function namesOf(paths: readonly string[]): string[] {
  if (paths.length === 0) return ['something'];
  const names = paths.slice(0, mostNames).map((path) => path.slice(0, 400));
  return paths.length > mostNames ? [...names, `${paths.length - mostNames} more`] : names;
}

function wordsOf(ending: Ending, milliseconds: number): string | undefined {
  switch (ending.kind) {
    case 'exit':
    case 'cancelled':
      return undefined;
    case 'signal':
      return `was ended by the signal ${ending.name}`;
    case 'too long':
      return `was not done after ${lengthWords(milliseconds)} and was ended`;
    case 'not started':
      return ending.why.slice(0, endLength);
  }
}

function lengthWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes < 1
    ? `${Math.round(milliseconds / 1_000)} s`
    : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}

const cancelled = refusal('verify-cancelled', 'The run of VERIFY was cancelled.', 'Run VERIFY again.');
