import { type Field } from './grammar.ts';
import { entriesOf, textOf, type PlacedField } from './reading.ts';

/** The task that a text is about, as `7.1`: what it was handed out as, so that an old one is seen to be old. */
export const taskField = {
  name: 'FOR-TASK',
  holds: 'word',
  also: ['TASK ID', 'TASK NUMBER'],
} as const satisfies Field;

export function taskLine(task: string | undefined): readonly string[] {
  return task === undefined ? [] : [`${taskField.name}: ${task}`];
}

export function taskIn(fields: readonly PlacedField[]): { readonly task?: string } {
  const task =
    entriesOf(fields, taskField.name)?.[0]?.text.trim() ??
    fields.find(({ label }) => label?.includes('.'))?.label;
  return task === undefined ? {} : { task };
}

/** A number that a text names, as in `TO-QUESTION: 3`; undefined where it names none. */
export function numberIn(fields: readonly PlacedField[], name: string): number | undefined {
  const found = /^\D{0,20}(\d{1,9})\b/.exec(textOf(fields, name) ?? '');
  const number = Number(found?.[1] ?? 0);
  return number > 0 ? number : undefined;
}
