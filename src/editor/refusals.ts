import * as vscode from 'vscode';
import type { Refusal } from '../contract/refusal.ts';
import { forMessage } from './inert.ts';
import { refusalMessage } from './prompts.ts';
import type { Room } from './room.ts';
import { wayOut } from './wayOut.ts';

/** One message: what was refused, the way out, and where one command is enough, a button that does it. */
export async function showRefusal(room: Room, why: Refusal): Promise<void> {
  const out = wayOut(room.state, why);
  const words = forMessage(refusalMessage(why).replaceAll('\n', ' '), 600);
  if (!out) {
    await vscode.window.showWarningMessage(words);
    return;
  }
  const pressed = await vscode.window.showWarningMessage(words, out.label);
  if (pressed === out.label) await vscode.commands.executeCommand(out.command, out.argument);
}
