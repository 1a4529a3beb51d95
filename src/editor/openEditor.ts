import * as vscode from 'vscode';
import * as z from 'zod';
import type { Refusal } from '../contract/refusal.ts';
import { action, said, type Action } from './action.ts';
import { addLateItem, dismissLateItem, noteLateResult } from './approvals/late.ts';
import { resultOf, ResultDocuments, shownInReview } from './approvals/resultDocuments.ts';
import { approve, openResult, reject } from './approvals/verdicts.ts';
import { registerCommands, type CommandTable } from './commands.ts';
import { ContextKeys } from './contextKeys.ts';
import { facts } from './facts.ts';
import type { House } from './house.ts';
import { packetScheme } from './ids.ts';
import { declineProposal, doNext, openInboxEntry } from './inbox/opening.ts';
import { answer, returnQuestion } from './inbox/questionActions.ts';
import { acceptJournal, reopenJournal } from './journal.ts';
import { NoticeBoard } from './noticeBoard.ts';
import { close, closePast, start } from './orchestration/orchestration.ts';
import { PacketDesk } from './packets/packetDesk.ts';
import { addStep, overrideGate, planStands, release } from './plan/steps.ts';
import { showRefusal } from './refusals.ts';
import { rehearse } from './rehearsal/rehearse.ts';
import { Room } from './room.ts';
import { StatusItem } from './statusItem.ts';
import { dispatch, relaunch, withdraw } from './todo/dispatching.ts';
import { dropTodo, mergeTodo, moveTodo, shiftTodo } from './todo/list.ts';
import { addTodo, editTodo, reconcile, splitTodo } from './todo/writing.ts';
import { Knot } from './tree/rowTree.ts';
import { Trees } from './trees.ts';
import { addWorker, removeWorker, showTerminal } from './workers/register.ts';
import { copyConnection, lendSeat, takeSeatBack } from './workers/seat.ts';

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
  const table = commandTable(room, trees, packets, documents);
  const told = house.desk?.onTold((news) => {
    board.hear(news);
    tellTrouble(house.desk?.trouble);
    redrawSoon();
  });
  return vscode.Disposable.from(
    { dispose: () => clearImmediate(redrawing) },
    { dispose: () => told?.dispose() },
    registerCommands(table, {
      argumentOf,
      onRefused: (outcome) => void showRefusal(room, outcome.refusal),
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
    if (trouble && trouble.code !== told) void showRefusal(room, trouble);
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

function commandTable(
  room: Room,
  trees: Trees,
  packets: PacketDesk,
  documents: ResultDocuments,
): CommandTable {
  return {
    'lockkeeper.start': start(room),
    'lockkeeper.close': close(room),
    'lockkeeper.closePast': closePast(room),
    'lockkeeper.addWorker': addWorker(room),
    'lockkeeper.removeWorker': removeWorker(room),
    'lockkeeper.lendSeat': lendSeat(room),
    'lockkeeper.takeSeatBack': takeSeatBack(room),
    'lockkeeper.copyConnection': copyConnection(room),
    'lockkeeper.showTerminal': showTerminal(room),
    'lockkeeper.addStep': addStep(room, packets),
    'lockkeeper.release': release(room),
    'lockkeeper.override': overrideGate(room),
    'lockkeeper.planStands': planStands(room),
    'lockkeeper.addTodo': addTodo(room, packets),
    'lockkeeper.editTodo': editTodo(room, packets),
    'lockkeeper.moveTodo': moveTodo(room),
    'lockkeeper.moveTodoUp': shiftTodo(room, -1),
    'lockkeeper.moveTodoDown': shiftTodo(room, 1),
    'lockkeeper.dropTodo': dropTodo(room),
    'lockkeeper.mergeTodo': mergeTodo(room),
    'lockkeeper.splitTodo': splitTodo(room, packets),
    'lockkeeper.reconcile': reconcile(room, packets),
    'lockkeeper.usePacket': usePacket(packets),
    'lockkeeper.dispatch': dispatch(room),
    'lockkeeper.withdraw': withdraw(room),
    'lockkeeper.relaunch': relaunch(room),
    'lockkeeper.answer': answer(room),
    'lockkeeper.returnQuestion': returnQuestion(room),
    'lockkeeper.openResult': openResult(room, documents),
    'lockkeeper.approve': approve(room, documents),
    'lockkeeper.reject': reject(room, documents),
    'lockkeeper.addLateItem': addLateItem(room),
    'lockkeeper.dismissLateItem': dismissLateItem(room),
    'lockkeeper.noteLateResult': noteLateResult(room),
    'lockkeeper.declineProposal': declineProposal(room),
    'lockkeeper.next': doNext(room),
    'lockkeeper.openInboxEntry': openInboxEntry(room),
    'lockkeeper.showMore': showMore(trees),
    'lockkeeper.rehearse': rehearse(room),
    'lockkeeper.reopenJournal': reopenJournal(room),
    'lockkeeper.acceptJournal': acceptJournal(room),
  };
}

function usePacket(packets: PacketDesk): Action {
  return action(z.object({ document: z.string().optional() }), ({ document }) => packets.use(document));
}

function showMore(trees: Trees): Action {
  return action(z.object({ group: z.string() }), ({ group }) => {
    trees.showMore(group);
    return Promise.resolve(said(''));
  });
}
