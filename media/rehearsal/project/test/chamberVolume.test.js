import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chamberVolume } from '../src/index.js';

test('a chamber of 30 by 5 metres takes 375 cubic metres for 2.5 metres', () => {
  assert.equal(chamberVolume({ length: 30, width: 5 }, 2.5), 375);
});

test('no depth takes no water', () => {
  assert.equal(chamberVolume({ length: 30, width: 5 }, 0), 0);
});
