import * as vscode from 'vscode';
import type { Refusal } from '../contract/refusal.ts';
import { resultOf, ResultDocuments, shownInReview } from './approvals/resultDocuments.ts';
import { registerCommands } from './commands.ts';
import { ContextKeys } from './contextKeys.ts';
import { facts } from './facts.ts';
import type { House } from './house.ts';
import { packetScheme } from './ids.ts';
import { NoticeBoard } from './noticeBoard.ts';
import { PacketDesk } from './packets/packetDesk.ts';
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
  const board = new NoticeBoard(room.state);

  const setKeys = (): void => {
    const shown = shownInReview(room.state) !== undefined;
    const canStart = house.why === 'open' && facts(room.state)['lockkeeper.orchestration'] !== true;
    keys.set({
      ...facts(room.state),
      'lockkeeper.why': house.why,
      'lockkeeper.canStart': canStart,
      'lockkeeper.rehearsal': house.rehearsal.isHere,
      'lockkeeper.shownResultInReview': shown,
    });
  };
  let redrawing: NodeJS.Immediate | undefined;
  const redraw = (): void => {
    redrawing = undefined;
    // Menus of a row look at the keys when it is drawn.
    setKeys();
    trees.refresh();
    status.refresh();
    documents.refresh();
  };
  const redrawSoon = (): void => {
    redrawing ??= setImmediate(redraw);
  };

  setKeys();
  const tellTrouble = troubleTeller(room);
  tellTrouble(house.trouble);
  const told = house.desk?.onTold((news) => {
    board.hear(news);
    tellTrouble(house.desk?.trouble);
    redrawSoon();
  });
  return vscode.Disposable.from(
    { dispose: () => clearImmediate(redrawing) },
    { dispose: () => told?.dispose() },
    registerCommands({
      load: async () => (await import('./commandTable.ts')).commandTable({ room, trees, packets, documents }),
      argumentOf,
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

/** Tells of what is wrong with the journal once, and again only after it was well in between. */
function troubleTeller(room: Room): (trouble: Refusal | undefined) => void {
  let told: string | undefined;
  return (trouble) => {
    if (trouble && trouble.code !== told) showRefusal(room, trouble);
    told = trouble?.code;
  };
}

/** What a menu was opened on, as the argument of its command. */
function argumentOf(called: unknown): unknown {
  if (called instanceof Knot) return called.row.argument;
  if (!(called instanceof vscode.Uri)) return called;
  if (called.scheme === packetScheme) return { document: called.toString() };
  const result = resultOf(called);
  return result === undefined ? undefined : { result };
}

/** What it takes to say no is loaded with the first no. */
function showRefusal(room: Room, why: Refusal): void {
  void import('./refusals.ts').then((refusals) => refusals.showRefusal(room, why));
}
