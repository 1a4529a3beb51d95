import { basename, relative } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { workerName } from '../../core/labels.ts';
import { isByHand } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, isCancelled, refused, said, type Action, type Outcome } from '../action.ts';
import { connectedChoices } from '../asking/choices.ts';
import { confirmStop, pickStop, walk } from '../asking/walk.ts';
import { noConnection } from '../byHand/sentences.ts';
import { forPick } from '../inert.ts';
import { openFolders } from '../openFolders.ts';
import { asks } from '../prompts.ts';
import type { Room } from '../room.ts';
import type { ConfigChange, KnownAgent } from './agentsPlace.ts';
import type { ConfigDocuments } from './configDocuments.ts';
import type { EditorServers } from './editorServers.ts';
import { connect as words, noShell, noWorkerYet, nothingThere, unsaved } from './sentences.ts';

const asked = z.object({
  worker: z.optional(z.int()),
  agent: z.optional(z.string()),
  /** The path of one of the open folders. */
  folder: z.optional(z.string()),
});
type Asked = z.output<typeof asked>;

/** Writes an agent's configuration after the person saw the change, and hears whether it calls. The user's alone. */
export function connectWorker(
  room: Room,
  servers: () => Promise<EditorServers>,
  documents: () => ConfigDocuments,
): Action {
  return whereOpen(room, asked, async (given) => {
    const workers = connectedChoices(room.state);
    if (workers.length === 0) return refused(noWorkerYet);
    const worker = given.worker === undefined ? undefined : at(room.state.workers, given.worker);
    if (worker && isByHand(worker)) return refused(noConnection(forPick(worker.name, 60)));
    const only = workers.length === 1 ? workers[0]?.value : undefined;
    const draft = await askWhom(room, 'connect', { ...given, worker: given.worker ?? only });
    if (!draft) return cancelled;
    const { known, folder, worker: n = 0 } = draft;
    const name = forPick(workerName(room.state, n), 60);
    if (known.isEditors) {
      const yes = await walk(words.titles.connect, {}, [confirmStop(() => words.offer(known.label, name))]);
      if (!yes) return cancelled;
      await (await servers()).offer(n);
      return said(words.offered(known.label, name));
    }
    const outcome = await change(room, documents(), 'connect', draft);
    if (isCancelled(outcome) || !outcome.ok) return outcome;
    const why = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: words.checking(known.label) },
      async () => (await room.house.agents()).check(known, folder, n),
    );
    return said(why ? words.notHeard(known.label, why.sentence, why.next) : words.heard(known.label, name));
  });
}

/** Takes out again what was written for an agent, after the person saw the change. */
export function disconnectWorker(
  room: Room,
  servers: () => Promise<EditorServers>,
  documents: () => ConfigDocuments,
): Action {
  return whereOpen(room, asked, async (given) => {
    const draft = await askWhom(room, 'disconnect', given);
    if (!draft) return cancelled;
    const { known } = draft;
    if (!known.isEditors) return change(room, documents(), 'disconnect', draft);
    const offering = await servers();
    if (offering.worker === undefined) return refused(nothingThere(known.label));
    await offering.offer(undefined);
    return said(words.takenBack(known.label));
  });
}

/** Opens a terminal in which the person starts an agent as this worker. The user's alone: what runs in it acts as it. */
export function openShell(room: Room): Action {
  return whereOpen(room, z.object({ worker: z.optional(z.int()) }), async (given) => {
    const choices = connectedChoices(room.state);
    if (choices.length === 0) return refused(noWorkerYet);
    const only = choices.length === 1 ? choices[0]?.value : undefined;
    const start: { worker?: number | undefined } = { worker: given.worker ?? only };
    const nameOf = (n: number | undefined): string => forPick(workerName(room.state, n ?? 0), 60);
    const draft = await walk(words.titles.shell, start, [
      pickStop('worker', () => ({ placeholder: asks.worker, choices })),
      confirmStop(({ worker }) => words.shell(nameOf(worker))),
    ]);
    if (draft?.worker === undefined) return cancelled;
    const worker = at(room.state.workers, draft.worker);
    if (isByHand(worker)) return refused(noConnection(nameOf(draft.worker)));
    const isOpen = await room.house.openShell(draft.worker);
    return isOpen ? said('') : refused(noShell(nameOf(draft.worker)));
  });
}

