import * as vscode from 'vscode';
import type { Refusal } from '../contract/refusal.ts';
import type { State } from '../core/state.ts';
import { at } from '../core/table.ts';
import { ChangeDocuments } from './approvals/changeDocuments.ts';
import { resultOf, ResultDocuments } from './approvals/resultDocuments.ts';
import { showsPage, shownInReview } from './approvals/shownReview.ts';
import { registerCommands } from './commands.ts';
import { ContextKeys } from './contextKeys.ts';
import { facts } from './facts.ts';
import { HandoffDocuments, orchestrationOf } from './handoff/documents.ts';
import type { House } from './house.ts';
import { editorsAgentKey, packetScheme } from './ids.ts';
import { journalNotices } from './journalNotices.ts';
import { NoticeBoard } from './noticeBoard.ts';
import type { Ownership } from './ownership/ownership.ts';
import { PacketDesk } from './packets/packetDesk.ts';
import { Redrawing } from './redrawing.ts';
import { Room } from './room.ts';
import { StandingDocuments } from './standing/documents.ts';
import { StatusItem } from './statusItem.ts';
import { Timelines } from './timeline/timelines.ts';
import { Knot } from './tree/rowTree.ts';
import { Trees } from './trees.ts';
import { VerifyWatch } from './verify/watch.ts';
import type { EditorServers } from './workers/editorServers.ts';

/** Opens everything a person sees of Lockkeeper. Disposed and opened again where the house changes. */
export function openEditor(house: House): vscode.Disposable {
  const room = new Room(house);
  const trees = new Trees(room);
  const status = new StatusItem(room);
  const keys = new ContextKeys();
  const packets = new PacketDesk(room);
  const documents = new ResultDocuments(room);
  const handoffs = new HandoffDocuments(room);
  const standing = new StandingDocuments(room);
  const timelines = new Timelines(room);
  const verify = new VerifyWatch(room);
  let loading: Promise<EditorServers> | undefined;
  const servers = (): Promise<EditorServers> =>
    (loading ??= import('./workers/editorServers.ts').then((found) => new found.EditorServers(room)));
  if (house.desk && house.context.workspaceState.get(editorsAgentKey) !== undefined) void servers();
  const board = new NoticeBoard(room.state, house.teller);

  const made: { dispose(): void }[] = [];
  let orphans = 0;
  const setKeys = (): void => {
    const shown = shownInReview(room.state) !== undefined;
    const known = facts(room.state);
    const canStart = house.why === 'open' && known['lockkeeper.orchestration'] !== true;
    keys.set({
      ...known,
      'lockkeeper.why': house.why,
      'lockkeeper.canStart': canStart,
      'lockkeeper.rehearsal': house.rehearsal.isHere,
      'lockkeeper.shownResultInReview': shown,
      'lockkeeper.moreFiles': shown && showsPage(),
      'lockkeeper.orphans': orphans > 0 && room.state.seq === 0,
    });
  };
  let ownership: Promise<Ownership> | undefined;
  const owners = (): Promise<Ownership> =>
    (ownership ??= import('./ownership/ownership.ts').then(
      (found) => new found.Ownership(room, (rows) => trees.alsoInInbox(rows)),
    ));
  const followOwners = (): void => {
    const { live, held } = room.state;
    house.names.follow(scopesAhead(room.state));
    if (ownership || live.length + held.length > 0) void owners().then((known) => known.hear());
  };
  const redrawing = new Redrawing(() => {
    // Menus of a row look at the keys when it is drawn.
    setKeys();
    trees.refresh();
    status.refresh();
    documents.refresh();
    handoffs.refresh();
    standing.refresh();
    verify.documents.refresh();
  });
  const redrawSoon = (): void => redrawing.soon();

  setKeys();
  const tellOfJournal = journalNotices(room, (why) => showRefusal(room, why));
  tellOfJournal();
  followOwners();
  const told = house.desk?.onTold((news) => {
    board.hear(news);
    verify.hear(news);
    tellOfJournal();
    followOwners();
    redrawSoon();
  });
  const tellOfGlobs = (): void => {
    if (house.desk) void import('./ownership/criticalGlobs.ts').then((globs) => globs.tellOfUnreadGlobs());
  };
  const looking = setTimeout(() => {
    const tell = (count: number): void => {
      orphans = count;
      redrawSoon();
    };
    tellOfGlobs();
    import('./adoption/adopting.ts')
      .then(({ offerAdoption }) => offerAdoption(room, tell))
      .catch((error: unknown) => house.log.warn(`Orphaned journals: ${String(error)}`));
  }, 1_000);
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(looking) },
    { dispose: () => made.forEach((one) => one.dispose()) },
    redrawing,
    { dispose: () => told?.dispose() },
    { dispose: () => void ownership?.then((known) => known.dispose()) },
    registerCommands({
      load: async () =>
        (await import('./commandTable.ts')).commandTable({
          room,
          trees,
          packets,
          documents,
          handoffs,
          standing,
          timelines,
          verify,
          servers,
          ownership: owners,
          keep: (one) => void made.push(one),
        }),
      argumentOf: (called) => argumentOf(called, trees),
      onRefused: (outcome) => showRefusal(room, outcome.refusal),
      log: house.log,
    }),
    house.door.onChange(redrawSoon),
    house.toolCalls.onMore(redrawSoon),
    vscode.window.onDidChangeActiveTextEditor(setKeys),
    vscode.window.tabGroups.onDidChangeTabs(setKeys),
    vscode.window.tabGroups.onDidChangeTabGroups(setKeys),
    new ChangeDocuments((tree, path) => house.changes.contentOf(tree, path)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('lockkeeper')) redrawSoon();
      if (event.affectsConfiguration('lockkeeper.criticalFiles')) tellOfGlobs();
    }),
    board,
    documents,
    handoffs,
    standing,
    timelines,
    verify,
    { dispose: () => void loading?.then((known) => known.dispose()) },
    packets,
    status,
    trees,
  );
}

/** The scopes of what could be sent next, and what could be granted. */
function scopesAhead({ list, todos, requested, requests }: State): readonly string[] {
  return [
    ...list.slice(0, 40).flatMap((n) => at(todos, n)?.packet?.scope ?? []),
    ...requested.flatMap((n) => at(requests, n)?.paths ?? []),
  ];
}

/** What a menu was opened on, or a key of the list pressed on, as the argument of its command. */
function argumentOf(called: unknown, trees: Trees): unknown {
  if (called instanceof Knot) return called.row.argument;
  if (called === 'selected') return trees.selectedTodo?.row.argument;
  if (!(called instanceof vscode.Uri)) return called;
  if (called.scheme === packetScheme) return { document: called.toString() };
  const orchestration = orchestrationOf(called);
  if (orchestration !== undefined) return { orchestration };
  const result = resultOf(called);
  return result === undefined ? undefined : { result };
}

/** What it takes to say no is loaded with the first no. */
function showRefusal(room: Room, why: Refusal): void {
  void import('./refusals.ts').then((refusals) => refusals.showRefusal(room, why));
}
