import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { answerDraft, flaw } from '../../contract/packets.ts';
import { checkQuestion } from '../../core/questionForm.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import { chooseMany, type Said } from '../asking/box.ts';
import { questionChoices } from '../asking/choices.ts';
import { needed, numberStop } from '../asking/stops.ts';
import { textStop, walk } from '../asking/walk.ts';
import { asks, titles } from '../prompts.ts';
import type { Room } from '../room.ts';

const answering = z.object({
  question: z.optional(z.int().check(z.minimum(1))),
  answer: z.optional(answerDraft),
});

/** P6: the question page, or the answer itself where it came along. */
export function answer(room: Room): Action {
  return action(answering, async (given) => {
    const { shut } = room;
    if (shut) return refused(shut);
    if (given.answer && given.question !== undefined) {
      return room.submit({ type: 'answer', question: given.question, answer: given.answer });
    }
    room.house.openQuestions(given.question);
    return said('The questions are open.');
  });
}

const returning = z.object({
  question: z.optional(acts['return-question'].shape.question),
  missing: z.optional(z.array(z.union([flaw, z.string()]))),
  words: z.optional(z.string()),
});
interface Returning {
  readonly question?: number | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly words?: string | undefined;
}

/** P6: back to the worker, once in all, with the exact fields that are missing. */
export function returnQuestion(room: Room): Action {
  return action(returning, async ({ question, missing, words: given }) => {
    const known = missing?.filter((one) => typeof one !== 'string') ?? [];
    const named = missing?.filter((one) => typeof one === 'string');
    const isComplete = missing !== undefined;
    const draft = await walk<Returning>(
      titles.returnQuestion,
      { question, ...(isComplete ? { fields: named ?? [], words: given ?? '' } : { words: given }) },
      [
        numberStop<'question', Returning>('question', asks.question, () => questionChoices(room.state)),
        {
          key: 'fields',
          ask: async (frame, before): Promise<Said<Returning>> => {
            const choices = blankFlaws().map(({ field, why }) => ({
              label: field,
              detail: why,
              value: field,
            }));
            const chosen = await chooseMany(frame, choices, { placeholder: asks.fields });
            return Array.isArray(chosen) ? { ...before, fields: chosen } : chosen;
          },
        },
        textStop<Returning, 'words'>(
          'words',
          { ...asks.lacking, flaw: needed('What is missing') },
          (text) => text,
        ),
      ],
    );
    if (!draft) return cancelled;
    const { fields = [], words = '' } = draft;
    const made = blankFlaws()
      .filter(({ field }) => fields.includes(field))
      .map((one) => (words === '' ? one : { ...one, why: words }));
    return room.submit({
      type: 'return-question',
      question: draft.question ?? 1,
      missing: [...known, ...made],
    });
  });
}

/** The six fields, each with the rule's own words for what it needs. */
function blankFlaws(): readonly z.output<typeof flaw>[] {
  const checked = checkQuestion({});
  return 'flaws' in checked ? checked.flaws : [];
}
