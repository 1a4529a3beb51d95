import type { Field } from './grammar.ts';
import { textField } from './printing.ts';
import { linesOf, readFields, textOf, type PlacedField } from './reading.ts';
import { taskField, taskIn, taskLine } from './task.ts';

export const progressFields = [
  { name: 'PROGRESS', holds: 'text' },
  taskField,
] as const satisfies readonly Field[];

/** Where a worker is, at a checkpoint. */
export interface SentProgress {
  readonly task?: string;
  readonly text?: string;
}

export interface ReadProgress extends SentProgress {
  readonly fields: readonly PlacedField[];
}

export function progressText({ task, text }: SentProgress): string {
  return [...(text === undefined ? [] : [textField('PROGRESS', text)]), ...taskLine(task)].join('\n');
}

export function parseProgress(text: string): ReadProgress {
  const fields = readFields(linesOf(text), progressFields);
  const words = textOf(fields, 'PROGRESS');
  return { fields, ...taskIn(fields), ...(words === undefined ? {} : { text: words }) };
}
