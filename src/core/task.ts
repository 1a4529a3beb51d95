import type { Actor } from '../contract/actor.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { short, workerName } from './labels.ts';
import { isByHand, type Dispatch, type Entered, type State } from './state.ts';
import { at } from './table.ts';
import { changeOf } from './taskBefore.ts';

export interface TaskName {
  readonly dispatch: number;
  readonly epoch: number;
}

/** The task as an agent names it: dispatch and epoch, so that an old name is seen to be old. */
export function taskId({ dispatch, epoch }: TaskName): string {
  return `${dispatch}.${epoch}`;
}

/** The inverse of `taskId`; undefined for other words. */
export function taskOf(id: string): TaskName | undefined {
  const match = /^([1-9]\d{0,8})\.([1-9]\d{0,8})$/.exec(id.trim());
  return match ? { dispatch: Number(match[1]), epoch: Number(match[2]) } : undefined;
}

/** Whether the user enters this for a worker that works by hand. */
function isEntered(actor: Actor): boolean {
  return actor.seat === 'worker' && actor.enteredBy === 'user';
}

/** Words for an agent that calls, or for the user who enters what a worker sent. */
export function told(actor: Actor, agent: string, user: string): string {
  return isEntered(actor) ? user : agent;
}

/** The refusal to anything that is done for a worker that has a connection of its own. */
export function notByHand(state: State, worker: number): Refusal {
  return refusal(
    'not-by-hand',
    `${workerName(state, worker)} does not work by hand: it reports over its own connection.`,
    'Let it report itself; or withdraw its task, and dispatch it to a worker that works by hand.',
  );
}

/** How an event says that the user entered it; `by` is the actor as the journal names it. */
export function enteredBy(by: string): Entered {
  return by === 'user' ? { enteredBy: 'user' } : {};
}

/**
 * A worker's own dispatch; another worker's is answered as an unknown one is. T1, T8: the user enters only for a
 * worker that works by hand, and nobody else acts for that one.
 */
export function ownDispatch(state: State, actor: Actor, task: TaskName): Dispatch | Refusal {
  const dispatch = at(state.dispatches, task.dispatch);
  const known = dispatch && actor.seat === 'worker' && dispatch.worker === actor.worker;
  if (actor.seat === 'worker' && isByHand(at(state.workers, actor.worker)) !== isEntered(actor)) {
    if (isEntered(actor)) return notByHand(state, actor.worker);
    return refusal(
      'not-by-hand',
      `${workerName(state, actor.worker)} works by hand and does not call.`,
      'Its user enters what it sends.',
    );
  }
  if (!known || task.epoch > dispatch.epoch) {
    return refusal(
      'unknown-task',
      told(actor, `You have no task ${taskId(task)}.`, `That worker has no task ${taskId(task)}.`),
      told(
        actor,
        'Call get_task and use the task it names.',
        'Look at FOR-TASK: it names the task as its packet did. Copy Packet shows it.',
      ),
    );
  }
  return dispatch;
}

/** The same, refused also when the task is over or its epoch is an old one. */
export function currentTask(state: State, actor: Actor, task: TaskName): Dispatch | Refusal {
  const dispatch = ownDispatch(state, actor, task);
  if ('code' in dispatch) return dispatch;
  if (dispatch.over !== undefined || task.epoch !== dispatch.epoch) {
    return refusal(
      'task-over',
      dispatch.over === undefined
        ? becameOf(actor, task, dispatch)
        : `Task ${taskId(task)} is over: ${dispatch.over}.`,
      told(
        actor,
        'Call get_task for the task as it stands now.',
        'Copy the packet again and hand it over, if the worker still has work.',
      ),
    );
  }
  return dispatch;
}

function becameOf(actor: Actor, task: TaskName, dispatch: Dispatch): string {
  const now = taskId({ dispatch: dispatch.n, epoch: dispatch.epoch });
  const change = changeOf(dispatch);
  return change
    ? `Task ${taskId(task)} was changed by a replan and is ${now} now: ${short(change.reason, 300)}`
    : `Task ${taskId(task)} came back ${told(actor, 'to you ', '')}as ${now}.`;
}
