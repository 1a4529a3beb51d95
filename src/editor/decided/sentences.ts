import type { MarkAbout } from '../../contract/timeline.ts';
import { upper } from '../../core/labels.ts';

export const titles = {
  decision: 'A Decision of the Agent That Leads',
  replace: 'Replace an Agent’s Answer',
  returned: 'Answer a Question That Went Back',
  leave: 'Leave a Question to the Agent That Leads',
} as const;

export const asks = {
  decision: 'Which decision?',
  what: 'It stands. What is to become of it?',
  question: 'Which question?',
  chosen: 'Which option? Choose one, or type what is to be done instead.',
  rationale: { prompt: 'Why? One sentence is enough.', placeholder: 'Rationale' },
  constraints: { prompt: 'What must hold? “none” if nothing.', placeholder: 'Constraints' },
  nextStep: { prompt: 'What does the worker do now?', placeholder: 'Next step' },
} as const;

export const rows = {
  decided: 'Decided by the agent that leads',
  replace: 'Replace the Answer',
  answer: 'Answer It as It Is',
  undo: 'Undo the Approval',
  result: 'Open the Result',
  withdraw: 'Withdraw the Dispatch',
  task: 'Open the Task',
  scope: 'Change Its SCOPE by a Replan',
  replan: 'Replan',
  edit: 'Edit the TODO',
  move: 'Move the TODO',
  drop: 'Drop the TODO',
  split: (todo: number): string => `Split TODO ${todo} Again`,
  release: 'Release the Lock',
  handOver: 'Hand the Lock Over',
  lock: 'Lock the Files Again',
  owned: 'Show the Files',
  conflict: 'Work the Conflict',
  handoff: 'Open the Handoff',
  open: ({ kind, n }: MarkAbout): string => `Open ${kind === 'todo' ? 'TODO' : upper(kind)} ${n}`,
  instruct: 'Instruct: Stop Everything',
  notThese: (text: string): string => `None of these: ${text}`,
} as const;

export const confirms = {
  leave: (question: string) => ({
    question: `The agent that leads may answer ${question}.`,
    yes: 'Leave It to the Agent',
    no: 'Keep It',
  }),
} as const;
