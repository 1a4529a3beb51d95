import assert from 'node:assert/strict';
import { inArea } from '../../../../src/core/scopes/area.ts';
import { randomFrom } from '../../journal/bitFlips.ts';
import { anyEntry, comparePairs, holds, names } from './oracle.ts';

describe('areas of a small alphabet', () => {
  it('P7: an entry holds what minimatch finds in it, and whatever is below a folder', () => {
    const random = randomFrom(3);
    const wrong: string[] = [];
    for (let n = 0; n < 200; n += 1) {
      const entry = anyEntry(random);
      const way = { caseBlind: n % 2 === 0 };
      const area = { scope: [entry], notYourJob: [] };
      for (const name of names) {
        const expected = holds(entry, name, way);
        if (inArea(area, name, way) !== expected) wrong.push(`${entry} ${name} ${expected} ${way.caseBlind}`);
      }
    }
    assert.deepEqual(wrong.slice(0, 9), []);
  });

  it('P7: of 20,000 pairs of areas no overlap is missed, and at most 2 % are called one that are none', () => {
    const { pairs, meeting, missed, cautious } = comparePairs(20_000, randomFrom(5));
    assert.deepEqual(missed.slice(0, 3), []);
    assert.ok(cautious.length <= pairs * 0.02, cautious.slice(0, 3).join('\n'));
    assert.ok(meeting > pairs / 10 && meeting < (pairs * 9) / 10, String(meeting));
  });
});
