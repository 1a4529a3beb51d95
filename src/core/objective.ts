import type { Judged } from '../contract/review.ts';
import { doneTodos } from './doneTodos.ts';
import { isBlank, sameWords } from './labels.ts';
import { reproductionOf } from './reproduction.ts';
import type { Dispatch, State, StoredResult, Todo } from './state.ts';
import { at, each } from './table.ts';
import { verifyEntries } from './verifyCommands.ts';

/** One line that the reviewer judges, with what the worker shows for it; `line` counts from 1. */
export interface ToJudge {
  readonly todo: number;
  readonly what: Judged['what'];
  readonly line: number;
  readonly text: string;
  readonly shows: readonly string[];
}

/**
 * P8: each DONE-WHEN that is not moved into an open item, and each line of VERIFY that is seen by eye. P9: what
 * reproduces a bug, where nothing can be run for it.
 */
export function toJudge(state: State, result: StoredResult, dispatch: Dispatch): readonly ToJudge[] {
  const lines = doneTodos(result, dispatch).flatMap((todo) => {
    const packet = at(state.todos, todo)?.packet;
    const conditions = (packet?.doneWhen ?? []).flatMap((text, index) => {
      if (isUnmet(result, todo, index + 1) && isMoved(state, result.n, text)) return [];
      const shows = result.packet.evidence
        .filter((one) => one.doneWhen === index + 1 && (one.todo === undefined || one.todo === todo))
        .map((one) => one.shows);
      return [{ todo, what: 'done-when' as const, line: index + 1, text, shows }];
    });
    const seen = verifyEntries(packet).flatMap((entry) =>
      'seen' in entry
        ? [{ todo, what: 'by-eye' as const, line: entry.line, text: entry.words, shows: [] }]
        : [],
    );
    const bug = reproductionOf(state, at(state.todos, todo));
    const reproduced =
      bug && 'seen' in bug
        ? [
            {
              todo,
              what: 'reproduction' as const,
              line: 1,
              text: `${bug.words} It showed: ${bug.shows}`,
              shows: [result.packet.debug?.result ?? ''],
            },
          ]
        : [];
    return [...conditions, ...seen, ...reproduced];
  });
  return [...lines, ...hardLines(result, lines[0]?.todo ?? dispatch.todos[0] ?? 0)];
}

const computed = {
  scope: ['Scope compliance', 'Every changed file is in SCOPE, none in NOT-YOUR-JOB, none another’s.'],
  conflict: ['Conflict risk', 'Nothing of it is in conflict or unsaved, and it merges.'],
  evidence: ['Evidence quality', 'What was run on head plus the change shows what it has to.'],
} as const;

type GateLine = keyof typeof computed;

export const isGateLine = (what: Judged['what']): what is GateLine => Object.hasOwn(computed, what);

/** P8: of a result that was reviewed hard the computed gates are judged in words too; what they find nobody can tick. */
function hardLines({ witnessed = [] }: StoredResult, todo: number): readonly ToJudge[] {
  if (!witnessed.some(({ fresh, reproduction }) => fresh && reproduction !== 'before')) return [];
  return (['scope', 'conflict', 'evidence'] as const).map((what) => ({
    todo,
    what,
    line: 1,
    text: computed[what][1],
    shows: [],
  }));
}

/** What stands in the way of calling the objective reached. */
export interface ObjectiveFlaw {
  readonly code: string;
  readonly sentence: string;
  readonly next: string;
}

/** P8, as far as the packet shows it: each DONE-WHEN has evidence, or is moved into an item's TODO. */
export function unreached(state: State, result: StoredResult, dispatch: Dispatch): ObjectiveFlaw | undefined {
  const { packet } = result;
  const fails = (why: string): ObjectiveFlaw => ({
    code: 'objective-unmet',
    sentence: `Result ${result.n} does not meet its objective: ${why}.`,
    next: `Reject result ${result.n}, or withdraw its dispatch.`,
  });
  if (packet.outcome === 'failed' || packet.outcome === 'blocked') {
    return fails(`its outcome is ${packet.outcome}`);
  }
  const done = doneTodos(result, dispatch);
  if (done.length === 0) return fails('no TODO of the bundle is done');
  for (const n of done) {
    const doneWhen = at(state.todos, n)?.packet?.doneWhen ?? [];
    const unmet = doneWhen.findIndex(
      (text, index) => isUnmet(result, n, index + 1) && !isMoved(state, result.n, text),
    );
    if (unmet >= 0) {
      return {
        code: 'objective-unmet',
        sentence: `DONE-WHEN ${unmet + 1} of TODO ${n} is not met: “${doneWhen[unmet] ?? ''}”.`,
        next: `Reject result ${result.n}, or reconcile its open item with this DONE-WHEN in it.`,
      };
    }
  }
  return undefined;
}

/** P8: every line is judged, with a word, and passes; the first that is not. */
export function unjudged(
  lines: readonly ToJudge[],
  judged: readonly Judged[],
  result: number,
): ObjectiveFlaw | undefined {
  const several = new Set(lines.map(({ todo }) => todo)).size > 1;
  for (const line of lines) {
    const own = judged.findLast((one) => isOf(one, line, several));
    const name = nameOfLine(line, several);
    if (!own) {
      return {
        code: 'not-judged',
        sentence: `${name} is not judged: “${line.text}”.`,
        next: 'Say of each line whether it is met, with a word on what you saw.',
      };
    }
    if (isBlank(own.word)) {
      return {
        code: 'judged-wordless',
        sentence: `${name} is judged without a word.`,
        next: 'Say in a word what you saw.',
      };
    }
    if (!own.pass) {
      return {
        code: 'objective-failed',
        sentence: `${name} does not pass: ${own.word}`,
        next: `Reject result ${result} with the reason, the missing evidence and the next action.`,
      };
    }
  }
  return undefined;
}

function isOf(one: Judged, line: ToJudge, several: boolean): boolean {
  const isTodo = one.todo === line.todo || (one.todo === undefined && (!several || isGateLine(line.what)));
  return isTodo && one.what === line.what && one.line === line.line;
}

/** "DONE-WHEN 2 of TODO 7", "VERIFY 1, by eye". */
export function nameOfLine({ todo, what, line }: Pick<ToJudge, 'todo' | 'what' | 'line'>, several: boolean) {
  if (isGateLine(what)) return computed[what][0];
  const own = {
    'done-when': `DONE-WHEN ${line}`,
    'by-eye': `VERIFY ${line}, by eye,`,
    reproduction: 'The reproduction',
  };
  return `${own[what]}${several ? ` of TODO ${todo}` : ''}`;
}

function isUnmet({ packet }: StoredResult, todo: number, line: number): boolean {
  const meant = (one: { todo?: number | undefined; doneWhen?: number | undefined }): boolean =>
    one.doneWhen === line && (one.todo === undefined || one.todo === todo);
  return !packet.evidence.some(meant) || packet.open.some(meant);
}

/** Whether an item of this result carries the DONE-WHEN, or carried it when the user dropped it. */
function isMoved(state: State, result: number, doneWhen: string): boolean {
  const holds = (todo: Todo | undefined): boolean =>
    todo?.sources.some((source) => source.result === result) === true &&
    todo.packet?.doneWhen.some((text) => sameWords(text, doneWhen)) === true;
  if (state.list.some((n) => holds(at(state.todos, n)))) return true;
  for (const todo of each(state.todos)) if (todo.state === 'dropped' && holds(todo)) return true;
  return false;
}
