import assert from 'node:assert/strict';
import type { Witnessed } from '../../../src/contract/review.ts';
import { evidenceOf, type CommandEvidence } from '../../../src/core/evidence.ts';
import { at } from '../../../src/core/table.ts';
import type { History } from './history.ts';

export const keeper = { seat: 'keeper' } as const;
export const tree = 'a'.repeat(40);
export const other = 'b'.repeat(40);

export function run(result: number, more: Partial<Witnessed> = {}): { type: 'note-witnessed' } & Witnessed {
  return {
    type: 'note-witnessed',
    result,
    todo: 1,
    line: 1,
    argv: ['npm', 'test'],
    tree,
    fresh: false,
    exitCode: 0,
    milliseconds: 1_200,
    output: { sha256: 'c'.repeat(64), bytes: 12, end: 'pass 12' },
    ...more,
  };
}

export function evidence(
  history: History,
  now: string | undefined = tree,
  result = 1,
): readonly CommandEvidence[] {
  const stored = at(history.state.results, result);
  assert.ok(stored);
  return evidenceOf(history.state, stored, now);
}
