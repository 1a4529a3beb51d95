/** Every id that package.json and the code must agree on; a test compares the two. */
export const commands = [
  'lockkeeper.start',
  'lockkeeper.close',
  'lockkeeper.closePast',
  'lockkeeper.handoff',
  'lockkeeper.saveHandoff',
  'lockkeeper.copyHandoff',
  'lockkeeper.syncStatus',
  'lockkeeper.copySyncStatus',
  'lockkeeper.openTask',
  'lockkeeper.timeline',
  'lockkeeper.saveTimeline',
  'lockkeeper.addWorker',
  'lockkeeper.removeWorker',
  'lockkeeper.allowUnguarded',
  'lockkeeper.lendSeat',
  'lockkeeper.takeSeatBack',
  'lockkeeper.connectSeat',
  'lockkeeper.disconnectSeat',
  'lockkeeper.openSeatShell',
  'lockkeeper.connectWorker',
  'lockkeeper.disconnectWorker',
  'lockkeeper.openShell',
  'lockkeeper.copyConnection',
  'lockkeeper.showTerminal',
  'lockkeeper.addStep',
  'lockkeeper.release',
  'lockkeeper.override',
  'lockkeeper.planStands',
  'lockkeeper.replan',
  'lockkeeper.importPlan',
  'lockkeeper.addTodo',
  'lockkeeper.editTodo',
  'lockkeeper.giveWorkspace',
  'lockkeeper.moveTodo',
  'lockkeeper.moveTodoUp',
  'lockkeeper.moveTodoDown',
  'lockkeeper.placeTodos',
  'lockkeeper.dropTodo',
  'lockkeeper.mergeTodo',
  'lockkeeper.splitTodo',
  'lockkeeper.debugMode',
  'lockkeeper.endDebugMode',
  'lockkeeper.describeBug',
  'lockkeeper.addFromPlaybook',
  'lockkeeper.fireRollback',
  'lockkeeper.runWatched',
  'lockkeeper.reconcile',
  'lockkeeper.usePacket',
  'lockkeeper.dispatch',
  'lockkeeper.copyPacket',
  'lockkeeper.copyAnswer',
  'lockkeeper.pasteFromWorker',
  'lockkeeper.noteTaken',
  'lockkeeper.dispatchSideBySide',
  'lockkeeper.lockScope',
  'lockkeeper.releaseLock',
  'lockkeeper.handOverLock',
  'lockkeeper.showOwned',
  'lockkeeper.showUnclaimed',
  'lockkeeper.dismissUnclaimed',
  'lockkeeper.workConflict',
  'lockkeeper.decideRequest',
  'lockkeeper.withdraw',
  'lockkeeper.relaunch',
  'lockkeeper.leaveToWorker',
  'lockkeeper.takeOver',
  'lockkeeper.coordinate',
  'lockkeeper.answer',
  'lockkeeper.returnQuestion',
  'lockkeeper.leaveQuestion',
  'lockkeeper.replaceAnswer',
  'lockkeeper.takeOverDecision',
  'lockkeeper.openResult',
  'lockkeeper.openChanges',
  'lockkeeper.moreChanges',
  'lockkeeper.nextResult',
  'lockkeeper.addRemark',
  'lockkeeper.deleteRemark',
  'lockkeeper.remarkHere',
  'lockkeeper.approve',
  'lockkeeper.approvePast',
  'lockkeeper.undoApproval',
  'lockkeeper.reject',
  'lockkeeper.runVerify',
  'lockkeeper.reviewHard',
  'lockkeeper.cancelVerify',
  'lockkeeper.openVerifyOutput',
  'lockkeeper.allowCommand',
  'lockkeeper.revokeCommand',
  'lockkeeper.addLateItem',
  'lockkeeper.dismissLateItem',
  'lockkeeper.noteLateResult',
  'lockkeeper.declineProposal',
  'lockkeeper.instruct',
  'lockkeeper.carryOn',
  'lockkeeper.stop',
  'lockkeeper.noOp',
  'lockkeeper.nudge',
  'lockkeeper.giveTime',
  'lockkeeper.feedback',
  'lockkeeper.copyMessages',
  'lockkeeper.next',
  'lockkeeper.openInboxEntry',
  'lockkeeper.findTodo',
  'lockkeeper.rehearse',
  'lockkeeper.reopenJournal',
  'lockkeeper.acceptJournal',
  'lockkeeper.adoptJournal',
  'lockkeeper.removeWorktree',
] as const;
export type CommandId = (typeof commands)[number];

