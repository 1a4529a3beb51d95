import type { Run, State } from '../state.ts';
import { at } from '../table.ts';
import { commandsOf, contradictions, endWords, wordsOf } from '../witness.ts';
import { forDocument } from './programOutput.ts';
import { visible } from './visible.ts';

/**
 * What Lockkeeper ran of a result's VERIFY, as a document; what a program wrote stands indented, so that it cannot pass
 * for a line of ours. `outputs` gives what is kept of a run.
 */
export function verifyDocument(
  state: State,
  n: number,
  outputs: (sha256: string) => string | undefined,
): string {
  const result = at(state.results, n);
  if (!result) return `There is no result ${n}.\n`;
  const runs = result.witnessed ?? [];
  const { hindrances } = commandsOf(state, result);
  return [
    `VERIFY OF RESULT ${n}`,
    ...(contradictions(result).length > 0 ? ['The worker says done. What was run says otherwise.'] : []),
    ...hindrances.map(({ sentence }) => visible(sentence)),
    ...(runs.length === 0 ? ['Nothing was run.'] : runs.flatMap((run) => runLines(state, run, outputs))),
    '',
  ].join('\n');
}

function runLines(
  state: State,
  run: Run,
  outputs: (sha256: string) => string | undefined,
): readonly string[] {
  const { todo, line, output, fresh, tree, changed } = run;
  const what =
    todo === undefined
      ? 'Regression command'
      : run.reproduction
        ? `TODO ${todo}, what reproduces its bug, ${run.reproduction} the fix`
        : `TODO ${todo}, line ${line ?? 0}`;
  const text = outputs(output.sha256);
  return [
    '',
    `${what}: ${visible(wordsOf(state, run)).replaceAll('\n', ' ')}`,
    `${visible(endWords(run))}, after ${seconds(run.milliseconds)}`,
    `on tree ${tree}${fresh ? ', on top of head in a fresh worktree' : ''}`,
    ...(changed ? [`WITNESSES NOTHING: it changed ${visible(changed.join(', '))}`] : []),
    ...(text === undefined ? ['Its output is no longer kept; its last words:'] : []),
    '',
    ...(forDocument(text ?? output.end).trim() === ''
      ? ['(it printed nothing)']
      : forDocument(text ?? output.end)
          .trimEnd()
          .split('\n')
    ).map((words) => `    ${words}`.trimEnd()),
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
