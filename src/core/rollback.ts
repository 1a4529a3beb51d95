import { actorName } from '../contract/actor.ts';
import { refusal } from '../contract/refusal.ts';
import { armedOn, takenBack } from './armed.ts';
import { refuse, type Deciders } from './decision.ts';
import { isBlank } from './labels.ts';
import { noOrchestration, proposed } from './listed.ts';
import { openOrchestration } from './state.ts';
import { at } from './table.ts';
import { undone } from './undoing.ts';

/**
 * P9: the trigger that was named before a risky fix fires, and its approval is taken back in the same act (T3). What the
 * user approved an agent does not take back by a reading that only it has seen: that is proposed.
 */
export const rollbackDeciders: Deciders<'fire-rollback'> = {
  'fire-rollback': (state, asked) => {
    if (!openOrchestration(state)) return noOrchestration;
    const { act, actor } = asked;
    const armed = armedOn(state, act.todo);
    const dispatch = armed && at(state.dispatches, armed.result.dispatch);
    const before = armed ? undefined : takenBack(state, act.todo);
    if (before !== undefined) {
      return refuse(
        'taken-back',
        `The fix of TODO ${act.todo} is taken back already: result ${before}.`,
        'What is left to do about it stands on the list; look at what is next.',
      );
    }
    if (!armed || !dispatch) {
      return refuse(
        'no-trigger',
        `TODO ${act.todo} has no approved fix with a rollback trigger.`,
        'Name one under Rollback triggers; any other approval is undone with a reason.',
      );
    }
    if (isBlank(act.reading)) {
      return refuse('no-reading', 'The reading is missing.', `Say what was read of: ${armed.rollback.watch}`);
    }
    const { result } = armed;
    if (actor.seat !== 'user' && result.reviewedBy !== actorName(actor)) {
      const { events, said } = proposed(state, {
        act: 'rollback',
        todo: act.todo,
        result: result.n,
        reason: act.reading,
      });
      const sentence = `The user approved result ${result.n}, and takes that back. ${said}`;
      return {
        events,
        refusal: refusal('user-only', sentence, 'Go on with list_inbox; the user reverts it in one step.'),
      };
    }
    const reason = `The rollback trigger of TODO ${act.todo} fired: ${act.reading}`.slice(0, 4_000);
    const fired = { todo: act.todo, reading: act.reading };
    return undone(state, { ...asked, reason, fired }, result, dispatch);
  },
};
