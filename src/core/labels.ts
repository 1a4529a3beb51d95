import { at } from './table.ts';
import type { Budget } from './planning.ts';
import type { Dispatch, Entered, State, Step, Todo } from './state.ts';

/** What follows whatever the user entered for a worker that works by hand. */
export function byWhom({ enteredBy }: Entered): string {
  return enteredBy === undefined ? '' : `, entered by ${enteredBy}`;
}

/** The first line of a text, at most `most` characters, with an ellipsis where something was cut. */
export function short(text: string, most = 80): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  const cut = line.length > most || line.length < text.trim().length;
  return cut ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}

/** With a capital letter at its beginning, for the beginning of a sentence. */
export function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a TODO is about: its TASK, or the worker's own words while it has no packet. */
export function todoWords(todo: Todo): string {
  return todo.packet?.task ?? todo.sources.map((source) => source.words).join('; ');
}

export function todoName(todo: Todo): string {
  return `TODO ${todo.n} (“${short(todoWords(todo), 60)}”)`;
}

export function stepName(step: Step): string {
  return `step ${step.n} (“${short(step.title, 60)}”)`;
}

export function workerName(state: State, n: number): string {
  return at(state.workers, n)?.name ?? `worker ${n}`;
}

export function dispatchName(state: State, dispatch: Dispatch): string {
  const what = dispatch.todos.length === 1 ? 'TODO' : 'TODOs';
  return `${what} ${dispatch.todos.join(', ')} with ${workerName(state, dispatch.worker)}`;
}

export function inMinutes(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`;
}

export function inCalls(count: number): string {
  return count === 1 ? '1 call' : `${count} calls`;
}

/** What of a budget is used up, or would be. */
export function budgetWords({ minutes, calls, up }: Budget): string {
  return calls !== undefined && up?.calls !== undefined ? inCalls(calls) : inMinutes(minutes);
}

export function isBlank(text: string | undefined): text is '' | undefined {
  return text === undefined || text.trim() === '';
}

/** Words compared as a person compares them: case, spacing and closing punctuation do not matter. */
export function sameWords(left: string, right: string): boolean {
  return plain(left) === plain(right);
}

function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[.!;:]+$/u, '');
}
