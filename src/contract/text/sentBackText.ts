import type { Flaw } from '../packets.ts';
import type { Field } from './grammar.ts';
import { spreadField, textField } from './printing.ts';
import { linesOf, listOf, readFields, textOf } from './reading.ts';
import { numberIn, taskField, taskIn, taskLine } from './task.ts';

const rejectionFields = [
  { name: 'REJECTED', holds: 'head' },
  taskField,
  { name: 'REASON', holds: 'text' },
  { name: 'MISSING', holds: 'text', also: ['MISSING EVIDENCE'] },
  { name: 'NEXT', holds: 'text', also: ['NEXT ACTION', 'DO NEXT'] },
] as const satisfies readonly Field[];

/** P8: a rejected result on its way back; `task` is what the work is called from now on. */
export interface SentRejection {
  readonly task: string;
  readonly reason: string;
  readonly missing: string;
  readonly next: string;
}

export function rejectionText({ task, reason, missing, next }: SentRejection): string {
  return [
    'REJECTED:',
    ...taskLine(task),
    textField('REASON', reason),
    textField('MISSING', missing),
    textField('NEXT', next),
  ].join('\n');
}

/** The inverse of `rejectionText`, as far as the fields are there. */
export function parseRejection(text: string): Partial<SentRejection> {
  const placed = readFields(linesOf(text), rejectionFields);
  const reason = textOf(placed, 'REASON');
  const missing = textOf(placed, 'MISSING');
  const next = textOf(placed, 'NEXT');
  return {
    ...taskIn(placed),
    ...(reason === undefined ? {} : { reason }),
    ...(missing === undefined ? {} : { missing }),
    ...(next === undefined ? {} : { next }),
  };
}

const returnFields = [
  { name: 'RETURNED', holds: 'head' },
  { name: 'TO-QUESTION', holds: 'word' },
  taskField,
  { name: 'MISSING', holds: 'list' },
] as const satisfies readonly Field[];
const flawFields = [
  { name: 'FIELD', holds: 'text' },
  { name: 'WORDS', holds: 'text' },
  { name: 'WHY', holds: 'text' },
  { name: 'BETTER', holds: 'text' },
] as const satisfies readonly Field[];

/** P6: an incomplete question on its way back, with the exact fields that are missing. */
export interface SentReturn {
  readonly task: string;
  readonly question: number;
  readonly missing: readonly Flaw[];
}

export function returnText({ task, question, missing }: SentReturn): string {
  return [
    'RETURNED:',
    `TO-QUESTION: ${question}`,
    ...taskLine(task),
    spreadField('MISSING', missing.map(flawText)),
  ].join('\n');
}

/** The inverse of `returnText`, as far as the fields are there. */
export function parseReturn(
  text: string,
): Partial<Omit<SentReturn, 'missing'>> & Pick<SentReturn, 'missing'> {
  const placed = readFields(linesOf(text), returnFields);
  const question = numberIn(placed, 'TO-QUESTION');
  return {
    ...taskIn(placed),
    ...(question === undefined ? {} : { question }),
    missing: (listOf(placed, 'MISSING') ?? []).map(readFlaw),
  };
}

function flawText({ field, words, why, better }: Flaw): string {
  return [
    textField('FIELD', field),
    ...(words === '' ? [] : [textField('WORDS', words)]),
    textField('WHY', why),
    textField('BETTER', better),
  ].join('\n');
}

function readFlaw(text: string): Flaw {
  const placed = readFields(linesOf(text), flawFields);
  const of = (name: (typeof flawFields)[number]['name']): string => textOf(placed, name) ?? '';
  return { field: of('FIELD'), words: of('WORDS'), why: of('WHY'), better: of('BETTER') };
}
