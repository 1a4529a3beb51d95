import { refusal, type Refusal } from '../../contract/refusal.ts';

/** What is said of workers that work by hand, once a command about one is run; the rest stands in prompts.ts. */
export const byHand = {
  titles: {
    copyPacket: 'Copy a Packet',
    copyAnswer: 'Copy an Answer',
    paste: 'Paste from a Worker',
    taken: 'Note That a Task Is Taken',
  },
  rows: {
    here: {
      label: 'By hand, at this editor',
      detail: 'A person or an agent in this window. You copy its packet, and paste what it sends.',
    },
    elsewhere: {
      label: 'By hand, elsewhere',
      detail: 'Somebody who cannot connect. You copy its packet, and paste what it sends.',
    },
  },
  packetCopied: (what: string, who: string) =>
    `${what}: the packet is on the clipboard. Hand it to ${who}, and paste what comes back.`,
  answerCopied: (question: number, who: string) =>
    `What became of question ${question} is on the clipboard. Hand it to ${who}.`,
} as const;

/** What a worker sent, on its way into the record. */
export const sent = {
  title: (who: string, todos: string) => `From ${who} for TODO ${todos}`,
  intro: (who: string) => [
    `Sent by ${who}. Complete what is marked, then press the check mark above.`,
    'What stands up here is not sent. What was pasted stands below as it came.',
  ],
  introBlank: (who: string) =>
    `Paste below what ${who} sent, in the form that its packet shows, then press the check mark above.`,
  incomplete: (kind: string, fields: string) => `The ${kind} is not complete: ${fields}.`,
  complete: (why: string) =>
    `What was pasted stands in the open document, marked: complete it, or ask the worker. First: ${why}`,
  tooLong: (most: number) =>
    `It is longer than is taken; at most ${most} characters for each text, 200 for a list.`,
  shorter: 'the heart of it; name the file that holds the rest',
  progress: 'where the work is, in a sentence',
  blankProgress: 'PROGRESS is missing; say where the work is.',
  noTask: (named: string) =>
    refusal(
      'unknown-task',
      `FOR-TASK says “${named}”, which is no name of a task.`,
      'Write it as the packet does, for example 7.1, or leave the line out.',
    ),
  unread: refusal(
    'sent-unread',
    'Nothing in it reads as a question, a result or progress.',
    'Write QUESTION:, RESULT: or PROGRESS: before it, with the fields of its form; Copy Packet shows them.',
  ),
  pasteTooLong: (most: number) =>
    refusal(
      'paste-too-long',
      `It is longer than ${most} characters; nothing was taken of it.`,
      'Let the worker say the heart of it, and name the files that hold the rest.',
    ),
} as const;

export const none = {
  task: refusal(
    'no-task-by-hand',
    'No worker that works by hand has a task.',
    'Dispatch a TODO to one; Add a Worker registers one.',
  ),
  question: refusal(
    'nothing-to-copy',
    'No question of a worker that works by hand is answered or was sent back.',
    'Answer it first; the open ones stand in the Inbox.',
  ),
} as const;

const instead = 'Copy its packet instead, and paste what it sends.';

export function noTerminal(who: string): Refusal {
  return refusal('by-hand', `${who} works by hand and has no terminal.`, instead);
}

export function noConnection(who: string): Refusal {
  return refusal('by-hand', `${who} works by hand and does not connect.`, instead);
}