export const views = ['lockkeeper.todo', 'lockkeeper.workers', 'lockkeeper.inbox'] as const;
export type ViewId = (typeof views)[number];

/** The command with which VS Code shows a view. */
export function focusOf(view: ViewId): `${ViewId}.focus` {
  return `${view}.focus`;
}

export const settings = [
  'lockkeeper.firstDispatchMinutes',
  'lockkeeper.silentMinutes',
  'lockkeeper.interruptsPerHour',
  'lockkeeper.askMeFirst',
  'lockkeeper.budget.minutes',
  'lockkeeper.budget.calls',
  'lockkeeper.budget.graceMinutes',
  'lockkeeper.budget.mostMinutes',
  'lockkeeper.budget.mostCalls',
  'lockkeeper.debug.mostLines',
  'lockkeeper.criticalFiles',
  'lockkeeper.sideBySide.most',
  'lockkeeper.evidence.required',
  'lockkeeper.worktree.mode',
  'lockkeeper.worktree.uncommitted',
  'lockkeeper.worktree.link',
  'lockkeeper.worktree.setup',
  'lockkeeper.worktree.setupMinutes',
  'lockkeeper.approval.commit',
  'lockkeeper.terminal.whenEnded',
  'lockkeeper.verify.onResult',
  'lockkeeper.verify.minutes',
  'lockkeeper.review.regression',
] as const;
export type SettingId = (typeof settings)[number];

/** Each with the values it can have; every one of them stands in a `when` of package.json. */
export const contextKeys = [
  'lockkeeper.why',
  'lockkeeper.orchestration',
  'lockkeeper.canStart',
  'lockkeeper.workers',
  'lockkeeper.byHand',
  'lockkeeper.steps',
  'lockkeeper.canRelease',
  'lockkeeper.gateShut',
  'lockkeeper.waiting',
  'lockkeeper.live',
  'lockkeeper.ended',
  'lockkeeper.toReconcile',
  'lockkeeper.questions',
  'lockkeeper.inReview',
  'lockkeeper.results',
  'lockkeeper.late',
  'lockkeeper.planAffected',
  'lockkeeper.proposals',
  'lockkeeper.seatLent',
  'lockkeeper.shownResultInReview',
  'lockkeeper.moreFiles',
  'lockkeeper.rehearsal',
  'lockkeeper.orphans',
  'lockkeeper.begun',
] as const;
export type ContextKey = (typeof contextKeys)[number];

/** What VS Code's chat may ask for. */
export const statusTool = 'lockkeeper_sync_status';

/** The schemes of the documents that Lockkeeper opens. */
export const packetScheme = 'lockkeeper-packet';
export const resultScheme = 'lockkeeper';
/** Both sides of a change that is looked at: `lockkeeper-change:/src/a.ts?TREE`. */
export const changeScheme = 'lockkeeper-change';
export const worktreeScheme = 'lockkeeper-worktree';
export const outputScheme = 'lockkeeper-output';
/** `lockkeeper-handoff:/Handoff of orchestration 3.md` */
export const handoffScheme = 'lockkeeper-handoff';
/** What a mark of the timeline is about: `lockkeeper-mark:/Question 3` */
export const markScheme = 'lockkeeper-mark';
/** How things stand: `lockkeeper-standing:/Sync Status`, `lockkeeper-standing:/Task of web?worker=3` */
export const standingScheme = 'lockkeeper-standing';
/** What an agent's configuration is to be. */
export const configScheme = 'lockkeeper-config';

/** Where it is kept which worker the editor's own agents are. */
export const editorsAgentKey = 'lockkeeper.editorsAgent';
/** Where it is kept which agents are connected that no profile knows. */
export const otherAgentsKey = 'lockkeeper.otherAgents';
/** Offers them the endpoint. */
export const endpointProvider = 'lockkeeper.endpoint';
