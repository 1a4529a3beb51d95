import * as vscode from 'vscode';
import { asks } from '../prompts.ts';
import {
  askText,
  back,
  choose,
  type Choice,
  type Frame,
  type PickWords,
  type Said,
  type TextWords,
} from './box.ts';

/** One step of a walk. It is skipped where its key came with the call, or where `when` says no. */
export interface Stop<D> {
  readonly key?: keyof D;
  readonly when?: (draft: D) => boolean;
  readonly ask: (frame: Frame, draft: D) => Promise<Said<D>>;
}

/** Asks for what is missing in `given`, step by step, with a way back; undefined where the person turned away. */
export async function walk<D extends object>(
  title: string,
  given: D,
  stops: readonly Stop<D>[],
): Promise<D | undefined> {
  const open = stops.filter(({ key }) => key === undefined || given[key] === undefined);
  const taken: { index: number; before: D }[] = [];
  let draft = given;
  let index = 0;
  while (index < open.length) {
    const stop = open[index];
    if (!stop || stop.when?.(draft) === false) {
      index += 1;
      continue;
    }
    const rest = open.slice(index + 1).filter((other) => other.when?.(draft) !== false).length;
    const frame = { title, step: taken.length + 1, total: taken.length + 1 + rest };
    const answer = await stop.ask(frame, draft);
    if (answer === undefined) return undefined;
    if (answer === back) {
      const last = taken.pop();
      if (!last) return undefined;
      index = last.index;
      draft = { ...draft };
    } else {
      taken.push({ index, before: draft });
      draft = answer;
      index += 1;
    }
  }
  return draft;
}

type Words<D, W> = W | ((draft: D) => W);
const wordsFor = <D, W extends object>(words: Words<D, W>, draft: D): W =>
  typeof words === 'function' ? words(draft) : words;

/** A step that asks for one line of text. What was written before stands in it again after the way back. */
export function textStop<D extends object, K extends keyof D & string>(
  key: K,
  words: Words<D, TextWords>,
  read: (text: string) => D[K],
  written: (value: NonNullable<D[K]>) => string = String,
): Stop<D> {
  return {
    key,
    ask: async (frame, draft) => {
      const kept = draft[key];
      const value = kept === undefined || kept === null ? {} : { value: written(kept) };
      const answer = await askText(frame, { ...wordsFor(words, draft), ...value });
      return typeof answer === 'string' ? { ...draft, [key]: read(answer) } : answer;
    },
  };
}

export interface PickStopWords<T> extends PickWords {
  readonly choices: readonly Choice<T>[];
}

/** A step that asks for one of several; a single one is taken without asking where `alone` says so. */
export function pickStop<D extends object, K extends keyof D & string>(
  key: K,
  words: (draft: D) => PickStopWords<D[K]>,
  when?: (draft: D) => boolean,
): Stop<D> {
  return {
    key,
    ...(when ? { when } : {}),
    ask: async (frame, draft) => {
      const { choices, ...rest } = words(draft);
      const answer = await choose(frame, choices, rest);
      if (answer === undefined || answer === back) return answer as Said<D>;
      return { ...draft, [key]: answer };
    },
  };
}

export interface YesWords {
  /** Exactly what happens. */
  readonly question: string;
  readonly yes: string;
  readonly no: string;
}

/** The last step of what is the user's alone: no key, so that no argument answers it. "No" comes first. */
export function confirmStop<D extends object>(words: (draft: D) => YesWords): Stop<D> {
  return {
    ask: async (frame, draft) => {
      const { question, yes, no } = words(draft);
      const choices = [
        { label: no, value: false },
        { label: yes, value: true },
      ];
      const answer = await choose(frame, choices, { placeholder: asks.yourWord, prompt: question });
      if (answer === back) return back;
      return answer === true ? draft : undefined;
    },
  };
}

/** The same where something is passed over or lost: a modal whose first button, and its closing, is a no. */
export async function confirmed({ question, yes, no }: YesWords, detail: string): Promise<boolean> {
  // Named as the closing one, the no would lose the focus to the yes: better a Cancel too many.
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, no, yes);
  return answer === yes;
}
