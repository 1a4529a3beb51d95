import * as z from 'zod/mini';
import { budgetActs, workMinutes } from '../../contract/budgetActs.ts';
import { dispatchName } from '../../core/labels.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, refused, type Action } from '../action.ts';
import { liveChoices } from '../asking/choices.ts';
import { needed, numberStop } from '../asking/stops.ts';
import { textStop, walk } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import { asks as general } from '../prompts.ts';
import type { Room } from '../room.ts';
import { asks, noBudget, notMinutes, titles } from './sentences.ts';

const giving = z.partial(budgetActs['give-time']);
type Giving = z.output<typeof giving>;

/** More working time for live work that has a budget, with the reason in writing. */
export function giveTime(room: Room): Action {
  return action(giving, async (given) => {
    const budgeted = liveChoices(room.state, (n) => at(room.state.dispatches, n)?.budget !== undefined);
    if (given.dispatch === undefined && budgeted.length === 0) return refused(noBudget);
    const [only, other] = budgeted;
    const known = { ...given, dispatch: given.dispatch ?? (other ? undefined : only?.value) };
    const nameOf = (n: number | undefined): string => {
      const dispatch = n === undefined ? undefined : at(room.state.dispatches, n);
      return dispatch ? forPick(dispatchName(room.state, dispatch), 80) : 'the worker';
    };
    const draft = await walk<Giving>(titles.giveTime, known, [
      numberStop<'dispatch', Giving>('dispatch', general.dispatch, () => budgeted),
      textStop<Giving, 'minutes'>(
        'minutes',
        ({ dispatch }) => ({
          ...asks.minutes(nameOf(dispatch)),
          flaw: (text) => (workMinutes.safeParse(Number(text)).success ? undefined : notMinutes),
        }),
        Number,
      ),
      textStop<Giving, 'reason'>(
        'reason',
        ({ dispatch }) => ({ ...asks.why(nameOf(dispatch)), flaw: needed('The reason') }),
        (text) => text,
      ),
    ]);
    if (!draft) return cancelled;
    const { dispatch = 1, minutes = 1, reason = '' } = draft;
    return room.submit({ type: 'give-time', dispatch, minutes, reason });
  });
}
