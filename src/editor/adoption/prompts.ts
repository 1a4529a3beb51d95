import { plural } from '../prompts.ts';

interface Holds {
  readonly todos: number;
  readonly isOpen: boolean;
  /** How long ago the last event was. */
  readonly last: string | undefined;
  readonly host: string | undefined;
}

const holdsWords = ({ todos, isOpen, last, host }: Holds): string =>
  [
    `${plural(todos, 'TODO')} on the list`,
    isOpen ? 'open' : 'closed',
    ...(last === undefined ? [] : [last === 'just now' ? 'last act just now' : `last act ${last} ago`]),
    ...(host === undefined ? [] : [`from the machine ${host}`]),
  ].join(', ');

/** A journal that its folder left behind when it got another name. */
export const adoption = {
  which: 'Which journal belongs to the folder that is open now?',
  unknown: 'A journal without an orchestration',
  holds: holdsWords,
  offer: (objective: string, home: string, holds: Holds) =>
    `Is this folder ${home} under another name? That one is gone, and its journal is still here: “${objective}”, ${holdsWords(holds)}.`,
  adopt: 'Adopt It…',
  notThisOne: 'Not This One',
  confirm: (home: string) => ({
    question: `Adopt the journal of ${home}?`,
    yes: 'Adopt the Journal',
    no: 'Leave It There',
  }),
  detail: (objective: string, holds: Holds) =>
    [
      `“${objective}”`,
      `It holds: ${holdsWords(holds)}.`,
      '',
      'The journal moves to the folder that is open now, and its workers and tokens with it.',
      'Should the old folder come back, from another disk or under its old name, it would begin without a history.',
    ].join('\n'),
  done: 'The journal is adopted.',
  none: 'No journal here belongs to a folder that is gone.',
  noneNext: 'Open the folder that you miss: its journal comes with it.',
  notEmpty: 'This folder has a history of its own, and two histories do not become one.',
  notEmptyNext:
    'Give the folder a name that it has not had, open it there, where it has no history yet, and adopt the other one.',
} as const;
