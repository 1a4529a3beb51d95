import type { Refusal } from '../contract/refusal.ts';

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** Titles of the walks; the same words as the commands have in the palette. */
export const titles = {
  start: 'Start an Orchestration',
  missing: 'Started. What Is Still Missing',
  close: 'Close the Orchestration',
  closePast: 'Close Past What Is Open',
  addWorker: 'Add a Worker',
  removeWorker: 'Remove a Worker',
  lendSeat: 'Lend the Orchestrator’s Seat',
  copyConnection: 'Copy a Connection',
  showTerminal: 'Show a Worker’s Terminal',
  addStep: 'Plan a Step',
  override: 'Override the Gate',
  planStands: 'The Plan Stands',
  addTodo: 'Add a TODO',
  editTodo: 'Edit a TODO',
  findTodo: 'Find a TODO',
  moveTodo: 'Move a TODO',
  dropTodo: 'Drop a TODO',
  mergeTodo: 'Merge a TODO into Another',
  splitTodo: 'Split a TODO',
  reconcile: 'Reconcile an Open Item',
  dispatch: 'Dispatch the Next TODO',
  withdraw: 'Withdraw a Dispatch',
  relaunch: 'Relaunch an Ended Worker',
  returnQuestion: 'Return a Question',
  openResult: 'Open a Result',
  approve: (result: number) => `Approve Result ${result}`,
  reject: (result: number) => `Reject Result ${result}`,
  pickResult: 'Which Result',
  remark: (place: string) => `Remark on ${place}`,
  undoApproval: 'Undo an Approval',
  addLateItem: 'Add a Late Item',
  dismissLateItem: 'Dismiss a Late Item',
  noteLateResult: 'Note a Late Result',
  declineProposal: 'Decline a Proposal',
  proposal: 'A Proposal',
  ended: 'A Worker That Stopped',
  rehearse: 'Rehearse',
  adopt: 'Adopt a Journal',
} as const;

/** What a box asks for, and what stands in it while it is empty. */
export const asks = {
  objective: { prompt: 'What is to be reached? One sentence.', placeholder: 'Objective' },
  constraints: {
    prompt: 'What must hold throughout? Separate several with a semicolon; leave it empty for none.',
    placeholder: 'Constraints',
  },
  mode: 'How do you want to begin?',
  name: { prompt: 'A short name, as it will stand in the lists.', placeholder: 'Name' },
  role: 'Which role? Choose one, or type another.',
  roleText: { prompt: 'What is it good at? One word is best: backend, tests, docs.', placeholder: 'Role' },
  roleTyped: (text: string) => `Use “${text}”`,
  runs: 'How does this worker run?',
  connectionForm: 'How does the agent take it?',
  connectionForms: [
    { label: 'As variables', detail: 'For the environment it is started in.', value: 'variables' as const },
    {
      label: 'As a program for MCP on standard input',
      detail: 'For its list of MCP servers, where each has command, args and env.',
      value: 'program' as const,
    },
  ],
  commandLine: {
    prompt:
      'The command that starts it. It runs in a visible terminal when its TODO is dispatched; no shell reads it.',
    placeholder: 'node tools/worker.mjs --once',
  },
  stepTitle: { prompt: 'What is this step for?', placeholder: 'Title of the step' },
  worker: 'Which worker?',
  todo: 'Which TODO?',
  findTodo: 'Number, words, role or standing of a TODO',
  into: 'Which TODO does it become a part of?',
  place: 'Where does it stand in the list?',
  dispatch: 'Which dispatch?',
  result: 'Which result?',
  item: 'Which of its items?',
  question: 'Which question?',
  proposal: 'Which proposal?',
  reason: (why: string) => ({ prompt: why, placeholder: 'Reason' }),
  whyShifted: (todo: number, by: -1 | 1) => `Why does TODO ${todo} go ${by === -1 ? 'up' : 'down'}?`,
  whyPlaced: (what: string, where: string) => `To move ${what} ${where}: why does the order change?`,
  movedByHand: 'Put there by hand.',
  why: {
    remove: 'Why is it removed?',
    withdraw: 'Why is it withdrawn? The next worker reads this.',
    drop: 'Why need it not be done?',
    merge: 'Why are the two one?',
    move: 'Why does the order change?',
    override: 'Why may these things wait? The reason stays in the record.',
    closePast: 'Why is it closed past them? They enter the next orchestration as pending.',
    planStands: 'Why does the plan stand, although the result says it is affected?',
    dismiss: 'Why need it not be done?',
    decline: 'Why is it declined?',
    reject: 'Why does it not do?',
    undo: 'Why is the approval taken back? The next worker reads this.',
    past: 'Why may the gates fail? The reason stays in the record and goes under RISKS.',
  },
  remark: {
    prompt: 'What is to be said of this line? It goes to the worker with a rejection.',
    placeholder: 'Remark',
  },
  missingBeside: (remarks: number) => ({
    prompt: `${plural(remarks, 'remark')} of yours ${remarks === 1 ? 'goes' : 'go'} along. Which evidence is missing besides? Enter for none.`,
    placeholder: 'Missing evidence',
  }),
  message: {
    prompt: 'The first line of the commit: “type(scope): description”. Enter approves the result.',
    placeholder: 'feat: what it does',
  },
  missing: { prompt: 'Which evidence is missing, exactly?', placeholder: 'Missing evidence' },
  next: { prompt: 'What is the worker to do next, concretely?', placeholder: 'Next action' },
  fields: 'Which fields are missing?',
  lacking: { prompt: 'What is missing in them, exactly?', placeholder: 'What to add' },
  yourWord: 'Your word; Escape is a no',
  ended: 'It stays live until you say what becomes of it.',
  shutProposal: 'The user’s word is wanted.',
  missingRow: 'Enter goes there; Escape leaves it for later.',
} as const;

