import { basename, relative } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Bearer } from '../../contract/actor.ts';
import type { Refusal } from '../../contract/refusal.ts';
import { isByHand } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, isCancelled, refused, said, type Action, type Outcome } from '../action.ts';
import { holderChoices, nameOfHolder } from './holders.ts';
import { confirmStop, pickStop, textStop, walk, type Stop } from '../asking/walk.ts';
import { noConnection } from '../byHand/sentences.ts';
import { forMessage, forPick } from '../inert.ts';
import { openFolders } from '../openFolders.ts';
import type { Ownership } from '../ownership/ownership.ts';
import { asks } from '../prompts.ts';
import type { Room } from '../room.ts';
import type { AgentsPlace, ConfigChange, KnownAgent } from './agentsPlace.ts';
import type { ConfigDocuments } from './configDocuments.ts';
import type { EditorServers } from './editorServers.ts';
import { connect as words, noShell, noWorkerYet, nothingThere, seatNotLent, unsaved } from './sentences.ts';

const holder = z.optional(z.union([z.int(), z.literal('orchestrator')]));
const asked = z.object({
  holder,
  agent: z.optional(z.string()),
  /** The path of one of the open folders. */
  folder: z.optional(z.string()),
  /** Of an agent that nobody knows: where it keeps its MCP servers, and in which form. */
  file: z.optional(z.string()),
  form: z.optional(z.string()),
});
type Asked = z.output<typeof asked>;
/** In the place of an agent's id. */
const otherAgent = 'other';

/** Writes an agent's configuration after the person saw the change, and hears whether it calls. The user's alone. */
export function connectWorker(
  room: Room,
  servers: () => Promise<EditorServers>,
  documents: () => ConfigDocuments,
  ownership: () => Promise<Ownership>,
): Action {
  return whereOpen(room, asked, async (given) => {
    const why = unfit(room, given.holder);
    if (why) return refused(why);
    const draft = await askWhom(room, 'connect', { ...given, holder: given.holder ?? onlyHolder(room) });
    if (draft?.holder === undefined) return cancelled;
    const { known, folder, holder } = draft;
    const name = nameOfHolder(room, holder);
    if (known.isEditors) {
      const yes = await walk(titleOf('connect', holder), {}, [
        confirmStop(() => words.offer(known.label, name)),
      ]);
      if (!yes) return cancelled;
      await (await servers()).offer(holder);
      hearFirst(await room.house.agents(), known, holder, name);
      return told(words.offered(known.label, name));
    }
    const outcome = await change(room, documents(), ownership, 'connect', draft);
    if (isCancelled(outcome) || !outcome.ok) return outcome;
    const place = await room.house.agents();
    hearFirst(place, known, holder, name);
    const silent = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: words.checking(known.label) },
      () => place.check(known, folder, holder),
    );
    if (silent) return warned(words.notHeard(known.label, silent.sentence, silent.next));
    return told(words.heard(known, name, holder === 'orchestrator'));
  });
}

/** The end of the round trip comes when the agent works: whether its guard is there shows with its first call. */
function hearFirst(place: AgentsPlace, known: KnownAgent, holder: Bearer, name: string): void {
  void place.firstCall(known, holder).then((why) => {
    if (why) warned(`${why.sentence} ${why.next}`);
    else told(words.firstCall(known, name));
  });
}

/** What of an outcome no view shows. */
function told(sentence: string): Outcome {
  void vscode.window.showInformationMessage(forMessage(sentence, 600));
  return said(sentence);
}

function warned(sentence: string): Outcome {
  void vscode.window.showWarningMessage(forMessage(sentence, 600));
  return said(sentence);
}

/** Takes out again what was written for an agent, after the person saw the change. */
export function disconnectWorker(
  room: Room,
  servers: () => Promise<EditorServers>,
  documents: () => ConfigDocuments,
  ownership: () => Promise<Ownership>,
): Action {
  return whereOpen(room, asked, async (given) => {
    const draft = await askWhom(room, 'disconnect', given);
    if (!draft) return cancelled;
    const { known } = draft;
    if (!known.isEditors) return change(room, documents(), ownership, 'disconnect', draft);
    const offering = await servers();
    if (offering.bearer === undefined) return refused(nothingThere(known.label));
    await offering.offer(undefined);
    return told(words.takenBack(known.label));
  });
}

/** Opens a terminal in which the person starts an agent. The user's alone: what runs in it acts as this worker or the seat. */
export function openShell(room: Room): Action {
  return whereOpen(room, z.object({ holder }), async (given) => {
    const why = unfit(room, given.holder);
    if (why) return refused(why);
    const start: { holder?: Bearer | undefined } = { holder: given.holder ?? onlyHolder(room) };
    const draft = await walk(titleOf('shell', given.holder), start, [
      pickStop('holder', () => ({ placeholder: asks.worker, choices: holderChoices(room.state) })),
      confirmStop(({ holder = 0 }) => words.shell(nameOfHolder(room, holder), isApart(room, holder))),
    ]);
    if (draft?.holder === undefined) return cancelled;
    const opened = await room.house.openShell(draft.holder);
    if (opened === false) return refused(noShell(nameOfHolder(room, draft.holder)));
    return opened === true ? said('') : warned(`${opened.sentence} ${opened.next}`);
  });
}

