import type { Event, Source } from '../contract/events.ts';
import type { Result } from '../contract/packets.ts';
import type { Actor } from '../contract/actor.ts';
import { accept, refuse, refuseAbout, type Asked, type Deciders, type Decision } from './decision.ts';
import { isDebugDispatch } from './debugMode.ts';
import { conflictName, frozenOn, stepWords } from './dispute.ts';
import { forms } from './forms.ts';
import { dispatchName, todoWords } from './labels.ts';
import { earlierItems, placeOfItems } from './order.ts';
import { saidEnough } from './said.ts';
import { isOutOfReach, type Dispatch, type State } from './state.ts';
import { at } from './table.ts';
import { currentTask, ownDispatch, taskId, told } from './task.ts';
import { packetAt } from './taskBefore.ts';
import { mootQuestions } from './withdrawal.ts';
import { plainWorkspace } from './workspace.ts';

export const resultDeciders: Deciders<'acknowledge' | 'progress' | 'submit'> = {
  acknowledge: (state, { actor, act }) => {
    const dispatch = currentTask(state, actor, act);
    if ('code' in dispatch) return { events: [], refusal: dispatch };
    return accept(
      acknowledgement(dispatch),
      told(
        actor,
        'Acknowledged. Work inside SCOPE; report_progress at checkpoints.',
        `${dispatchName(state, dispatch)}: taken.`,
      ),
    );
  },

  progress: (state, { actor, act }) => {
    const dispatch = currentTask(state, actor, act);
    if ('code' in dispatch) return { events: [], refusal: dispatch };
    const enough = saidEnough(dispatch);
    if (enough) return { events: [], refusal: enough };
    return accept(
      [...acknowledgement(dispatch), { type: 'progressed', dispatch: act.dispatch, text: act.text }],
      told(
        actor,
        'Noted. Go on, and submit_result when DONE-WHEN is met or something keeps you from it.',
        `${dispatchName(state, dispatch)}: the progress is noted.`,
      ),
    );
  },

  submit: (state, asked) => {
    const dispatch = ownDispatch(state, asked.actor, asked.act);
    if ('code' in dispatch) return { events: [], refusal: dispatch };
    const late = dispatch.over !== undefined || asked.act.epoch < dispatch.epoch;
    const checked = forms().checkResult(asked.act.packet, {
      folders: asked.workspace?.folders,
      debug: !late && isDebugDispatch(state, dispatch),
      todos: dispatch.todos.map((todo) => ({
        todo,
        doneWhen: packetAt(state, dispatch, todo, asked.act.epoch)?.doneWhen ?? [],
      })),
      earlierItems: late
        ? []
        : earlierItems(state, dispatch.n).map((todo) => ({ todo: todo.n, words: todoWords(todo) })),
    });
    if ('flaws' in checked) {
      return refuse(
        'result-incomplete',
        `The result goes back: ${checked.flaws.map(({ field }) => field).join(', ')}.`,
        `${told(asked.actor, 'Mend these and submit_result again.', 'Complete it and use it again.')} First: ${checked.flaws[0]?.why ?? ''} ${checked.flaws[0]?.better ?? ''}`,
        checked.flaws,
      );
    }
    const frozen = late ? undefined : frozenIn(state, dispatch, asked, checked.result);
    if (frozen) return frozen;
    return late
      ? storeLate(state, dispatch, asked, checked.result)
      : store(state, dispatch, asked.actor, checked.result);
  },
};

/** P7: what a frozen side says of frozen files waits. Of a worker out of reach it is taken, and the verdict waits. */
function frozenIn(
  state: State,
  dispatch: Dispatch,
  { actor, workspace = plainWorkspace }: Asked<'submit'>,
  { files }: Result,
): Decision | undefined {
  if (isOutOfReach(at(state.workers, dispatch.worker))) return undefined;
  for (const file of files) {
    const conflict = frozenOn(state, dispatch.worker, file.replace(/^(?:\.\/)+/, ''), workspace);
    if (!conflict) continue;
    return refuseAbout(
      { kind: 'conflict', n: conflict.n },
      'frozen',
      `The result names \`${file}\`, and ${conflictName(conflict)} is open.`,
      told(
        actor,
        'Wait until it is resumed, report_progress tells; or take your change there back, leave the file out, and list what is left under still_open.',
        `Work conflict ${conflict.n} to resume: ${stepWords(conflict)} is next.`,
      ),
    );
  }
  return undefined;
}

