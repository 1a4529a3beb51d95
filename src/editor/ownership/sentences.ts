/** What a person is asked about locks, conflicts and requests, and about what goes out side by side. */

export const titles = {
  sideBySide: 'Dispatch Side by Side',
  lock: 'Lock Files',
  release: 'Release a Lock',
  handOver: 'Hand a Lock Over',
  show: 'Show Owned Files',
  unclaimed: 'Show Writes outside Every Scope',
  conflict: 'Work a Conflict',
  step: (conflict: string, next: string) => `${conflict}: ${next}`,
  request: 'Decide on a Request for Files',
  unguarded: 'Send Work Unguarded',
  whole: 'Give a TODO the Whole Workspace',
} as const;

export const asks = {
  parts: 'How many TODOs from the head of the list?',
  part: (todo: string) => `Who takes ${todo}?`,
  scope: {
    prompt: 'Files, folders or globs, as in SCOPE. Separate several with a comma.',
    placeholder: 'src/login/**',
  },
  holder: 'For whom are they kept?',
  lock: 'Which lock?',
  owned: 'Whose files?',
  entry: 'Which of them?',
  conflict: 'Which conflict?',
  writer: 'Whose write was it?',
  owner: 'Who owns these files?',
  path: 'How are the two brought together?',
  words: { prompt: 'What happens with both, in a sentence.', placeholder: 'Merge path' },
  left: 'What does that leave to do?',
  task: { prompt: 'TASK: one purpose, in the imperative.', placeholder: 'Task' },
  doneWhen: { prompt: 'DONE-WHEN: names a path, command, number or quoted text.', placeholder: 'Done when' },
  verify: { prompt: 'VERIFY: a command line, or "by eye: what is to be seen".', placeholder: 'npm test' },
  contract: { prompt: 'What do both sides rely on?', placeholder: 'Contract' },
  command: { prompt: 'Which command shows that nothing broke?', placeholder: 'npm test' },
  result: { prompt: 'What did it say?', placeholder: '12 passing, 0 failing' },
  request: 'Which request?',
  answer: 'What do you say?',
  why: {
    sideBySide: 'Why do they go out side by side?',
    lock: 'Why are they locked?',
    release: 'Why is it released?',
    handOver: 'Why is it handed over?',
    owner: 'Why is it theirs?',
    resume: 'Why can work go on?',
    decline: 'Why not?',
  },
} as const;

export const rows = {
  user: 'You',
  branch: 'You: what is committed on your branch stands',
  closed: 'Closed to All',
  flaw: (why: string, better: string) => `${why} Write for example: ${better}`,
  shown: (entry: string) => `${entry} is shown.`,
  dismissed: (count: number) => `${count === 1 ? 'A write is' : `${count} writes are`} dismissed.`,
  nothing: 'Nothing is left to do',
  work: 'A TODO, before everything planned',
  grant: 'Grant It',
  decline: 'Decline It',
  wrote: (who: string) => `the write was by ${who}`,
  owns: (who: string) => `the files are of ${who}, and the other side is frozen there`,
  joins: (path: string, task?: string) =>
    `${path}; ${task === undefined ? 'nothing is left to do' : `what is left is a TODO: ${task}`}`,
  shows: (command: string, result: string) => `${command} said: ${result}`,
  goesOn: 'it is over, and work there goes on',
  paths: {
    'owner-first': { label: 'The owner finishes, the other rebases' },
    split: { label: 'Split the file’s regions' },
    'hand-over': { label: 'Hand over' },
    'take-side': { label: 'Take one side' },
  },
} as const;

export const confirms = {
  unguarded: (worker: string) => ({
    question: `No guard has called in the name of ${worker}: nothing holds back what it writes outside of its SCOPE. You are asked once.`,
    yes: `Send Work to ${worker} Unguarded`,
    no: 'Send Nothing',
  }),
  whole: (todo: string) => ({
    question: `Give ${todo} the whole workspace?`,
    yes: 'Give the Whole Workspace',
    no: 'Keep Its Scope',
  }),
  wholeDetail:
    'Its worker may change every file, but for critical ones and what NOT-YOUR-JOB names. Nobody else gets any file until it is approved or withdrawn.',
  release: (lock: string) => ({
    question: `Releases ${lock}: anybody may be given these files.`,
    yes: 'Release It',
    no: 'Keep It',
  }),
  handOver: (lock: string, holder: string) => ({
    question: `Hands ${lock} over to ${holder}.`,
    yes: 'Hand It Over',
    no: 'Keep It',
  }),
  step: (conflict: string, what: string) => ({
    question: `${conflict}: ${what}.`,
    yes: 'Do It',
    no: 'Do Not',
  }),
} as const;
