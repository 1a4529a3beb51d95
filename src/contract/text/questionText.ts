import type { QuestionDraft } from '../packets.ts';
import type { Field } from './grammar.ts';
import { listField, textField } from './printing.ts';
import { entriesOf, linesOf, listOf, readFields, textOf, type PlacedField } from './reading.ts';
import { numberIn, taskField, taskIn, taskLine } from './task.ts';

export const questionFields = [
  { name: 'QUESTION', holds: 'text' },
  { name: 'CONTEXT', holds: 'text' },
  { name: 'FILES', holds: 'list' },
  { name: 'OPTIONS', holds: 'list', also: ['OPTION'] },
  { name: 'RECOMMENDED', holds: 'text', also: ['RECOMMENDATION', 'I RECOMMEND'] },
  { name: 'BLOCKING', holds: 'word', also: ['BLOCKER', 'IS IT BLOCKING'] },
  { name: 'REVISES', holds: 'word' },
  taskField,
] as const satisfies readonly Field[];

/** P6: a question as a worker sends it: for which task, and which question it revises. */
export interface SentQuestion {
  readonly task?: string;
  readonly revises?: number;
  readonly packet: QuestionDraft;
}

export interface ReadQuestion extends SentQuestion {
  readonly fields: readonly PlacedField[];
}

/** What there is of a question as text; `parseQuestion` is the inverse. */
export function questionText({ task, revises, packet }: SentQuestion): string {
  const { question, context, files, options, recommended, blocking } = packet;
  return [
    ...(question === undefined ? [] : [textField('QUESTION', question)]),
    ...taskLine(task),
    ...(revises === undefined ? [] : [`REVISES: ${revises}`]),
    ...(context === undefined ? [] : [textField('CONTEXT', context)]),
    ...(files === undefined ? [] : [listField('FILES', files)]),
    ...(options === undefined ? [] : [listField('OPTIONS', options)]),
    ...(recommended === undefined ? [] : [textField('RECOMMENDED', recommended)]),
    ...(blocking === undefined ? [] : [blockingLine(blocking)]),
  ].join('\n');
}

/** A blank question, to be filled in. */
export function questionForm(task: string): string {
  return `QUESTION: \nFOR-TASK: ${task}\nCONTEXT: \nFILES:\n- \nOPTIONS:\n1. \n2. \nRECOMMENDED: \nBLOCKING: `;
}

export function parseQuestion(text: string): ReadQuestion {
  const fields = readFields(linesOf(text), questionFields);
  const question = textOf(fields, 'QUESTION');
  const context = textOf(fields, 'CONTEXT');
  const files = listOf(fields, 'FILES');
  const options = listOf(fields, 'OPTIONS');
  const recommended = textOf(fields, 'RECOMMENDED');
  const blocking = blockingIn(fields);
  const revises = numberIn(fields, 'REVISES');
  return {
    fields,
    ...taskIn(fields),
    ...(revises === undefined ? {} : { revises }),
    packet: {
      ...(question === undefined ? {} : { question }),
      ...(context === undefined ? {} : { context }),
      ...(files === undefined ? {} : { files }),
      ...(options === undefined ? {} : { options }),
      ...(recommended === undefined ? {} : { recommended }),
      ...(blocking === undefined ? {} : { blocking }),
    },
  };
}

function blockingLine(blocking: boolean | string): string {
  if (typeof blocking === 'boolean') return `BLOCKING: ${blocking ? 'yes' : 'no'}`;
  return /^(?:yes|no)$/.test(blocking) ? `BLOCKING: \\ ${blocking}` : textField('BLOCKING', blocking);
}

function blockingIn(fields: readonly PlacedField[]): boolean | string | undefined {
  const [said] = entriesOf(fields, 'BLOCKING') ?? [];
  if (!said || said.isEscaped) return said?.text;
  return said.text === 'yes' ? true : said.text === 'no' ? false : said.text;
}
