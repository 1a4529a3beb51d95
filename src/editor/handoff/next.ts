import * as vscode from 'vscode';
import type { Step } from '../../core/state.ts';
import { plural } from '../prompts.ts';
import { forPick } from '../inert.ts';
import type { Room } from '../room.ts';
import { next as words } from './sentences.ts';

/** P11: NEXT of the last handoff, offered as a plan. A step of it is no work before it is released. */
export async function offerNext(room: Room, left: readonly Step[]): Promise<void> {
  const rows = left.map((step) => ({
    label: forPick(step.title, 120),
    description: `${forPick(step.role, 60)}, ${plural(step.tasks.length, 'task')}`,
    picked: true,
    step,
  }));
  const chosen = await vscode.window.showQuickPick(rows, {
    title: words.title,
    placeHolder: words.placeholder,
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  for (const { step } of chosen ?? []) {
    const { title, role, tasks } = step;
    const outcome = await room.submit({ type: 'add-step', title, role, tasks: [...tasks] });
    if (!outcome.ok) {
      const { showRefusal } = await import('../refusals.ts');
      void showRefusal(room, outcome.refusal);
      return;
    }
  }
}
