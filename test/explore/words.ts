import type { Packet, QuestionDraft } from '../../src/contract/packets.ts';

/** The texts of the model. The same text is the same object, so that it is cheap to tell apart. */

const packets = new Map<string, Packet>();

/** A packet about one file, that no other packet of the model is about. */
function packetAbout(file: string): Packet {
  const known = packets.get(file);
  if (known) return known;
  const made: Packet = {
    task: `Add src/${file}.js`,
    scope: [`src/${file}.js`],
    notYourJob: ['docs/'],
    doneWhen: [`src/${file}.js exists`],
    verify: ['npm test'],
    priority: 'normal',
  };
  packets.set(file, made);
  return made;
}

export const stepPacket = (step: number): Packet => packetAbout(`step${step}`);
export const ownPacket = (todo: number): Packet => packetAbout(`own${todo}`);
export const otherPacket = (todo: number): Packet => packetAbout(`other${todo}`);

const carriers = new Map<string, Packet>();

/** A packet of its own that carries these DONE-WHENs too. */
export function carrier(todo: number, doneWhen: readonly string[]): Packet {
  const key = JSON.stringify([todo, doneWhen]);
  const known = carriers.get(key);
  if (known) return known;
  const own = ownPacket(todo);
  const made = { ...own, doneWhen: [...new Set([...own.doneWhen, ...doneWhen])] };
  carriers.set(key, made);
  return made;
}

export const role = 'code';
export const reason = 'It is so';

const question: QuestionDraft = {
  question: 'Which of the two names?',
  context: 'Both stand in the code.',
  files: [],
  options: ['sluice', 'gate'],
  recommended: 'gate',
};
export const blockingQuestion: QuestionDraft = { ...question, blocking: true };
export const freeQuestion: QuestionDraft = { ...question, blocking: false };
export const thinQuestion: QuestionDraft = { ...question, options: ['gate'], blocking: true };

export const answer = { chosen: 'gate', rationale: 'It is shorter', constraints: 'none', nextStep: 'Go on' };
export const missing = [{ field: 'CONTEXT', words: '', why: 'It is thin', better: 'more' }];

export const failed = [{ what: 'done-when', line: 1, pass: false, word: 'not there' }] as const;
