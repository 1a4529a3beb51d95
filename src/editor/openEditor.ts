import * as vscode from 'vscode';
import type { Refusal } from '../contract/refusal.ts';
import { resultOf, ResultDocuments, shownInReview } from './approvals/resultDocuments.ts';
import { registerCommands } from './commands.ts';
import { ContextKeys } from './contextKeys.ts';
import { facts } from './facts.ts';
import type { House } from './house.ts';
import { packetScheme } from './ids.ts';
import { journalNotices } from './journalNotices.ts';
import { NoticeBoard } from './noticeBoard.ts';
import { PacketDesk } from './packets/packetDesk.ts';
import { Redrawing } from './redrawing.ts';
import { Room } from './room.ts';
import { StatusItem } from './statusItem.ts';
import { Knot } from './tree/rowTree.ts';
import { Trees } from './trees.ts';

/** Opens everything a person sees of Lockkeeper. Disposed and opened again where the house changes. */
export function openEditor(house: House): vscode.Disposable {
  const room = new Room(house);
  const trees = new Trees(room);
  const status = new StatusItem(room);
  const keys = new ContextKeys();
  const packets = new PacketDesk(room);
  const documents = new ResultDocuments(() => room.state);
  const board = new NoticeBoard(room.state, house.teller);

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
      'lockkeeper.orphans': orphans > 0 && room.state.seq === 0,
    });
  };
  const redrawing = new Redrawing(() => {
    // Menus of a row look at the keys when it is drawn.
    setKeys();
    trees.refresh();
    status.refresh();
    documents.refresh();
  });
  const redrawSoon = (): void => redrawing.soon();

  setKeys();
  const tellOfJournal = journalNotices(room, (why) => showRefusal(room, why));
  tellOfJournal();
  const told = house.desk?.onTold((news) => {
    board.hear(news);
    tellOfJournal();
    redrawSoon();
  });
  const looking = setTimeout(() => {
    const tell = (count: number): void => {
      orphans = count;
      redrawSoon();
    };
    import('./adoption/adopting.ts')
      .then(({ offerAdoption }) => offerAdoption(room, tell))
      .catch((error: unknown) => house.log.warn(`Orphaned journals: ${String(error)}`));
  }, 1_000);
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(looking) },
    redrawing,
    { dispose: () => told?.dispose() },
    registerCommands({
      load: async () => (await import('./commandTable.ts')).commandTable({ room, trees, packets, documents }),
      argumentOf: (called) => argumentOf(called, trees),
      onRefused: (outcome) => showRefusal(room, outcome.refusal),
      log: house.log,
    }),
    house.door.onChange(redrawSoon),
    vscode.window.onDidChangeActiveTextEditor(setKeys),
    vscode.workspace.onDidChangeConfiguration(
      (event) => event.affectsConfiguration('lockkeeper') && redrawSoon(),
    ),
    board,
    documents,
    packets,
    status,
    trees,
  );
}

/** What a menu was opened on, or a key of the list pressed on, as the argument of its command. */
function argumentOf(called: unknown, trees: Trees): unknown {
  if (called instanceof Knot) return called.row.argument;
  if (called === 'selected') return trees.selectedTodo?.row.argument;
  if (!(called instanceof vscode.Uri)) return called;
  if (called.scheme === packetScheme) return { document: called.toString() };
  const result = resultOf(called);
  return result === undefined ? undefined : { result };
}

/** What it takes to say no is loaded with the first no. */
function showRefusal(room: Room, why: Refusal): void {
  void import('./refusals.ts').then((refusals) => refusals.showRefusal(room, why));
}
