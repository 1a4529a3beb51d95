import * as vscode from 'vscode';
import { fewest, mostRows } from './fewest.ts';

/** The person wants the step before this one. */
export const back = Symbol('back');
/** What a step gives: a value, the way back, or undefined where the person turned away. */
export type Said<T> = T | typeof back | undefined;

/** Where a step stands among the others. */
export interface Frame {
  readonly title: string;
  readonly step: number;
  readonly total: number;
}

export interface TextWords {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  /** The complaint about a text that does not do; undefined where it does. */
  readonly flaw?: (text: string) => string | undefined;
}

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
}

function dress(box: vscode.QuickInput, frame: Frame): void {
  box.title = frame.title;
  // A toast or a click beside it must not throw away what was written.
  box.ignoreFocusOut = true;
  if (frame.total <= 1) return;
  box.step = frame.step;
  box.totalSteps = frame.total;
}

/** Below a box VS Code draws `[words](command:…)` as a link, and an agent's words may stand there. */
const unlinked = (text: string): string => text.replaceAll('](', '] (');

const buttons = (frame: Frame): vscode.QuickInputButton[] =>
  frame.step > 1 ? [vscode.QuickInputButtons.Back] : [];

export function askText(frame: Frame, words: TextWords): Promise<Said<string>> {
  const box = vscode.window.createInputBox();
  dress(box, frame);
  box.buttons = buttons(frame);
  box.prompt = unlinked(words.prompt);
  box.placeholder = words.placeholder ?? '';
  box.value = words.value ?? '';
  return new Promise((resolve) => {
    const end = (value: Said<string>): void => {
      resolve(value);
      box.dispose();
    };
    box.onDidChangeValue(() => (box.validationMessage = ''));
    box.onDidAccept(() => {
      const flaw = words.flaw?.(box.value.trim());
      if (flaw === undefined) end(box.value.trim());
      else box.validationMessage = flaw;
    });
    box.onDidTriggerButton(() => end(back));
    box.onDidHide(() => end(undefined));
    box.show();
  });
}

export interface PickWords<T = never> {
  readonly placeholder: string;
  /** Stands whole below the box. */
  readonly prompt?: string;
  /** Makes a choice of what the person typed, where no row fits. */
  readonly typed?: (text: string) => string;
  /** Makes all the choices of what the person typed. */
  readonly made?: (text: string) => readonly Choice<T>[];
}

export function choose<T>(
  frame: Frame,
  choices: readonly Choice<T>[],
  words: PickWords<T>,
): Promise<Said<T | string>> {
  type Item = vscode.QuickPickItem & { readonly value?: T | string };
  const pick = vscode.window.createQuickPick<Item>();
  const own = fewest(choices);
  const madeOf = (typed: string): Item[] =>
    typed === '' ? [] : (words.made?.(typed) ?? []).map((choice) => ({ ...choice, alwaysShow: true }));
  const otherOf = (typed: string): Item[] => {
    const isKnown = choices.some(({ label }) => label.toLowerCase() === typed.toLowerCase());
    if (!words.typed || typed === '' || isKnown) return [];
    return [{ label: words.typed(typed), value: typed, alwaysShow: true }];
  };
  /** What stands first once the rows for a text are drawn, where any text does. */
  const firstOf = (typed: string): Item | undefined => {
    if (!words.typed || typed === '') return madeOf(typed)[0];
    const like = choices.find(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
    return like ?? otherOf(typed)[0];
  };
  dress(pick, frame);
  pick.buttons = buttons(frame);
  pick.placeholder = words.placeholder;
  pick.prompt = words.prompt === undefined ? undefined : unlinked(words.prompt);
  pick.matchOnDescription = true;
  pick.items = own('');
  return new Promise((resolve) => {
    const end = (value: Said<T | string>): void => {
      resolve(value);
      pick.dispose();
    };
    pick.onDidChangeValue((text) => {
      const typed = text.trim();
      const made = madeOf(typed);
      if (made.length > 0) {
        pick.items = made;
        return;
      }
      const isLong = choices.length > mostRows;
      if (!words.typed && !words.made && !isLong) return;
      pick.items = [...own(isLong ? typed : ''), ...otherOf(typed)];
    });
    pick.onDidAccept(() => {
      // Enter right behind a word comes before the rows for it are drawn.
      const chosen = pick.selectedItems[0] ?? firstOf(pick.value.trim());
      if (chosen?.value !== undefined) end(chosen.value);
    });
    pick.onDidTriggerButton(() => end(back));
    pick.onDidHide(() => end(undefined));
    pick.show();
  });
}

export function chooseMany<T>(
  frame: Frame,
  choices: readonly Choice<T>[],
  words: PickWords,
): Promise<Said<T[]>> {
  type Item = vscode.QuickPickItem & { readonly value: T };
  const pick = vscode.window.createQuickPick<Item>();
  dress(pick, frame);
  pick.buttons = buttons(frame);
  pick.placeholder = words.placeholder;
  pick.canSelectMany = true;
  pick.items = choices.map((choice): Item => ({ ...choice }));
  return new Promise((resolve) => {
    const end = (value: Said<T[]>): void => {
      resolve(value);
      pick.dispose();
    };
    pick.onDidAccept(() => end(pick.selectedItems.map(({ value }) => value)));
    pick.onDidTriggerButton(() => end(back));
    pick.onDidHide(() => end(undefined));
    pick.show();
  });
}
