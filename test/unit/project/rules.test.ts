import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { gaps } from '../../rules/gaps.ts';

describe('the changes that switch rules off', () => {
  it('apply once each to the sources as they are, and leave no rule out', () => {
    assert.deepEqual(gaps(fileURLToPath(new URL('../../../', import.meta.url))), []);
  });
});
