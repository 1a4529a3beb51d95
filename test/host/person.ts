import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CommandId } from '../../src/editor/ids.ts';

export interface Refused {
  readonly code: string;
  readonly sentence: string;
  readonly next: string;
}

export type Outcome =
  | { readonly ok: true; readonly said: string; readonly made?: Readonly<Record<string, number>> }
  | { readonly ok: false; readonly refusal: Refused };

export async function outcomeOf(id: CommandId, argument?: object): Promise<Outcome> {
  return vscode.commands.executeCommand<Outcome>(id, argument);
}

export function failed(outcome: Outcome): Refused {
  assert.ok(!outcome.ok, `accepted: ${JSON.stringify(outcome)}`);
  return outcome.refusal;
}

const keys = {
  enter: 'workbench.action.acceptSelectedQuickOpenItem',
  down: 'workbench.action.quickOpenSelectNext',
  nothing: 'noop',
};

/** Presses keys until the box that a command opened is gone; the first after so many ways to the window and back. */
async function pressing<T>(outcome: Promise<T>, presses: readonly string[], ways = 0): Promise<T> {
  let isOver = false;
  const over = outcome.finally(() => (isOver = true));
  for (let way = 0; way < ways && !isOver; way += 1) await vscode.commands.executeCommand(keys.nothing);
  while (!isOver) {
    for (const press of presses) await vscode.commands.executeCommand(press);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return over;
}

/** What a person does with the last step of a walk. */
export const person = {
  /** Enter, on whatever the box offers first. */
  accepts: <T>(outcome: Promise<T>): Promise<T> => pressing(outcome, [keys.enter]),

  /** The second row, which is the yes. The keys may come before the box does: then it was a no, and again, later. */
  saysYes: async (run: () => Promise<Outcome>): Promise<Outcome> => {
    for (let tries = 0; ; tries += 1) {
      const outcome = await pressing(run(), [keys.down, keys.enter], tries);
      if (outcome.ok || outcome.refusal.code !== 'cancelled' || tries > 20) return outcome;
    }
  },
};

/** With the person’s word at its last step. */
export const byWord = (id: CommandId, argument?: object): Promise<Outcome> =>
  person.saysYes(() => outcomeOf(id, argument));
/** The code of the refusal where the person takes what the last step offers first. */
export const unasked = async (id: CommandId, argument?: object): Promise<string> =>
  failed(await person.accepts(outcomeOf(id, argument))).code;

/** The code of a refusal, whose sentence and way out stand in it. */
export async function no(id: CommandId, argument?: object): Promise<string> {
  const { code, sentence, next } = failed(await outcomeOf(id, argument));
  assert.ok(sentence.length > 0 && next.length > 0, code);
  return code;
}

/** What a modal asks before anything is done. No dialog is shown to tests: the command says which one it would have been. */
export async function modal(id: CommandId, argument?: object): Promise<string> {
  const { code, sentence } = failed(await outcomeOf(id, argument));
  assert.equal(code, 'failed');
  assert.match(sentence, /refused to show dialog in tests/);
  return sentence;
}

/** What an accepted act made. */
export async function made(outcome: Promise<Outcome>): Promise<Readonly<Record<string, number>>> {
  const done = await outcome;
  assert.ok(done.ok, JSON.stringify(done));
  return done.made ?? {};
}
