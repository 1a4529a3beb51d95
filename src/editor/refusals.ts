import * as vscode from 'vscode';
import type { Refusal } from '../contract/refusal.ts';
import { forMessage, forPick } from './inert.ts';
import { refusalMessage, rows } from './prompts.ts';
import type { Room } from './room.ts';
import { wayOut, waysOut } from './wayOut.ts';

/** One message: what was refused, the way out, and where one command is enough, a button that does it. */
export async function showRefusal(room: Room, why: Refusal): Promise<void> {
  const out = wayOut(room.state, why);
  const words = forMessage(refusalMessage(why).replaceAll('\n', ' '), 600);
  const labels = [...(out ? [out.label] : []), ...(why.also ? [rows.showAll] : [])];
  const pressed = await vscode.window.showWarningMessage(words, ...labels);
  if (pressed === rows.showAll) await showAll(room, why);
  else if (out && pressed === out.label) await vscode.commands.executeCommand(out.command, out.argument);
}

/** Everything that stands in the way (T5, P11), each row with its own way out. */
async function showAll(room: Room, why: Refusal): Promise<void> {
  const items = waysOut(room.state, why).map(({ reason, out }) => ({
    label: forPick(reason.sentence, 200),
    detail: forPick(reason.next, 200),
    description: forPick(out?.label ?? '', 60),
    out,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: rows.whatStands, matchOnDetail: true });
  if (picked?.out) await vscode.commands.executeCommand(picked.out.command, picked.out.argument);
}