function whereOpen<S extends z.ZodMiniObject>(
  room: Room,
  given: S,
  act: (given: z.output<S>) => Promise<Outcome>,
): Action {
  return action(given, async (known) => (room.shut ? refused(room.shut) : act(known)));
}

interface Whom {
  readonly known: KnownAgent;
  readonly folder: string;
  readonly worker: number | undefined;
}

async function askWhom(room: Room, how: 'connect' | 'disconnect', given: Asked): Promise<Whom | undefined> {
  const place = await room.house.agents();
  const all = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: words.looking },
    () => place.known(),
  );
  const known = all.filter(({ connects }) => connects);
  const folders = openFolders();
  const only = folders.length === 1 ? folders[0]?.fsPath : undefined;
  const start: Asked = { ...given, folder: given.folder ?? only };
  const draft = await walk<Asked>(words.titles[how], start, [
    pickStop(
      'worker',
      () => ({ placeholder: asks.worker, choices: connectedChoices(room.state) }),
      () => how === 'connect',
    ),
    pickStop('agent', () => ({ placeholder: words.whichAgent, choices: known.map(agentChoice) })),
    pickStop('folder', () => ({
      placeholder: words.whichFolder,
      choices: folders.map(({ name, fsPath }) => ({ label: forPick(name), value: fsPath })),
    })),
  ]);
  const agent = known.find(({ id }) => id === draft?.agent);
  const folder = folders.find(({ fsPath }) => fsPath === draft?.folder);
  return agent && folder ? { known: agent, folder: folder.fsPath, worker: draft?.worker } : undefined;
}

function agentChoice({ id, label, version, program, cannot }: KnownAgent): {
  label: string;
  description: string;
  detail: string;
  value: string;
} {
  const found = program === undefined ? words.notFound : forPick(`${version ?? ''} ${program}`.trim());
  return { label, description: found, detail: cannot.join(' '), value: id };
}

/** Shows the exact change in VS Code's own editor for differences, and writes it only after the yes. */
async function change(
  room: Room,
  documents: ConfigDocuments,
  how: 'connect' | 'disconnect',
  { known, folder }: Whom,
): Promise<Outcome> {
  const place = await room.house.agents();
  const changes = await place.changes(how, known.id, folder);
  if ('code' in changes) return refused(changes);
  if (changes.length === 0)
    return how === 'connect' ? said(words.already(known.label)) : refused(nothingThere(known.label));
  const dirty = vscode.workspace.textDocuments.find(
    (document) => document.isDirty && changes.some(({ path }) => path === document.uri.fsPath),
  );
  if (dirty) return refused(unsaved(basename(dirty.fileName)));
  const title = words.shown(how, known.label);
  await show(documents, title, changes);
  const names = changes.map(({ path }) => nameOf(path, folder));
  const yes = await walk(words.titles[how], {}, [confirmStop(() => words.confirm(how, known.label, names))]);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter(({ label }) => label.startsWith(title)));
  if (!yes) return cancelled;
  const why = await place.write(changes);
  return why ? refused(why) : said(words.done(how, known.label, names));
}

async function show(
  documents: ConfigDocuments,
  title: string,
  changes: readonly ConfigChange[],
): Promise<void> {
  const sides = changes.map(({ path, before, after }) => [
    vscode.Uri.file(path),
    documents.sideOf(path, before),
    documents.sideOf(path, after),
  ]);
  await vscode.commands.executeCommand('vscode.changes', title, sides);
}

function nameOf(path: string, folder: string): string {
  const name = relative(folder, path);
  return name.startsWith('..') ? path : name;
}
