import * as z from 'zod/mini';
import { standingInstructions } from '../../core/instruction.ts';
import { instructionActs } from '../../contract/instruction.ts';
import { dispatchName } from '../../core/labels.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, type Action } from '../action.ts';
import { needed } from '../asking/stops.ts';
import { confirmStop, textStop, walk } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import type { Room } from '../room.ts';
import { asks, confirms, titles } from './sentences.ts';

const instructing = z.partial(z.omit(instructionActs.instruct, { stop: true }));
type Instructing = z.output<typeof instructing>;

/** T2: what the user says stops everything at once. The user's alone. */
export function instruct(room: Room): Action {
  return action(instructing, async (given) => {
    const draft = await walk<Instructing>(titles.instruct, given, [
      textStop('words', { ...asks.words, flaw: needed('The instruction') }, (text) => text),
      confirmStop(({ words = '' }) => confirms.instruct(forPick(words, 200), room.state.live.length)),
    ]);
    if (!draft) return cancelled;
    return room.submit({ type: 'instruct', words: draft.words ?? '' });
  });
}

/** T2: the same, and what Lockkeeper launched is ended; a sentence for it is offered. The user's alone. */
export function stop(room: Room): Action {
  return action(instructing, async (given) => {
    const draft = await walk<Instructing>(titles.stop, given, [
      textStop(
        'words',
        { ...asks.stopWords, value: asks.stopSentence, flaw: needed('The instruction') },
        (text) => text,
      ),
      confirmStop(({ words = '' }) => confirms.stop(forPick(words, 200), room.state.live.length)),
    ]);
    if (!draft) return cancelled;
    return room.submit({ type: 'instruct', words: draft.words ?? '', stop: true });
  });
}

/** T2: the word that ends the first instruction that stands, where nothing is to be planned anew. The user's alone. */
export function carryOn(room: Room): Action {
  return action(z.partial(instructionActs['carry-on']), async (given) => {
    const [first] = standingInstructions(room.state);
    const instruction = given.instruction ?? first?.n ?? 1;
    if (first?.n === instruction) {
      const live = room.state.live.flatMap((n) => {
        const dispatch = at(room.state.dispatches, n);
        return dispatch ? [forPick(dispatchName(room.state, dispatch), 60)] : [];
      });
      const words = forPick(first.words, 120);
      const draft = await walk(titles.carryOn, given, [
        confirmStop(() => confirms.carryOn(instruction, words, live)),
      ]);
      if (!draft) return cancelled;
    }
    return room.submit({ type: 'carry-on', instruction });
  });
}