/** P8: the judgement of a line, a DONE-WHEN or one that is seen by eye. */
export const judge = {
  word: 'What you saw, in a word; then Enter',
  /** `shows`: what the worker shows; undefined where it has no part in it. */
  prompt: (name: string, text: string, shows: string | undefined, hides: boolean) =>
    [
      `${name}: “${text}”`,
      ...(shows === undefined
        ? []
        : [shows === '' ? 'The worker shows nothing for it.' : `The worker: “${shows}”`]),
      ...(hides ? ['CAREFUL: the result holds characters that do not show, written as \\u{…}.'] : []),
    ].join(' '),
  met: (word: string) => `$(pass) It is met: ${word}`,
  unmet: (word: string) => `$(error) It is not met: ${word}`,
} as const;

/** What a TODO of the list is, in a word to search for. */
export const todoStanding = {
  live: 'in progress',
  raw: 'open item, to reconcile',
  item: 'open item',
  deferred: 'deferred',
  waiting: 'waiting',
} as const;

export const blank = (what: string): string => `${what} is missing.`;

/** Rows of quick picks. */
export const rows = {
  showAll: 'Show All',
  whatStands: 'What Stands in the Way',
  orchestratorFirst: {
    label: 'Orchestrator-first',
    detail: 'One step is enough to begin; plan the rest as results come in.',
  },
  planFirst: {
    label: 'Plan-first',
    detail: 'The first release waits until the plan has at least two steps.',
  },
  command: { label: 'A command', detail: 'Started in a visible terminal when its TODO is dispatched.' },
  rehearsal: {
    label: 'The rehearsal worker',
    detail: 'A program that comes with Lockkeeper and plays a script.',
  },
  leave: 'Leave it where it stands',
  head: 'At the head of the list',
  end: 'At the end of the list',
  before: (todo: string) => `Before ${todo}`,
  more: (left: number) => `${left} more: type words to find them`,
  relaunch: 'Start it again on the same task',
  giveTime: 'Give it more time',
  nudge: 'Nudge it, with a reason',
  withdraw: 'Withdraw the task',
  terminal: 'Show its terminal',
  connection: 'Copy its connection, with the new address and token',
  accept: 'Do what is proposed',
  decline: 'Decline it',
  addWorker: 'Add a worker',
  addWorkerFor: (role: string) => `Add a worker for ${role}`,
  addStep: 'Plan the first step',
  release: (step: number) => `Release step ${step}`,
  dispatch: (todo: number) => `Dispatch TODO ${todo}`,
} as const;