/** Whoever acts on a task has taken it: the first act acknowledges. */
export function acknowledgement(dispatch: Dispatch): readonly Event[] {
  return dispatch.acknowledgedAt === undefined ? [{ type: 'acknowledged', dispatch: dispatch.n }] : [];
}

/** T4: the result and the TODOs of what it left open are one transaction. */
function store(state: State, dispatch: Dispatch, actor: Actor, packet: Result): Decision {
  if (dispatch.inReview !== undefined) {
    return refuse(
      'in-review',
      `Result ${dispatch.inReview} of this task is in review.`,
      told(actor, 'Wait for the verdict with get_task.', `Approve or reject result ${dispatch.inReview}.`),
    );
  }
  const blocking = dispatch.questions
    .map((n) => at(state.questions, n))
    .find((question) => question?.state === 'open' && question.blocking);
  if (blocking && packet.outcome !== 'blocked') {
    return refuse(
      'question-open',
      told(
        actor,
        `Your blocking question ${blocking.n} is not answered.`,
        `Its blocking question ${blocking.n} is not answered.`,
      ),
      told(
        actor,
        `Wait with get_answer for question ${blocking.n}, or submit with outcome blocked.`,
        `Answer question ${blocking.n}, or enter the result with outcome blocked.`,
      ),
    );
  }
  const result = state.results.size + 1;
  const before = placeOfItems(state, dispatch.n);
  const items = packet.open.map((item, index): Event => {
    const own = at(state.todos, item.todo ?? dispatch.todos[0] ?? 0);
    return {
      type: 'todo-added',
      todo: state.todos.size + 1 + index,
      role: own?.role ?? '',
      worker: dispatch.worker,
      origin: { kind: 'item', result, item: index + 1 },
      sources: [{ result, item: index + 1, worker: dispatch.worker, words: item.words } satisfies Source],
      ...(own?.step === undefined ? {} : { step: own.step }),
      ...(before === undefined ? {} : { before }),
    };
  });
  return accept(
    [
      ...acknowledgement(dispatch),
      ...mootQuestions(state, dispatch.n, 'Its worker sent the result without revising it.', ['returned']),
      { type: 'resulted', result, dispatch: dispatch.n, epoch: dispatch.epoch, packet, late: false },
      ...items,
    ],
    `${
      packet.open.length === 0
        ? `Result ${result} is in review.`
        : `Result ${result} is in review; what it leaves open is on the list as TODO ${items.map((_, i) => state.todos.size + 1 + i).join(', ')}.`
    }${told(actor, ' Wait for the verdict with get_task.', '')}`,
    { result },
  );
}

const mostLate = 20;

/** Late results are kept without a question asked, so one dispatch has only so many of them. */
function lateEnough(state: State, dispatch: Dispatch): Decision | undefined {
  const late = dispatch.results.filter((n) => at(state.results, n)?.state.startsWith('late'));
  if (late.length < mostLate) return undefined;
  return refuse(
    'late-too-often',
    `${late.length} results of this task came late and are kept; no more are.`,
    'Those are in the Inbox. Go on with the task that is live now (get_task).',
  );
}

/** A late result changes no TODO; each of its items is a gate reason until added, or dismissed by the user. */
function storeLate(
  state: State,
  dispatch: Dispatch,
  { actor, act }: Asked<'submit'>,
  packet: Result,
): Decision {
  const enough = lateEnough(state, dispatch);
  if (enough) return enough;
  const result = state.results.size + 1;
  return accept(
    [{ type: 'resulted', result, dispatch: dispatch.n, epoch: act.epoch, packet, late: true }],
    told(
      actor,
      `Result ${result} came late (task ${taskId(act)} is no longer yours) and is kept for the orchestrator. Call get_task.`,
      `Result ${result} came late: task ${taskId(act)} is no longer its worker’s. It waits in the Inbox.`,
    ),
    { result },
  );
}
