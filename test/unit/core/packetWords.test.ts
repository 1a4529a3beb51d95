import assert from 'node:assert/strict';
import { assertBetterForms, flawsOf, good, named } from './packetFlaws.ts';

describe('P4: vague words', () => {
  it('P4: a vague order is taken once the sentence can be measured', () => {
    for (const task of [
      'Improve the search',
      'Optimize the image pipeline',
      'Clean up the cache',
      'Handle errors properly',
    ]) {
      assert.equal(flawsOf({ ...good, task })[0]?.field, 'TASK', task);
      assert.deepEqual(
        flawsOf({ ...good, task: `${task}: \`npm run bench\` prints at most 80 ms.` }),
        [],
        task,
      );
    }
  });

  it('P4: a name alone does not measure a vague order', () => {
    assert.deepEqual(named({ ...good, task: 'Improve src/login.ts' }), ['TASK: Improve']);
    assert.deepEqual(named({ ...good, doneWhen: ['`login()` works properly'] }), [
      'DONE-WHEN: works properly',
    ]);
    assert.deepEqual(named({ ...good, doneWhen: ['Step 2 works properly'] }), ['DONE-WHEN: works properly']);
  });

  it('P4: words that only sound vague are taken', () => {
    for (const task of [
      'The menu works fine with a mouse; open it on Enter as well.',
      'Support RTL layouts in the sidebar.',
      'Add smooth scrolling to the table of contents.',
      'Let players improve their armour at the blacksmith.',
      'Simplify the checkout form by dropping the fax and the title field.',
      'Handle SIGTERM gracefully: finish the request in hand, then exit.',
      'Refactor the date parser into a module of its own.',
      'Add good-first-issue labels to the issue templates',
      'Fix typo in the footer',
      'Restore the "Improve" button of the editor.',
      '修复搜索结果为空的问题',
    ]) {
      assert.deepEqual(flawsOf({ ...good, task }), [], task);
    }
  });

  it('P4: a DONE-WHEN without anything to observe is refused, with one it is taken', () => {
    for (const condition of [
      'It works',
      'No regressions',
      'Everything is tested',
      'Code reviewed and approved',
      'The page looks "good"',
      'Bug #123 is fixed',
      'Memory and/or CPU usage is reduced',
    ]) {
      assert.equal(flawsOf({ ...good, doneWhen: [condition] })[0]?.field, 'DONE-WHEN', condition);
      assertBetterForms({ ...good, doneWhen: [condition] });
    }
    for (const condition of [
      'README.md explains --offline',
      'MAX_RETRIES is read from the environment',
      'onClose fires once',
      'GET /health answers',
      'cargo test passes',
      'Pressing Ctrl+S saves',
      'Der Text „Guten Tag“ steht oben',
      'p95 < 80ms',
      'Two parallel saves leave one row',
      'http://localhost:3000/prices opens',
    ]) {
      assert.deepEqual(flawsOf({ ...good, doneWhen: [condition] }), [], condition);
    }
  });
});
