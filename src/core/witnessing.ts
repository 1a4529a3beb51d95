import { refuse, accept, type Deciders, type Decision } from './decision.ts';
import { reproductionOf } from './reproduction.ts';
import type { State, Todo } from './state.ts';
import { at } from './table.ts';
import { verifyEntries } from './verifyCommands.ts';
import { isSameList } from './evolvers/witness.ts';
import { commandName, commandsOf, isAllowed, notAllowedYet, reproductionNotAllowed } from './witness.ts';
import type { Witnessed } from '../contract/review.ts';

type WitnessActs = 'note-witnessed' | 'note-cancelled' | 'ask-verify' | 'allow-command' | 'revoke-command';

/** What one result makes an agent ask for; each run is on the record. */
const mostAsked = 20;

/** P8: what Lockkeeper ran, and which commands of agents it may run. */
export const witnessDeciders: Deciders<WitnessActs> = {
  'note-witnessed': (state, { act }) => {
    const { type: _, ...run } = act;
    return noteFlaw(state, run) ?? accept([{ type: 'witnessed', ...run }], '');
  },

  'note-cancelled': (state, { act: { result } }) =>
    at(state.results, result)?.state === 'review'
      ? accept([{ type: 'verify-cancelled', result }], '')
      : notInReview(result),

  'ask-verify': (state, { act, actor }) => {
    const result = at(state.results, act.result);
    if (result?.state !== 'review') return notInReview(act.result);
    if (actor.seat !== 'user' && (result.verifyAsked ?? 0) >= mostAsked) {
      return refuse(
        'verify-asked-often',
        `VERIFY of result ${act.result} was asked for ${mostAsked} times.`,
        'Approve or reject it; the user can run VERIFY as often as it takes.',
      );
    }
    const { runnable, hindrances } = commandsOf(state, result);
    const [hindrance] = hindrances;
    if (runnable.length === 0 && hindrance) return { events: [], refusal: hindrance };
    if (runnable.length === 0) {
      return refuse(
        'verify-by-eye',
        `VERIFY of result ${act.result} holds no command; it is to be seen by eye.`,
        'Look, and say what you saw in the verdict.',
      );
    }
    return accept(
      [{ type: 'verify-asked', result: act.result, hard: act.hard }],
      `VERIFY of result ${act.result} is run in the window where the user is. get_result shows what came of it.`,
    );
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
    return notInReview(run.result);
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
  if (todo && run.reproduction) return reproductionFlaw(state, todo, run);
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

/** P9: what is run counts as a reproduction only where it is the one that was described. */
function reproductionFlaw(state: State, todo: Todo, run: Witnessed): Decision | undefined {
  const described = reproductionOf(state, todo);
  if (!described || !('argv' in described) || !isSameList(described.argv, run.argv)) {
    return refuse(
      'not-the-reproduction',
      `${shown(run.argv)} is not what reproduces the bug of TODO ${todo.n}.`,
      'Run VERIFY again.',
    );
  }
  const hindrance = reproductionNotAllowed(state, todo, described);
  return hindrance ? { events: [], refusal: hindrance } : undefined;
}

function notInReview(n: number): Decision {
  return refuse(
    'not-in-review',
    `Result ${n} does not wait for a verdict.`,
    'Name one from the Inbox that does.',
  );
}

function shown(argv: readonly string[]): string {
  return commandName(argv.join(' '));
}