/** Why nobody can be connected here, or not this one. */
function unfit(room: Room, holder: Bearer | undefined): Refusal | undefined {
  if (holder === 'orchestrator') return room.state.seat ? undefined : seatNotLent;
  if (holderChoices(room.state).length === 0) return noWorkerYet;
  const worker = holder === undefined ? undefined : at(room.state.workers, holder);
  return isByHand(worker) ? noConnection(nameOfHolder(room, holder ?? 0)) : undefined;
}

/** Whether what is written for an agent goes into a worktree too. */
function isApart({ state }: Room, holder: Bearer): boolean {
  return state.live.some((n) => {
    const dispatch = at(state.dispatches, n);
    return dispatch?.worker === holder && dispatch.apart === true;
  });
}

function onlyHolder(room: Room): Bearer | undefined {
  const choices = holderChoices(room.state);
  return choices.length === 1 ? choices[0]?.value : undefined;
}

function titleOf(act: keyof typeof words.titles, holder: Bearer | undefined): string {
  return (holder === 'orchestrator' ? words.seatTitles : words.titles)[act];
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
  readonly holder: Bearer | undefined;
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
  const draft = await walk<Asked>(titleOf(how, given.holder), start, [
    pickStop(
      'holder',
      () => ({ placeholder: asks.worker, choices: holderChoices(room.state) }),
      () => how === 'connect',
    ),
    pickStop('agent', () => ({
      placeholder: words.whichAgent,
      choices: [...known.map(agentChoice), { ...words.other, value: otherAgent }],
    })),
    pickStop('folder', () => ({
      placeholder: words.whichFolder,
      choices: folders.map(({ name, fsPath }) => ({ label: forPick(name), value: fsPath })),
    })),
    ...otherStops(place, how),
  ]);
  const agent =
    draft?.agent === otherAgent
      ? place.other(draft.file ?? '', draft.form)
      : known.find(({ id }) => id === draft?.agent);
  const folder = folders.find(({ fsPath }) => fsPath === draft?.folder);
  return agent && folder ? { known: agent, folder: folder.fsPath, holder: draft?.holder } : undefined;
}

/** What it takes to write for an agent that nobody knows. */
function otherStops(place: AgentsPlace, how: 'connect' | 'disconnect'): readonly Stop<Asked>[] {
  const plain = (text: string): string => text.trim().replaceAll('\\', '/').replace(/^\.\//, '');
  const isOther = ({ agent }: Asked): boolean => agent === otherAgent;
  const file = textStop<Asked, 'file'>(
    'file',
    { ...words.whichFile, flaw: (text) => (place.forms(plain(text)).length > 0 ? undefined : words.noFile) },
    plain,
  );
  return [
    { ...file, when: isOther },
    pickStop(
      'form',
      (draft) => ({
        placeholder: words.whichForm,
        choices: place
          .forms(draft.file ?? '')
          .map(({ id, label, shown }) => ({ label, detail: shown, value: id })),
      }),
      (draft) => isOther(draft) && how === 'connect',
    ),
  ];
}

function agentChoice({ id, label, version, program, isProgram, cannot }: KnownAgent): {
  label: string;
  description: string;
  detail: string;
  value: string;
} {
  const missing = isProgram ? words.notFound : '';
  const found = program === undefined ? missing : forPick(`${version ?? ''} ${program}`.trim());
  return { label, description: found, detail: cannot.join(' '), value: id };
}

/** Shows the exact change in VS Code's own editor for differences, and writes it only after the yes. */
async function change(
  room: Room,
  documents: ConfigDocuments,
  ownership: () => Promise<Ownership>,
  how: 'connect' | 'disconnect',
  { known, folder, holder }: Whom,
): Promise<Outcome> {
  const place = await room.house.agents();
  const changes = await place.changes(how, known.id, folder);
  if ('code' in changes) return refused(changes);
  if (changes.length === 0) {
    if (how === 'connect') return told(words.already(known.label));
    await place.remember(how, known.id);
    return refused(nothingThere(known.label));
  }
  const dirty = vscode.workspace.textDocuments.find(
    (document) => document.isDirty && changes.some(({ path }) => path === document.uri.fsPath),
  );
  if (dirty) return refused(unsaved(basename(dirty.fileName)));
  const title = words.shown(how, known.label);
  await show(documents, title, changes);
  const names = [...new Set(changes.map(({ path, worktree }) => worktree?.file ?? nameOf(path, folder)))];
  const apart = [...new Set(changes.flatMap(({ worktree }) => worktree?.worker ?? []))];
  const yes = await walk(titleOf(how, holder), {}, [
    confirmStop(() => words.confirm(how, known.label, names, apart)),
  ]);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter(({ label }) => label.startsWith(title)));
  if (!yes) return cancelled;
  const write = (): Promise<Refusal | undefined> => place.write(how, known.id, folder, changes);
  const files = changes.map(({ path }) => vscode.Uri.file(path));
  const isWatched = room.state.live.length + room.state.held.length > 0;
  const why = await (isWatched ? (await ownership()).byUser(files, write) : write());
  if (why) return refused(why);
  await place.remember(how, known.id);
  await room.house.outdated.look();
  return (how === 'connect' ? said : told)(words.done(how, known.label, names, apart));
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
