import type { Flaw, ResultDraft } from '../contract/packets.ts';
import type { ChangedFile, Measured } from './change.ts';
import { isDebug, isDebugDispatch } from './debugMode.ts';
import { refuseAbout, type Decision } from './decision.ts';
import { isBlank, todoName } from './labels.ts';
import type { Dispatch, State, Todo } from './state.ts';
import { at } from './table.ts';
import { byEye } from './verifyCommands.ts';

/**
 * P9: why a TODO in debug mode cannot go out: nothing reproduces its bug, or its fix is risky, by its own word or by a
 * critical file in its SCOPE, and nobody has said when it is rolled back.
 */
export function unready(state: State, todo: Todo, critical: readonly string[]): Decision | undefined {
  if (!isDebug(state, todo)) return undefined;
  const about = { kind: 'todo', n: todo.n } as const;
  const bug = todo.debug?.bug;
  if (!bug) {
    return refuseAbout(
      about,
      'no-reproduction',
      `${todoName(todo)} is in debug mode, and nothing reproduces its bug.`,
      `Describe the bug of TODO ${todo.n}: a command, what it shows, and how risky the fix is.`,
    );
  }
  const [named] = critical;
  // One that is called risky was described with its trigger.
  if (bug.rollback || named === undefined) return undefined;
  return refuseAbout(
    about,
    'no-rollback',
    `The fix of ${todoName(todo)} may touch the critical file \`${named}\`, and has no rollback trigger.`,
    `Describe the bug of TODO ${todo.n} again, with what is watched, which reading fires it, and what is undone.`,
  );
}

const parts = ['bug', 'root', 'fix', 'test', 'result'] as const;
const asked: Readonly<Record<(typeof parts)[number], string>> = {
  bug: 'what was seen, and how it is reproduced',
  root: 'the cause, by file and line',
  fix: 'what was changed, each file by its name',
  test: 'the test that was red before and is green now, by its name',
  result: 'what the reproduction shows now',
};

/** P9: the five parts of a debug result, each that is missing by its name. */
export function debugFlaws(draft: ResultDraft): readonly Flaw[] {
  return parts
    .filter((part) => isBlank(draft.debug?.[part]))
    .map((part) => ({
      field: part.toUpperCase(),
      words: '',
      why: `${part.toUpperCase()} is missing; in debug mode a result says it.`,
      better: asked[part],
    }));
}

/** P9, no refactor drift: a changed file that neither FIX nor TEST names. */
export function driftOf(state: State, dispatch: Dispatch, file: ChangedFile): string | undefined {
  if (!isDebugDispatch(state, dispatch)) return undefined;
  const result = dispatch.inReview === undefined ? undefined : at(state.results, dispatch.inReview);
  const said = result?.packet.debug;
  const name = file.name ?? file.path;
  if (said && names(`${said.fix}\n${said.test}`, name)) return undefined;
  return `\`${name}\` changed, and FIX does not name it: a debug task changes nothing beside its fix.`;
}

/** Whether a text names the path whole: `src/a.ts` is not in `src/a.tsx` or `lib/src/a.ts`. */
function names(text: string, path: string): boolean {
  const within = /[\p{L}\p{N}_/-]/u;
  for (let from = text.indexOf(path); from >= 0; from = text.indexOf(path, from + 1)) {
    const [before, after] = [text[from - 1] ?? ' ', text.slice(from + path.length)];
    const isWhole = !within.test(before) || text.slice(Math.max(0, from - 2), from) === './';
    if (isWhole && !/^(?:[\p{L}\p{N}_/-]|\.[\p{L}\p{N}])/u.test(after)) return true;
  }
  return false;
}

/** P9, no refactor drift: a fix that is larger than a fix is. */
export function oversizeOf(
  state: State,
  dispatch: Dispatch,
  { files }: Pick<Measured, 'files'>,
  most: number,
): string | undefined {
  if (!isDebugDispatch(state, dispatch)) return undefined;
  const lines = files
    .filter(({ by }) => by !== 'another' && by !== 'user')
    .reduce((sum, { added, removed }) => sum + (added ?? 0) + (removed ?? 0), 0);
  return lines > most
    ? `${lines} lines changed, and a debug task changes ${most} at most (lockkeeper.debug.mostLines).`
    : undefined;
}

/** What a worker in debug mode is told beside its six fields. */
export function bugLines(state: State, todo: Todo): readonly string[] {
  const bug = todo.debug?.bug;
  if (!isDebug(state, todo) || !bug) return [];
  const { risk, why, rollback } = bug;
  const { command, shows } = bug.reproduction;
  const isSeen = byEye.test(command);
  const { fired } = todo.debug;
  return [
    `REPRODUCTION: ${isSeen ? command : `\`${command}\``} shows: ${shows}`,
    `RISK: ${risk}: ${why}`,
    ...(rollback ? [`ROLLBACK: watch ${rollback.watch}; at ${rollback.reading}: undo ${rollback.undo}`] : []),
    ...(fired === undefined ? [] : [`ROLLED BACK: the last fix was taken back at ${fired}`]),
    'Reproduce it first. Change nothing beside the fix. The result says BUG, ROOT, FIX, TEST and RESULT; FIX names each file.',
  ];
}
