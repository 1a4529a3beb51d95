import type { Actor } from '../contract/actor.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import type { Dispatch, State } from './state.ts';
import { at } from './table.ts';

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

/** A worker's own dispatch; another worker's is answered as an unknown one is. */
export function ownDispatch(state: State, actor: Actor, task: TaskName): Dispatch | Refusal {
  const dispatch = at(state.dispatches, task.dispatch);
  const known = dispatch && actor.seat === 'worker' && dispatch.worker === actor.worker;
  if (!known || task.epoch > dispatch.epoch) {
    return refusal(
      'unknown-task',
      `You have no task ${taskId(task)}.`,
      'Call get_task and use the task it names.',
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
        ? `Task ${taskId(task)} came back to you as ${taskId({ dispatch: dispatch.n, epoch: dispatch.epoch })}.`
        : `Task ${taskId(task)} is over: ${dispatch.over}.`,
      'Call get_task for the task as it stands now.',
    );
  }
  return dispatch;
}
