import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockages } from '../src/index.js';

test('seven boats, three at a time, take three lockages', () => {
  assert.equal(lockages(7, 3), 3);
});

test('no boats take none', () => {
  assert.equal(lockages(0, 3), 0);
});

test('a lock without room is refused', () => {
  assert.throws(() => lockages(7, 0), RangeError);
});
