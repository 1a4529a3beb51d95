import { actorName } from '../contract/actor.ts';
import type { Event } from '../contract/events.ts';
import { accept, refuse, type Asked, type Deciders, type Decision } from './decision.ts';
import { isBlank, short, todoWords } from './labels.ts';
import { noOrchestration } from './listed.ts';
import { doneTodos } from './objective.ts';
import { openOrchestration, type Dispatch, type State, type StoredResult } from './state.ts';
import { currentStep } from './steps.ts';
import { at } from './table.ts';

/**
 * An approval is taken back until the next release: a commit reverses it, and its TODOs return to the head. Later, or
 * where that does not go, taking it back is work: a TODO at the head, and the gate shuts (T3).
 */
export const undoDeciders: Deciders<'undo-approval'> = {
  'undo-approval': (state, asked) => {
    if (!openOrchestration(state)) return noOrchestration;
    const { act } = asked;
    const result = at(state.results, act.result);
    const dispatch = result && at(state.dispatches, result.dispatch);
    if (!dispatch || result.state !== 'approved' || result.approval?.undone !== undefined) {
      return refuse(
        'not-approved',
        `Result ${act.result} is not approved, or its approval is undone already.`,
        'Name an approved result.',
      );
    }
    // What the user said stands: an agent takes back its own word alone.
    if (asked.actor.seat !== 'user' && result.reviewedBy !== actorName(asked.actor)) {
      return refuse(
        'user-only',
        `The user approved result ${act.result}, and takes that back.`,
        'Ask the user, or add_todo what is to be mended, with this result as its because.',
      );
    }
    if (isBlank(act.reason))
      return refuse('no-reason', 'The reason is missing.', 'Say why it is taken back.');
    return isRecent(state, result) && asked.revert === 'clean'
      ? reversed(state, asked, result, dispatch)
      : asWork(state, asked, result, dispatch);
  },
};

function isRecent({ orchestration }: State, { approval }: StoredResult): boolean {
  return (
    approval?.orchestration === orchestration?.n && approval?.releases === (orchestration?.releases ?? 0)
  );
}

function reversed(
  state: State,
  { act, commit }: Asked<'undo-approval'>,
  result: StoredResult,
  dispatch: Dispatch,
): Decision {
  const closed = result.packet.earlierItems.filter((item) => item.closed).map(({ todo }) => todo);
  const returned = [...doneTodos(result, dispatch), ...closed].filter(
    (n) => at(state.todos, n)?.state === 'approved',
  );
  return accept(
    [
      {
        type: 'approval-undone',
        result: act.result,
        reason: act.reason,
        returned,
        ...(commit === undefined ? {} : { commit }),
      },
    ],
    `The approval of result ${act.result} is undone; TODO ${returned.join(', ')} stands at the head of the list.`,
  );
}

function asWork(
  state: State,
  { act, actor }: Asked<'undo-approval'>,
  result: StoredResult,
  dispatch: Dispatch,
): Decision {
  const todo = state.todos.size + 1;
  const [first] = dispatch.todos.flatMap((n) => at(state.todos, n) ?? []);
  const { commit } = result.approval ?? {};
  const name = commit === undefined ? `result ${act.result}` : `commit ${commit.slice(0, 12)}`;
  const step = currentStep(state);
  const before = state.list.find((n) => at(state.todos, n)?.state === 'waiting');
  const { scope, notYourJob, verify } = dispatch.packet;
  const added: Event = {
    type: 'todo-added',
    todo,
    role: first?.role ?? '',
    packet: {
      task: `Revert ${name}, which changed: ${short(first ? todoWords(first) : '', 200)}`,
      scope: [...scope, ...(dispatch.granted ?? [])],
      notYourJob,
      doneWhen: [`\`git diff\` shows nothing left of ${name} but what later work needs`],
      verify,
      priority: 'high',
    },
    origin:
      actor.seat === 'user'
        ? { kind: 'user' }
        : { kind: 'added', because: { kind: 'result', number: act.result } },
    sources: [],
    ...(step ? { step: step.n } : {}),
    ...(before === undefined ? {} : { before }),
  };
  return accept(
    [{ type: 'approval-undone', result: act.result, reason: act.reason, returned: [] }, added],
    `The approval of result ${act.result} cannot simply be taken back any more; TODO ${todo} does it, before all that waits.`,
    { todo },
  );
}
