import { actorName } from '../contract/actor.ts';
import type { Event } from '../contract/events.ts';
import { accept, refuse, type Asked, type Deciders, type Decision } from './decision.ts';
import { isDebug } from './debugMode.ts';
import { isBlank, short, todoWords } from './labels.ts';
import { noOrchestration } from './listed.ts';
import { doneTodos } from './doneTodos.ts';
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
    return undone(state, { ...asked, ...act }, result, dispatch);
  },
};

/** What an approval that is taken back comes to; `fired`: the rollback trigger whose reading did it. */
export function undone(state: State, asked: Undone, result: StoredResult, dispatch: Dispatch): Decision {
  return isRecent(state, result) && asked.revert === 'clean'
    ? reversed(state, asked, result, dispatch)
    : asWork(state, asked, result, dispatch);
}

type Undone = Pick<Asked<'undo-approval'>, 'actor' | 'commit' | 'revert'> & {
  readonly reason: string;
  readonly fired?: { readonly todo: number; readonly reading: string };
};

function isRecent({ orchestration }: State, { approval }: StoredResult): boolean {
  return (
    approval?.orchestration === orchestration?.n && approval?.releases === (orchestration?.releases ?? 0)
  );
}

function reversed(
  state: State,
  { reason, commit, fired }: Undone,
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
        result: result.n,
        reason,
        returned,
        ...(commit === undefined ? {} : { commit }),
        ...(fired ? { fired } : {}),
      },
    ],
    `The approval of result ${result.n} is undone; TODO ${returned.join(', ')} stands at the head of the list.`,
  );
}

function asWork(
  state: State,
  { actor, reason, fired }: Undone,
  result: StoredResult,
  dispatch: Dispatch,
): Decision {
  const todo = state.todos.size + 1;
  const [first] = dispatch.todos.flatMap((n) => at(state.todos, n) ?? []);
  const { commit } = result.approval ?? {};
  const name = commit === undefined ? `result ${result.n}` : `commit ${commit.slice(0, 12)}`;
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
        : { kind: 'added', because: { kind: 'result', number: result.n } },
    sources: [],
    ...(step ? { step: step.n } : {}),
    ...(before === undefined ? {} : { before }),
  };
  // To take a fix back is no fix: nothing reproduces it.
  const plain: Event[] = isDebug(state, undefined)
    ? [{ type: 'debug-turned', todo, on: false, reason: 'It takes a fix back.' }]
    : [];
  return accept(
    [
      { type: 'approval-undone', result: result.n, reason, returned: [], ...(fired ? { fired } : {}) },
      added,
      ...plain,
    ],
    `The approval of result ${result.n} cannot simply be taken back any more; TODO ${todo} does it, before all that waits.`,
    { todo },
  );
}
