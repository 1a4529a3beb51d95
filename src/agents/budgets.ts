import { randomUUID } from 'node:crypto';
import type { ActOf } from '../contract/acts.ts';
import { limitOf } from '../core/budget.ts';
import type { Dispatch } from '../core/state.ts';
import { at } from '../core/table.ts';
import { isCounting, usedTime } from '../core/workingTime.ts';
import type { Desk } from '../desk/desk.ts';

/**
 * Notes which live work has used up its budget, and which has gone past the time for a result. `jumped`: so many
 * milliseconds since the last look were nobody's work, for the machine slept, or its clock was set.
 */
export async function sweepBudgets(desk: Desk, now: number, jumped: number): Promise<void> {
  const note = async (more: (dispatch: Dispatch) => Partial<ActOf<'note-budget'>> | undefined) => {
    const { state } = desk;
    const budgeted = state.live.flatMap((n) => at(state.dispatches, n) ?? []).filter(({ budget }) => budget);
    const noted = budgeted.map(async (dispatch) => {
      const part = isCounting(state, dispatch) ? more(dispatch) : undefined;
      const { n, epoch } = dispatch;
      const act = { type: 'note-budget', dispatch: n, epoch, ...part } as const;
      if (part) await desk.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });
    });
    await Promise.all(noted);
  };
  if (jumped !== 0) await note(() => ({ jumped }));
  await note((dispatch) => {
    if (usedTime(dispatch, now) < limitOf(dispatch, desk.workspace)) return undefined;
    return dispatch.budget?.up ? { past: true } : {};
  });
}
