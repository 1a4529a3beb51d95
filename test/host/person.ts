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
