import assert from 'node:assert/strict';
import type { ResultDraft } from '../../../src/contract/packets.ts';
import { checkResult } from '../../../src/core/resultForm.ts';

export type Expected = Parameters<typeof checkResult>[1];

export const one: Expected = { todos: [{ todo: 4, doneWhen: ['prints 3', 'exits 0'] }], earlierItems: [] };
export const whole: ResultDraft = {
  outcome: 'done',
  summary: 'The counter prints 3.',
  evidence: [
    { doneWhen: 1, shows: 'npm test printed 3' },
    { doneWhen: 2, shows: 'exit code 0' },
  ],
  files: ['src/a.ts'],
  planAffected: 'no',
  stillOpen: 'Nothing',
};

export const flawsOf = (change: ResultDraft, expected: Expected = one): readonly string[] => {
  const checked = checkResult({ ...whole, ...change }, expected);
  return 'flaws' in checked ? checked.flaws.map(({ field, why }) => `${field}: ${why}`) : [];
};
export const fieldsOf = (change: ResultDraft, expected: Expected = one): readonly string[] =>
  flawsOf(change, expected).map((flaw) => flaw.split(':', 1)[0] ?? '');
export const resultOf = (change: ResultDraft, expected: Expected = one) => {
  const checked = checkResult({ ...whole, ...change }, expected);
  assert.ok('result' in checked, JSON.stringify(checked));
  return checked.result;
};
