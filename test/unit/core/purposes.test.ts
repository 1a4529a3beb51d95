import assert from 'node:assert/strict';
import { purposesOf } from '../../../src/core/purposes.ts';
import { heldOutGood } from './heldOutGood.ts';

const two: readonly (readonly [task: string, ...parts: string[]])[] = [
  ['Fix the login bug and add a dark theme', 'Fix the login bug', 'Add a dark theme'],
  ['Rename X; also update the docs for Y', 'Rename X', 'Update the docs for Y'],
  ['Fix the login bug. Add a dark theme.', 'Fix the login bug.', 'Add a dark theme.'],
  [
    'Add a dark theme. Also add CSV export to the orders table.',
    'Add a dark theme.',
    'Add CSV export to the orders table.',
  ],
  ['1. Fix the login crash\n2. Add CSV export', 'Fix the login crash', 'Add CSV export'],
  [
    'Please do the following:\n- Fix the login crash\n- Add CSV export',
    'Fix the login crash',
    'Add CSV export',
  ],
  [
    'Add dark mode, fix the footer layout and upgrade the linter',
    'Add dark mode',
    'Fix the footer layout',
    'Upgrade the linter',
  ],
  [
    'Fix the crash when the list is empty and add a dark theme',
    'Fix the crash when the list is empty',
    'Add a dark theme',
  ],
  [
    'Speed up the import; additionally, migrate the CI to arm64 runners',
    'Speed up the import',
    'Migrate the CI to arm64 runners',
  ],
  [
    'Fix the crash on the settings page and add a dark theme to the settings page',
    'Fix the crash on the settings page',
    'Add a dark theme to the settings page',
  ],
  [
    'The login page crashes. Fix it and add a dark theme.',
    'The login page crashes. Fix it',
    'Add a dark theme.',
  ],
  [
    'Remove `jquery` from the admin pages, then write a style guide for buttons',
    'Remove `jquery` from the admin pages',
    'Write a style guide for buttons',
  ],
  [
    'Translate the help pages to Polish and remove the beta banner',
    'Translate the help pages to Polish',
    'Remove the beta banner',
  ],
  ['- Add German translations\n- Fix crash on rotate', 'Add German translations', 'Fix crash on rotate'],
];

const one: readonly string[] = [
  'Rename `a` and `b`',
  'Fix X and add a test for it',
  'Add X so that Y and Z',
  'Read and parse the config',
  'Add a dark theme and a CSV export',
  'Rename `getUser` to `fetchUser` and update its callers',
  'Replace `moment` with `date-fns` and remove `moment` from package.json',
  'Move the parser into `packages/parser` and delete the old folder',
  'Add a retry to `fetchUser`. Use exponential backoff. Keep the API unchanged.',
  'Add an export button:\n- place it in the toolbar\n- add an icon',
  'Let users sort and filter the table',
  'Change the parser to skip comments and strip trailing commas',
  'Fix the search and filter panel',
  'Rename the build and release scripts',
  'Find the leak and fix the root cause',
  'Upgrade React to 19 and fix the resulting type errors',
  'Add `--json` to `report` and print the totals as numbers',
  'feat(login): add rate limiting and update CHANGELOG.md',
  'Extract the parser into a package, update all callers and add tests',
  'Show the text "Fix it and add more" above the form',
  'The month report takes 40 s. Add an index so that it takes 3 s.',
  'Stop `save and add another` from losing the draft',
  'Fix the footer overlap on phones\n\nThe footer covers the last row below 400 px. Move it below the list.',
  'Write the release notes for 2.4 and publish them',
  'Make uploads resumable: store the offset, add a `resume` endpoint and delete stale parts after 24 h',
  'Add caching to the geocoder and reduce calls to the provider',
  'Change the default port to 8080 and update the compose file',
  'When the token expires, refresh it and retry the request once.',
  '修复搜索结果为空的问题',
  '',
];

describe('T6: a TASK has a single purpose', () => {
  for (const [task, ...parts] of two) {
    it(`T6: split: ${task.replaceAll('\n', ' ')}`, () => {
      assert.deepEqual(purposesOf(task), parts);
    });
  }

  it('T6: each part that is offered has a single purpose itself', () => {
    for (const [task] of two) {
      for (const part of purposesOf(task)) assert.equal(purposesOf(part).length, 1, part);
    }
  });

  for (const task of one) {
    it(`T6: one purpose: ${task.replaceAll('\n', ' ')}`, () => {
      assert.deepEqual(purposesOf(task), [task]);
    });
  }

  it('T6: good packets of the held-out set keep one purpose', () => {
    for (const { task = '' } of heldOutGood) assert.equal(purposesOf(task).length, 1, task);
  });

  it('T6: long repeated texts come back', () => {
    for (const part of ['and add ', 'Fix a and b. ', 'so that ', '1. Fix a\n', ', ', '; also ']) {
      assert.ok(purposesOf(part.repeat(Math.floor(20_000 / part.length))).length >= 1);
    }
  });
});
