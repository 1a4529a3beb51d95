import { inArea } from '../core/scopes/area.ts';
import type { State } from '../core/state.ts';
import { at } from '../core/table.ts';
import type { Workspace } from '../core/workspace.ts';

export type MayWrite =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: string; readonly sentence: string; readonly next: string };

/** Whether a worker may write the file of that workspace name now: it lies in what its live dispatch may change. */
export function mayWrite(state: State, worker: number, name: string, workspace: Workspace): MayWrite {
  const dispatch = state.live.map((n) => at(state.dispatches, n)).find((one) => one?.worker === worker);
  if (!dispatch) {
    const sentence = 'You have no task, so no file is yours to change.';
    return { allowed: false, code: 'no-task', sentence, next: 'Call get_task and wait for one.' };
  }
  if (dispatch.inReview !== undefined) {
    const sentence = `Result ${dispatch.inReview} is in review, and what it speaks of stays as it is.`;
    return { allowed: false, code: 'in-review', sentence, next: 'Wait for the verdict with get_task.' };
  }
  if (inArea(dispatch.packet, name, workspace)) return { allowed: true };
  const sentence = `\`${name}\` is not in the SCOPE of your task.`;
  return { allowed: false, code: 'outside-scope', sentence, next: 'Leave it in What is still open.' };
}
