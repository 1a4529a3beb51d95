import assert from 'node:assert/strict';
import { frozenSide } from '../../../src/core/dispute.ts';
import { mayWrite } from '../../../src/core/ownership.ts';
import { at } from '../../../src/core/table.ts';
import { together } from './given.ts';
import { user, type History } from './history.ts';

export const file = 'src/a/x.ts';
export const keeper = { seat: 'keeper' } as const;
export const first = { kind: 'worker', worker: 1, dispatch: 1 } as const;
export const second = { kind: 'worker', worker: 3, dispatch: 2 } as const;
export const person = { kind: 'user' } as const;
export const unknown = { kind: 'unknown' } as const;
export const open = (sides: readonly object[], files: readonly string[] = [file]) =>
  ({ type: 'open-conflict', files, sides, noticed: 'Both wrote the file' }) as const;
export const owner = { type: 'assign-owner', conflict: 1, side: 1, reason: 'It was there first' } as const;
export const path = {
  type: 'set-merge-path',
  conflict: 1,
  path: 'take-side',
  words: 'The first one’s text stands',
  work: 'nothing',
} as const;
export const evidence = {
  type: 'give-evidence',
  conflict: 1,
  contract: 'open() keeps its two arguments',
  regression: { command: 'npm test', result: '12 passing' },
} as const;
export const resume = { type: 'resume', conflict: 1, reason: 'Both rely on the same contract' } as const;

export const two = () => together(['src/a/**'], ['src/b/**']);
export const may = (history: History, n: number, name: string) => {
  const answer = mayWrite(history.state, n, name, history.workspace);
  return answer.allowed ? 'allowed' : answer.code;
};
export const frozen = (history: History, n = 1) => {
  const conflict = at(history.state.conflicts, n);
  assert.ok(conflict);
  return frozenSide(conflict);
};
export const worked = (history: History, more: readonly Parameters<typeof history.does>[1][] = []) => {
  for (const act of [owner, path, evidence, resume, ...more]) history.does(user, act);
};
