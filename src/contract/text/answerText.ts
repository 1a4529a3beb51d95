import type { Answer, answerDraft } from '../packets.ts';
import type * as z from 'zod';
import type { Field } from './grammar.ts';
import { textField } from './printing.ts';
import { linesOf, readFields, textOf } from './reading.ts';
import { numberIn, taskField, taskIn, taskLine } from './task.ts';

const fields = [
  { name: 'ANSWER', holds: 'head' },
  { name: 'TO-QUESTION', holds: 'word' },
  taskField,
  { name: 'CHOSEN', holds: 'text', also: ['CHOSEN OPTION', 'OPTION CHOSEN'] },
  { name: 'RATIONALE', holds: 'text', also: ['BECAUSE'] },
  { name: 'CONSTRAINTS', holds: 'text' },
  { name: 'NEXT-STEP', holds: 'text', also: ['NEXT'] },
] as const satisfies readonly Field[];

/** P6: an answer on its way to the worker that asked. */
export interface SentAnswer {
  readonly task: string;
  readonly question: number;
  readonly answer: Answer;
}

export function answerText({ task, question, answer }: SentAnswer): string {
  return [
    'ANSWER:',
    `TO-QUESTION: ${question}`,
    ...taskLine(task),
    textField('CHOSEN', answer.chosen),
    textField('RATIONALE', answer.rationale),
    textField('CONSTRAINTS', answer.constraints),
    textField('NEXT-STEP', answer.nextStep),
  ].join('\n');
}

/** The inverse of `answerText`, as far as the fields are there. */
export function parseAnswer(
  text: string,
): Partial<Omit<SentAnswer, 'answer'>> & { readonly answer: z.output<typeof answerDraft> } {
  const placed = readFields(linesOf(text), fields);
  const question = numberIn(placed, 'TO-QUESTION');
  const chosen = textOf(placed, 'CHOSEN');
  const rationale = textOf(placed, 'RATIONALE');
  const constraints = textOf(placed, 'CONSTRAINTS');
  const nextStep = textOf(placed, 'NEXT-STEP');
  return {
    ...taskIn(placed),
    ...(question === undefined ? {} : { question }),
    answer: {
      ...(chosen === undefined ? {} : { chosen }),
      ...(rationale === undefined ? {} : { rationale }),
      ...(constraints === undefined ? {} : { constraints }),
      ...(nextStep === undefined ? {} : { nextStep }),
    },
  };
}
