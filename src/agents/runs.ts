import { visible } from '../core/views/visible.ts';
import { commandsOf, endWords, hasPassed, wordsOf } from '../core/witness.ts';
import type { State, StoredResult } from '../core/state.ts';

const endLength = 400;

/** What Lockkeeper ran of a result's VERIFY, and what it does not run, for an agent to read. */
export function runsData(state: State, result: StoredResult): object {
  return {
    runs: (result.witnessed ?? []).map((run) => ({
      ...(run.todo === undefined ? {} : { todo: run.todo }),
      ...(run.line === undefined ? {} : { line: run.line }),
      ...(run.reproduction ? { reproduction: `${run.reproduction} the fix` } : {}),
      command: wordsOf(state, run),
      ended: endWords(run),
      passed: hasPassed(run),
      tree: run.tree,
      fresh: run.fresh,
      ...(run.changed ? { changed_while_it_ran: run.changed } : {}),
      output_end: visible(run.output.end.slice(-endLength)),
    })),
    not_run: commandsOf(state, result).hindrances.map(({ sentence }) => sentence),
  };
}
