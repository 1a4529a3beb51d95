import { createHash } from 'node:crypto';
import type { ActOf } from '../../contract/acts.ts';
import type { Choice, FromPanel, Outcome, QuestionCard, ShownCard } from '../../contract/panelMessages.ts';
import { refusal, type Refusal } from '../../contract/refusal.ts';
import { checkQuestion } from '../../core/questionForm.ts';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { questionCard } from '../../core/views/questionCards.ts';
import { visible } from '../../core/views/visible.ts';

type Sent = Extract<FromPanel, { type: 'answer' | 'return' }>;

/** The card with the SHA-256 of its words, so that an answer is bound to what was shown. */
export function stamped(card: QuestionCard): ShownCard {
  const { question, context, files, options, recommended, blocking, missing } = card;
  const words = JSON.stringify([card.key, question, context, files, options, recommended, blocking, missing]);
  return { ...card, stamp: createHash('sha256').update(words).digest('hex') };
}

/** The act that a message of the panel asks for, or why it cannot be: the question is not as it was shown. */
export function actOf(message: Sent, state: State): ActOf<'answer'> | ActOf<'return-question'> | Refusal {
  const asked = at(state.questions, message.question);
  if (asked?.state !== 'open') {
    return refusal(
      'question-not-open',
      `Question ${message.question} is not open any more.`,
      'What is still open stands in the list.',
    );
  }
  if (stamped(questionCard(state, asked)).stamp !== message.stamp) {
    return refusal(
      'question-changed',
      `Question ${message.question} changed after it was shown here.`,
      'Read it again and send; your words are kept.',
    );
  }
  const { question } = message;
  if (message.type === 'return') {
    return { type: 'return-question', question, missing: missingFields(message.fields, message.sentence) };
  }
  const { rationale, constraints, nextStep } = message;
  const options = asked.packet.options ?? [];
  const chosen = chosenText(message.choice, options);
  return { type: 'answer', question, answer: { ...chosen, rationale, constraints, nextStep } };
}

function chosenText(choice: Choice, options: readonly string[]): { readonly chosen?: string } {
  if (choice.kind === 'none') return { chosen: `None of these: ${choice.words}` };
  const chosen = choice.kind === 'option' ? options[choice.option] : undefined;
  return chosen === undefined ? {} : { chosen };
}

/** P6: the exact missing fields, each with the person's sentence, or the rule's own where there is none. */
function missingFields(fields: readonly string[], sentence: string): ActOf<'return-question'>['missing'] {
  const blank = checkQuestion({});
  const flaws = 'flaws' in blank ? blank.flaws : [];
  const why = sentence.trim();
  return flaws
    .filter(({ field }) => fields.includes(field))
    .map((flaw) => ({ ...flaw, why: why === '' ? flaw.why : why }));
}

/** A no as the panel shows it; words in it may come from an agent. */
export function refusedOutcome(id: string, why: Refusal): Outcome {
  return {
    type: 'outcome',
    id,
    ok: false,
    sentence: visible(why.sentence),
    next: visible(why.next),
    flaws: (why.flaws ?? []).map((flaw) => ({
      field: flaw.field,
      why: visible(flaw.why),
      better: visible(flaw.better),
    })),
  };
}
