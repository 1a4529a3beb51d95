import assert from 'node:assert/strict';
import { deskIn, closeDesks } from '../desk/given.ts';
import { newFolder, sweep } from '../journal/folder.ts';
import { longList, makeLongList, taskOf } from '../../bench/longList.ts';
import { at } from '../../../src/core/table.ts';

describe('the long list that things are measured with', () => {
  afterEach(() => {
    closeDesks();
    sweep();
  });

  it('is a journal of TODOs, workers and open questions, each in its order', async () => {
    assert.deepEqual(longList, { todos: 10_000, workers: 200, questions: 500 });
    const folder = newFolder();
    await makeLongList(folder, { todos: 130, workers: 5, questions: 4 });
    const { state } = (await deskIn(folder)).desk;
    assert.equal(state.list.length, 130);
    assert.equal(at(state.todos, 130)?.packet?.task, taskOf(130));
    assert.equal(new Set(state.list.map((n) => at(state.todos, n)?.packet?.task)).size, 130);
    assert.equal(state.workers.size, 5);
    assert.deepEqual(
      state.asked.map((n) => [at(state.questions, n)?.state, at(state.questions, n)?.blocking]),
      [
        ['open', false],
        ['open', false],
        ['open', true],
        ['open', false],
      ],
    );
  });
});
