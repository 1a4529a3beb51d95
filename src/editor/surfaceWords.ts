/** What the surfaces say unasked, from the start on; what a person is asked stands in prompts.ts, loaded with the first command. */

/** Packets as documents. */
export const packets = {
  title: {
    reconcile: (todo: number) => `Reconcile TODO ${todo}`,
    edit: (todo: number) => `Edit TODO ${todo}`,
    split: (todo: number) => `Split TODO ${todo}`,
    add: 'New TODO',
    step: (title: string) => `Step ${title}`,
  },
  intro: [
    'Fill in the six fields, then press the check mark above (Lockkeeper: Use This Packet).',
    'What stands up here is not sent.',
  ],
  several: 'Write one packet for each task, with a line of three dashes between two.',
  words: (who: string, result: number) => `Left open by ${who} in result ${result}, word for word:`,
  opened: 'The packet is open as a document. Use its check mark when it is complete.',
  openedSent: 'What the worker sent is open as a document. Complete it, and use its check mark.',
  none: 'No packet is open. Begin with Add a TODO, Plan a Step or Reconcile.',
  fix: (better: string) => `Write: ${better}`,
} as const;

/** Notifications: what happened, and the one button that goes there. */
export const notices = {
  question: (who: string, words: string) => `${who} asks and waits: ${words}`,
  questions: (count: number) => `${count} blocking questions wait for an answer.`,
  conflict: (who: string, file: string) => `${who} meet in ${file}: a conflict is open.`,
  conflicts: (count: number) => `${count} conflicts wait to be worked.`,
  silent: (what: string) => `${what} is silent.`,
  silents: (count: number) => `${count} workers are silent.`,
  proposal: (what: string) => `An agent proposes: ${what}`,
  fired: (what: string, reading: string) =>
    `The rollback trigger of ${what} fired: ${reading}. Its fix is yours to take back.`,
  proposals: (count: number) => `${count} proposals wait for your word.`,
  idle: (next: string) => `Nothing is left that can be dispatched. ${next}`,
  close: 'Close the orchestration, or add a step.',
  answer: 'Answer',
  openInbox: 'Open the Inbox',
  open: 'Open',
  go: 'Go There',
} as const;

export const status = {
  name: 'Lockkeeper: what is next',
  spoken: (sentence: string) => `Lockkeeper, next: ${sentence}`,
} as const;

export const result = {
  hidden:
    'WARNING: THIS RESULT HOLDS CHARACTERS THAT DO NOT SHOW, OR LETTERS THAT PASS FOR OTHERS. They are written out as \\u{…}.',
} as const;

/** A change as it is looked at. `result` reads the number out of a title. */
export const changes = {
  title: (result: number, all: number, from: number, count: number) =>
    // VS Code itself adds how many files the editor has.
    `Result ${result}: Changes${count < all ? `, ${from + 1} to ${from + count} of ${all}` : ''}`,
  result: /^Result ([1-9]\d{0,8}): Changes\b/,
  page: /^Result [1-9]\d{0,8}: Changes, \d+ to \d+ of /,
  controller: 'Remarks on a result',
  remarkHere: 'What is to be mended here?',
  lockkeeper: 'Lockkeeper',
  you: 'You',
  fault: 'A gate fails',
  note: 'Not seen in the text',
  remark: 'Remark',
} as const;

export const worktree = {
  making: (worker: string) => `Lockkeeper makes a worktree for ${worker}`,
  merging: (result: number) => `Lockkeeper merges what result ${result} changed`,
  carry: 'Carry Into the Base',
  carryDetail:
    'Carried into the base, the worker sees the files as they are now; your own stay as they are. Otherwise the dispatch is refused: commit them, then dispatch again.',
  notStarted: (worker: string) => `${worker} was not started.`,
  showOutput: 'Show the Output',
  kept: (branch: string) => `The work of the withdrawn dispatch is kept on the branch ${branch}.`,
} as const;
