import { randomUUID } from 'node:crypto';
import type { ActOf } from '../contract/acts.ts';
import { isOutOfCalls, limitOf } from '../core/budget.ts';
import type { Dispatch } from '../core/state.ts';
import { at } from '../core/table.ts';
import { isCounting, usedTime } from '../core/workingTime.ts';
import type { Desk } from '../desk/desk.ts';
import type { ToolCalls } from './toolCalls.ts';

type Part = Partial<ActOf<'note-budget'>> | undefined;

/**
 * Notes which live work has used up its budget, and which has gone past the time for a result. `jumped`: so many
 * milliseconds since the last look were nobody's work, for the machine slept, or its clock was set.
 */
export async function sweepBudgets(
  desk: Desk,
  now: number,
  jumped: number,
  made: ToolCalls['made'] = () => Promise.resolve(0),
): Promise<void> {
  const note = async (more: (dispatch: Dispatch) => Part | Promise<Part>) => {
    const { state } = desk;
    const budgeted = state.live.flatMap((n) => at(state.dispatches, n) ?? []).filter(({ budget }) => budget);
    const noted = budgeted.map(async (dispatch) => {
      const part = isCounting(state, dispatch) ? await more(dispatch) : undefined;
      const { n, epoch } = dispatch;
      const act = { type: 'note-budget', dispatch: n, epoch, ...part } as const;
      if (part) await desk.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });
    });
    await Promise.all(noted);
  };
  if (jumped !== 0) await note(() => ({ jumped }));
  await note(async (dispatch) => {
    const calls = dispatch.budget?.limit === undefined ? undefined : await made(dispatch);
    if (calls !== undefined && isOutOfCalls(dispatch, calls)) return { calls };
    if (usedTime(dispatch, now) < limitOf(dispatch, desk.workspace)) return undefined;
    return dispatch.budget?.up ? { past: true } : {};
  });
}
