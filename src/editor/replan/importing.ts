import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { planOf, type FoundPlan } from '../../core/imported/planOf.ts';
import { standingInstructions } from '../../core/instruction.ts';
import { openOrchestration } from '../../core/state.ts';
import { unreleasedSteps } from '../../core/steps.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import { offerNext } from '../handoff/next.ts';
import { forPick } from '../inert.ts';
import { begin } from '../orchestration/orchestration.ts';
import type { PacketDesk } from '../packets/packetDesk.ts';
import type { Room } from '../room.ts';
import { baseOf, planDocument } from './planDocument.ts';
import { importing as words } from './sentences.ts';

/** Characters; more is no plan, and no document to be edited. */
const mostText = 200_000;
const mostFiles = 500;

const about = z.object({ text: z.optional(z.string()), name: z.optional(z.string()) });

/** A text, and what a person calls the place it comes from. */
interface Source {
  readonly text: string;
  readonly name: string;
}

/**
 * T7: begins with what a person has already: a Markdown plan or checklist becomes plan and list in the document of a
 * replan, where what is not understood has to be settled. Where nothing is open yet, an orchestration is started first.
 */
export function importPlan(room: Room, packets: PacketDesk): Action {
  return action(about, async (given) => {
    if (room.shut) return refused(room.shut);
    const source =
      given.text === undefined ? await chosen() : { text: given.text, name: given.name ?? words.text };
    if (!source) return cancelled;
    const { text, name } = source;
    if (text.length > mostText) return refused(tooLong);
    const plan = planOf(text);
    if (isEmpty(plan)) return refused(nothingFound(name));
    if (!openOrchestration(room.state)) {
      const left = unreleasedSteps(room.state);
      const outcome = await begin(room, plan.title ? { objective: plan.title.words.slice(0, 4_000) } : {});
      if (!outcome.ok) return outcome;
      // P11: NEXT of the last handoff is offered here too, before the document shows the plan as it stands.
      if (left.length > 0) await offerNext(room, left);
    }
    const { state } = room;
    const [first] = standingInstructions(state);
    await packets.openMade(
      {
        kind: 'replan',
        base: baseOf(state),
        found: createHash('sha256').update(text).digest('hex').slice(0, 8),
        name: name.slice(0, 80),
        ...(first ? { instruction: first.n } : {}),
      },
      planDocument(state, { plan, name }),
    );
    return said(words.opened(plan.steps.length, plan.todos.length, plan.unclear.length));
  });
}

function isEmpty({ steps, todos, unclear, done }: FoundPlan): boolean {
  return steps.length + todos.length + unclear.length + done.length === 0;
}

/** Where it is: selected or shown in the editor, on the clipboard, or in a file of the workspace. */
async function chosen(): Promise<Source | undefined> {
  const editor = vscode.window.activeTextEditor;
  const clipboard = await vscode.env.clipboard.readText();
  const selected = editor?.document.getText(editor.selection) ?? '';
  const name = editor ? vscode.workspace.asRelativePath(editor.document.uri) : '';
  type Row = vscode.QuickPickItem & { readonly from: () => Promise<Source | undefined> };
  const at =
    (text: string, from: string): Row['from'] =>
    () =>
      Promise.resolve({ text, name: from });
  const rows: Row[] = [
    ...(editor && selected.trim() !== ''
      ? [{ ...words.selection(forPick(name, 80)), from: at(selected, name) }]
      : []),
    ...(editor && isPlan(editor.document)
      ? [{ ...words.document(forPick(name, 80)), from: at(editor.document.getText(), name) }]
      : []),
    ...(clipboard.trim() === ''
      ? []
      : [{ ...words.clipboard(forPick(clipboard, 80)), from: at(clipboard, words.ofClipboard) }]),
    { ...words.file, from: ofFile },
  ];
  const options = { title: words.title, placeHolder: words.which, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(rows, options))?.from();
}

function isPlan({ uri, languageId }: vscode.TextDocument): boolean {
  return ['file', 'untitled'].includes(uri.scheme) && ['markdown', 'plaintext'].includes(languageId);
}

async function ofFile(): Promise<Source | undefined> {
  const found = await vscode.workspace.findFiles(words.files, '**/node_modules/**', mostFiles);
  const rows = found
    .map((uri) => ({ label: forPick(vscode.workspace.asRelativePath(uri), 120), uri }))
    .sort((one, other) => one.label.localeCompare(other.label, undefined, { numeric: true }));
  const options = { title: words.title, placeHolder: words.whichFile, ignoreFocusOut: true };
  const row = rows.length === 0 ? undefined : await vscode.window.showQuickPick(rows, options);
  const uri = row?.uri ?? (rows.length === 0 ? await opened() : undefined);
  if (!uri) return undefined;
  const document = await vscode.workspace.openTextDocument(uri);
  return { text: document.getText(), name: vscode.workspace.asRelativePath(uri) };
}

/** Where the workspace has none. */
async function opened(): Promise<vscode.Uri | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title: words.title, canSelectMany: false })) ?? [];
  return uri;
}

const tooLong = refusal(
  'plan-too-long',
  'That is too long to be edited as a plan.',
  'Take a part of it: select it, and run this again.',
);

const nothingFound = (name: string) =>
  refusal('plan-empty', `Nothing stands in ${name}.`, 'Choose another text: a list, or headings with lists.');
