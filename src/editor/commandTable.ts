import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { action, type Action } from './action.ts';
import { adoptJournal } from './adoption/adopting.ts';
import { addLateItem, dismissLateItem, noteLateResult } from './approvals/late.ts';
import type { ResultDocuments } from './approvals/resultDocuments.ts';
import { addRemark, deleteRemark, remarkHere } from './approvals/remarking.ts';
import { undoApproval } from './approvals/undoing.ts';
import { ReviewDesk } from './approvals/reviewDesk.ts';
import {
  approve,
  approvePast,
  moreChanges,
  nextResult,
  openResult,
  openResultChanges,
  reject,
} from './approvals/verdicts.ts';
import { copyAnswer, copyPacket } from './byHand/carrying.ts';
import { noteTaken, pasteFromWorker } from './byHand/pasting.ts';
import type { CommandTable } from './commands.ts';
import { coordinate, leaveToWorker, takeOver } from './ownership/choosing.ts';
import type { Ownership } from './ownership/ownership.ts';
import { declineProposal, doNext, openInboxEntry } from './inbox/opening.ts';
import { leaveQuestion, replaceAnswer, takeOverDecision } from './decided/takingOver.ts';
import { debugMode, describeBug } from './debugging/debugging.ts';
import { addFromPlaybook } from './debugging/playbooks.ts';
import { fireRollback, runWatched } from './debugging/rollback.ts';
import type { HandoffDocuments } from './handoff/documents.ts';
import { copyHandoff, handOff, saveHandoff } from './handoff/handing.ts';
import { answer, returnQuestion } from './inbox/questionActions.ts';
import { acceptJournal, reopenJournal } from './journal.ts';
import { copyMessages, feedback, noOp, nudge } from './cadence/acting.ts';
import { giveTime } from './cadence/budget.ts';
import { carryOn, instruct, stop } from './instructions/instructing.ts';
import { decideRequest, workConflict } from './ownership/conflicts.ts';
import { allowUnguarded, giveWorkspace } from './ownership/consents.ts';
import { showOwned } from './ownership/showing.ts';
import { dismissUnclaimed, showUnclaimed } from './ownership/unclaimed.ts';
import { handOverLock, lockScope, releaseLock } from './ownership/locks.ts';
import { close, closePast, start } from './orchestration/orchestration.ts';
import type { PacketDesk } from './packets/packetDesk.ts';
import { addStep, overrideGate, planStands, release } from './plan/steps.ts';
import { rehearse } from './rehearsal/rehearse.ts';
import { importPlan } from './replan/importing.ts';
import { replan } from './replan/replanning.ts';
import type { Room } from './room.ts';
import type { StandingDocuments } from './standing/documents.ts';
import { copySyncStatus, openTask, syncStatus } from './standing/standing.ts';
import { saveTimeline, showTimeline } from './timeline/showing.ts';
import type { Timelines } from './timeline/timelines.ts';
import { dispatch, relaunch, withdraw } from './todo/dispatching.ts';
import { dispatchSideBySide } from './todo/sideBySide.ts';
import { findTodo } from './todo/finding.ts';
import { dropTodo, mergeTodo, moveTodo, placeTodos, shiftTodo } from './todo/list.ts';
import { addTodo, editTodo, reconcile, splitTodo } from './todo/writing.ts';
import type { Trees } from './trees.ts';
import { allowCommand, cancelVerify, openVerifyOutput, revokeCommand, runVerify } from './verify/actions.ts';
import type { VerifyWatch } from './verify/watch.ts';
import { ConfigDocuments } from './workers/configDocuments.ts';
import { connectWorker, disconnectWorker, openShell } from './workers/connecting.ts';
import type { EditorServers } from './workers/editorServers.ts';
import { addWorker, removeWorker, showTerminal } from './workers/register.ts';
import { removeWorktree } from './worktrees/removing.ts';
import { copyConnection, lendSeat, takeSeatBack } from './workers/seat.ts';

// The smaller zod has no words of its own; those of a wrong argument are shown.
z.config(en());

