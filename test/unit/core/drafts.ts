import type { Packet, QuestionDraft, ResultDraft } from '../../../src/contract/packets.ts';

/** The tasks of a step with two TODOs. */
export const two = ['Add the first sluice', 'Add the other sluice'] as const;

/** What a worker leaves open, and one more. */
export const item = 'README.md does not name the sluice';
export const otherItem = 'The level sensor is not read';

export const dispatch = { type: 'dispatch', worker: 1 } as const;

export function packet(task: string, more: Partial<Packet> = {}): Packet {
  return {
    task,
    scope: ['src/gate.js'],
    notYourJob: ['docs/'],
    doneWhen: [`\`npm test\` passes and prints "${task}"`],
    verify: ['npm test'],
    priority: 'normal',
    ...more,
  };
}

/** A result that says Nothing, with evidence for the one DONE-WHEN of `packet`. */
export function nothing(more: ResultDraft = {}): ResultDraft {
  return {
    outcome: 'done',
    summary: 'The change is in and its test passes.',
    evidence: [{ doneWhen: 1, shows: 'npm test: 12 passing, 0 failing' }],
    files: ['src/gate.js'],
    planAffected: 'no',
    stillOpen: 'Nothing',
    ...more,
  };
}

/** The judgement of a packet that has one DONE-WHEN. */
export const judged = [
  { what: 'done-when', line: 1, pass: true, word: 'DONE-WHEN 1 is shown by the test run' },
] as const;

/** What a rejection says. */
export const tooThin = { reason: 'Thin', missing: 'the run', next: 'Run it' };

export const word = 'f'.repeat(64);

export function addWorker(name: string, role: string): { type: 'add-worker' } & Record<string, unknown> {
  return {
    type: 'add-worker',
    name,
    role,
    // A worker of somebody else's making is sent work only by the user's word; most tests are not about that.
    runs: { kind: 'rehearsal' },
    tokenHash: word,
    expires: 9e12,
  };
}

export const asked: QuestionDraft = {
  question: 'Which of the two names?',
  context: 'Both stand in the code.',
  files: ['src/gate.js:3'],
  options: ['sluice', 'gate'],
  recommended: 'gate',
  blocking: true,
};

export const answer = { chosen: 'gate', rationale: 'It is shorter', constraints: 'none', nextStep: 'Go on' };

export function override(todos: readonly number[], more: object = {}): object {
  return { todos, results: [], questions: [], reason: 'It can wait', ...more };
}
