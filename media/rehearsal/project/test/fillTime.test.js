import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillTime } from '../src/index.js';

const chamber = { length: 30, width: 5 };

test('375 cubic metres at 5 a second take 75 seconds', () => {
  assert.equal(fillTime(chamber, 2.5, 5), 75);
});

test('twice the flow takes half the time', () => {
  assert.equal(fillTime(chamber, 2.5, 10), fillTime(chamber, 2.5, 5) / 2);
});