interface Surfaces {
  readonly room: Room;
  readonly trees: Trees;
  readonly packets: PacketDesk;
  readonly documents: ResultDocuments;
  readonly handoffs: HandoffDocuments;
  readonly standing: StandingDocuments;
  readonly timelines: Timelines;
  readonly verify: VerifyWatch;
  readonly servers: () => Promise<EditorServers>;
  /** Who owns which file; loaded when it is first asked for. */
  readonly ownership: () => Promise<Ownership>;
  /** What is made with a command goes when the window's surfaces go. */
  readonly keep: (made: { dispose(): void }) => void;
}

/** Loaded with the first command that is run, and with it all that asks a person something. */
export function commandTable({
  room,
  trees,
  packets,
  documents,
  handoffs,
  standing,
  timelines,
  verify,
  servers,
  ownership,
  keep,
}: Surfaces): CommandTable {
  let desk: ReviewDesk | undefined;
  const review = (): ReviewDesk => {
    if (!desk) keep((desk = new ReviewDesk(room, documents)));
    return desk;
  };
  let shown: ConfigDocuments | undefined;
  const configs = (): ConfigDocuments => {
    if (!shown) keep((shown = new ConfigDocuments()));
    return shown;
  };
  const [connect, disconnect, shell] = [
    connectWorker(room, servers, configs, ownership),
    disconnectWorker(room, servers, configs, ownership),
    openShell(room),
  ];
  const seat = { holder: 'orchestrator' };
  return {
    'lockkeeper.start': start(room),
    'lockkeeper.close': close(room, handoffs),
    'lockkeeper.closePast': closePast(room, handoffs),
    'lockkeeper.handoff': handOff(room, handoffs),
    'lockkeeper.saveHandoff': saveHandoff(room, handoffs),
    'lockkeeper.copyHandoff': copyHandoff(room, handoffs),
    'lockkeeper.syncStatus': syncStatus(room, standing),
    'lockkeeper.copySyncStatus': copySyncStatus(room, standing),
    'lockkeeper.openTask': openTask(room, standing),
    'lockkeeper.timeline': showTimeline(room, timelines),
    'lockkeeper.saveTimeline': saveTimeline(room),
    'lockkeeper.addWorker': addWorker(room),
    'lockkeeper.removeWorker': removeWorker(room),
    'lockkeeper.allowUnguarded': allowUnguarded(room),
    'lockkeeper.lendSeat': lendSeat(room),
    'lockkeeper.takeSeatBack': takeSeatBack(room),
    'lockkeeper.connectWorker': connect,
    'lockkeeper.disconnectWorker': disconnect,
    'lockkeeper.openShell': shell,
    'lockkeeper.connectSeat': () => connect(seat),
    'lockkeeper.disconnectSeat': () => disconnect(seat),
    'lockkeeper.openSeatShell': () => shell(seat),
    'lockkeeper.copyConnection': copyConnection(room),
    'lockkeeper.showTerminal': showTerminal(room),
    'lockkeeper.addStep': addStep(room, packets),
    'lockkeeper.release': release(room),
    'lockkeeper.override': overrideGate(room),
    'lockkeeper.planStands': planStands(room),
    'lockkeeper.replan': replan(room, packets),
    'lockkeeper.importPlan': importPlan(room, packets),
    'lockkeeper.addTodo': addTodo(room, packets),
    'lockkeeper.editTodo': editTodo(room, packets),
    'lockkeeper.giveWorkspace': giveWorkspace(room),
    'lockkeeper.moveTodo': moveTodo(room),
    'lockkeeper.moveTodoUp': shiftTodo(room, -1),
    'lockkeeper.moveTodoDown': shiftTodo(room, 1),
    'lockkeeper.placeTodos': placeTodos(room),
    'lockkeeper.dropTodo': dropTodo(room),
    'lockkeeper.mergeTodo': mergeTodo(room),
    'lockkeeper.debugMode': debugMode(room, true),
    'lockkeeper.endDebugMode': debugMode(room, false),
    'lockkeeper.describeBug': describeBug(room),
    'lockkeeper.addFromPlaybook': addFromPlaybook(room, packets),
    'lockkeeper.fireRollback': fireRollback(room),
    'lockkeeper.runWatched': runWatched(room, verify),
    'lockkeeper.splitTodo': splitTodo(room, packets),
    'lockkeeper.reconcile': reconcile(room, packets),
    'lockkeeper.usePacket': usePacket(packets),
    'lockkeeper.dispatch': dispatch(room),
    'lockkeeper.copyPacket': copyPacket(room),
    'lockkeeper.copyAnswer': copyAnswer(room),
    'lockkeeper.pasteFromWorker': pasteFromWorker(room, packets),
    'lockkeeper.noteTaken': noteTaken(room),
    'lockkeeper.dispatchSideBySide': dispatchSideBySide(room),
    'lockkeeper.lockScope': lockScope(room),
    'lockkeeper.releaseLock': releaseLock(room),
    'lockkeeper.handOverLock': handOverLock(room),
    'lockkeeper.showOwned': showOwned(room),
    'lockkeeper.showUnclaimed': showUnclaimed(room, ownership),
    'lockkeeper.dismissUnclaimed': dismissUnclaimed(room, ownership),
    'lockkeeper.workConflict': workConflict(room),
    'lockkeeper.decideRequest': decideRequest(room),
    'lockkeeper.withdraw': withdraw(room),
    'lockkeeper.relaunch': relaunch(room),
    'lockkeeper.leaveToWorker': leaveToWorker(room, ownership),
    'lockkeeper.takeOver': takeOver(room, ownership),
    'lockkeeper.coordinate': coordinate(room, ownership),
    'lockkeeper.answer': answer(room),
    'lockkeeper.returnQuestion': returnQuestion(room),
    'lockkeeper.leaveQuestion': leaveQuestion(room),
    'lockkeeper.replaceAnswer': replaceAnswer(room),
    'lockkeeper.takeOverDecision': takeOverDecision(room),
    'lockkeeper.openResult': openResult(room, documents),
    'lockkeeper.openChanges': openResultChanges(room, review),
    'lockkeeper.moreChanges': moreChanges(room, review),
    'lockkeeper.nextResult': nextResult(review),
    'lockkeeper.addRemark': addRemark(review),
    'lockkeeper.deleteRemark': deleteRemark(review),
    'lockkeeper.remarkHere': remarkHere(room, review),
    'lockkeeper.approve': approve(room, review),
    'lockkeeper.approvePast': approvePast(room, review),
    'lockkeeper.undoApproval': undoApproval(room),
    'lockkeeper.reject': reject(room, review),
    'lockkeeper.runVerify': runVerify(room, verify, false),
    'lockkeeper.reviewHard': runVerify(room, verify, true),
    'lockkeeper.cancelVerify': cancelVerify(verify),
    'lockkeeper.openVerifyOutput': openVerifyOutput(room, verify),
    'lockkeeper.allowCommand': allowCommand(room, verify),
    'lockkeeper.revokeCommand': revokeCommand(room),
    'lockkeeper.addLateItem': addLateItem(room),
    'lockkeeper.dismissLateItem': dismissLateItem(room),
    'lockkeeper.noteLateResult': noteLateResult(room),
    'lockkeeper.declineProposal': declineProposal(room),
    'lockkeeper.instruct': instruct(room),
    'lockkeeper.carryOn': carryOn(room),
    'lockkeeper.stop': stop(room),
    'lockkeeper.noOp': noOp(room),
    'lockkeeper.nudge': nudge(room),
    'lockkeeper.giveTime': giveTime(room),
    'lockkeeper.feedback': feedback(room),
    'lockkeeper.copyMessages': copyMessages(room),
    'lockkeeper.next': doNext(room),
    'lockkeeper.openInboxEntry': openInboxEntry(room),
    'lockkeeper.findTodo': findTodo(room, trees),
    'lockkeeper.rehearse': rehearse(room),
    'lockkeeper.reopenJournal': reopenJournal(room),
    'lockkeeper.acceptJournal': acceptJournal(room),
    'lockkeeper.adoptJournal': adoptJournal(room),
    'lockkeeper.removeWorktree': removeWorktree(room),
  };
}

function usePacket(packets: PacketDesk): Action {
  return action(z.object({ document: z.optional(z.string()) }), ({ document }) => packets.use(document));
}