/** The last step of what is the user's alone: what happens, the yes, and the no that comes first. */
export const confirms = {
  start: (objective: string, constraints: number, mode: string) => ({
    question: `Starts “${objective}” with ${plural(constraints, 'constraint')}, ${mode}.`,
    yes: 'Start the Orchestration',
    no: 'Do Not Start',
  }),
  rehearse: (objective: string, workers: readonly string[]) => ({
    question: `Starts “${objective}”, registers the rehearsal workers ${workers.join(' and ')}, and sends out the first TODO.`,
    yes: 'Begin the Rehearsal',
    no: 'Do Not Begin',
  }),
  addWorker: (name: string, role: string, runs: string) => ({
    question: `Registers ${name} for ${role}. It runs: ${runs}`,
    yes: `Register ${name}`,
    no: 'Do Not Register',
  }),
  removeWorker: (name: string) => ({
    question: `Remove ${name}?`,
    yes: 'Remove the Worker',
    no: 'Keep the Worker',
  }),
  removeDetail: (live: readonly string[]) =>
    ['Its token is worth nothing from then on.', ...live.map((what) => `${what} is withdrawn.`)].join('\n'),
  lendSeat: {
    question:
      'An agent with this token may plan, dispatch, answer and judge as you do. What is yours alone stays yours.',
    yes: 'Lend the Seat',
    no: 'Keep the Seat',
  },
  copyConnection: (who: string) => ({
    question: `Copies address and token. Whoever has them acts as ${who}.`,
    yes: 'Copy the Connection',
    no: 'Copy Nothing',
  }),
  override: (step: string) => ({
    question: `Release ${step} past what is still open?`,
    yes: 'Override the Gate',
    no: 'Leave It Shut',
  }),
  closePast: {
    question: 'Close the orchestration past what is still open?',
    yes: 'Close Past It',
    no: 'Leave It Open',
  },
  close: (unreleased: number) => ({
    question: `Closes the orchestration for good; ${plural(unreleased, 'planned step')} will not be released.`,
    yes: 'Close It',
    no: 'Leave It Open',
  }),
  undo: (result: number) => ({
    question: `Takes back what result ${result} changed: by a commit and its TODO returns, or as a new TODO where that does not go.`,
    yes: 'Undo the Approval',
    no: 'Keep It',
  }),
  past: (result: number, gates: readonly string[]) => ({
    question: `Approve result ${result} past ${gates.join(', ')}?`,
    yes: 'Approve Past It',
    no: 'Leave It Unapproved',
  }),
  pastDetail: (sentences: readonly string[], reason: string, live: number) =>
    [
      ...sentences.slice(0, 12).map((sentence) => `• ${sentence}`),
      ...(sentences.length > 12 ? [`• and ${sentences.length - 12} more`] : []),
      '',
      ...(live > 0 ? ['What is live is withdrawn.'] : []),
      `Your reason: ${reason}`,
    ].join('\n'),
  drop: (todo: string) => ({ question: `Drop ${todo}?`, yes: 'Drop the Open Item', no: 'Keep It' }),
  dropDetail: (words: string, reason: string) =>
    `A worker left this open:\n${words}\n\nIt will not be done. Your reason: ${reason}`,
  dismiss: (result: number) => ({
    question: `Dismiss an open item of late result ${result}?`,
    yes: 'Dismiss the Item',
    no: 'Keep It',
  }),
  dismissDetail: (words: string, reason: string) =>
    `A worker left this open:\n${words}\n\nIt will not be done. Your reason: ${reason}`,
  acceptJournal: {
    question: 'Go on with the journal as it is?',
    yes: 'Accept It as It Is',
    no: 'Leave It Alone',
  },
  acceptJournalDetail:
    'What is missing from it is given up: new events take the numbers of the missing ones, and an older file can no longer be put back.',
  decline: (what: string) => ({
    question: `Declines: ${what}`,
    yes: 'Decline the Proposal',
    no: 'Leave It Open',
  }),
  bundle: (todos: string) => ({
    question: `Send TODOs ${todos} to one worker at once?`,
    yes: 'Send the Bundle',
    no: 'Send Nothing',
  }),
  bundleDetail: (items: readonly string[]) => ['An open item is in it:', ...items].join('\n'),
} as const;

export const journal = {
  open: 'The journal is open.',
  sound: 'Nothing is missing from the journal; there is nothing to accept.',
} as const;

export const rehearse = {
  elsewhere: 'The rehearsal plays in a project of its own. Make a fresh copy and open it?',
  elsewhereDetail:
    'A small project goes into a new temporary folder as a git repository. Nothing here is touched.',
  make: 'Make a Copy and Open It',
  noStory: 'The story of the rehearsal is not there.',
  begun:
    'The rehearsal goes on. Follow the next thing in the status bar; Rehearse once more interrupts it, and describes its bug.',
} as const;

export function refusalMessage({ sentence, next }: Refusal): string {
  return next === '' ? sentence : `${sentence} ${next}`;
}
