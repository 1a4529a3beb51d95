import { refuse, accept, type Deciders, type Decision } from './decision.ts';
import type { State } from './state.ts';
import { at } from './table.ts';
import { verifyEntries } from './verifyCommands.ts';
import { isSameList } from './evolvers/witness.ts';
import { commandName, isAllowed, notAllowedYet } from './witness.ts';
import type { Witnessed } from '../contract/review.ts';

/** P8: what Lockkeeper ran, and which commands of agents it may run. */
export const witnessDeciders: Deciders<'note-witnessed' | 'allow-command' | 'revoke-command'> = {
  'note-witnessed': (state, { act }) => {
    const { type: _, ...run } = act;
    return noteFlaw(state, run) ?? accept([{ type: 'witnessed', ...run }], '');
  },

  'allow-command': (state, { act }) =>
    isAllowed(state, act.argv)
      ? refuse('command-allowed', `${shown(act.argv)} is allowed already.`, 'Run VERIFY.')
      : accept(
          [{ type: 'command-allowed', argv: act.argv }],
          `${shown(act.argv)} may be run as VERIFY in this workspace.`,
        ),

  'revoke-command': (state, { act }) =>
    isAllowed(state, act.argv)
      ? accept([{ type: 'command-revoked', argv: act.argv }], `${shown(act.argv)} is not run any more.`)
      : refuse(
          'unknown-command',
          `${shown(act.argv)} is not among the allowed commands.`,
          'Name one that is: Lockkeeper: Revoke a Command shows them.',
        ),
};

/** What was run counts only for a result that waits, as the very command that its VERIFY holds now. */
function noteFlaw(state: State, run: Witnessed): Decision | undefined {
  const result = at(state.results, run.result);
  const dispatch = result && at(state.dispatches, result.dispatch);
  if (result?.state !== 'review' || !dispatch) {
    return refuse(
      'not-in-review',
      `Result ${run.result} does not wait for a verdict.`,
      'Run the VERIFY of one that does.',
    );
  }
  if (run.todo === undefined) {
    return isAllowed(state, run.argv)
      ? undefined
      : refuse(
          'command-not-allowed',
          `${shown(run.argv)}, the regression command, is not allowed.`,
          'Allow it: Lockkeeper: Allow a Command.',
        );
  }
  const todo = dispatch.todos.includes(run.todo) ? at(state.todos, run.todo) : undefined;
  const entry = verifyEntries(todo?.packet).find(({ line }) => line === run.line);
  if (!todo || !entry || !('argv' in entry) || !isSameList(entry.argv, run.argv)) {
    return refuse(
      'not-in-verify',
      `${shown(run.argv)} is not line ${run.line ?? 0} of VERIFY of TODO ${run.todo}.`,
      'Run VERIFY again.',
    );
  }
  const hindrance = notAllowedYet(state, todo, entry);
  return hindrance ? { events: [], refusal: hindrance } : undefined;
}

function shown(argv: readonly string[]): string {
  return commandName(argv.join(' '));
}
