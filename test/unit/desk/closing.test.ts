import assert from 'node:assert/strict';
import { newFolder, sweep } from '../journal/folder.ts';
import { closeDesks, command, deskIn, made, start, todo } from './given.ts';

describe('the desk, long after', () => {
  afterEach(() => {
    closeDesks();
    sweep();
  });

  it('P11: gives the state as it stood when an orchestration was closed, and only then', async () => {
    const folder = newFolder();
    const { desk } = await deskIn(folder);
    made(await desk.submit(command(start)));
    made(await desk.submit(command(todo(1))));
    assert.equal(desk.stateAtClosing(1), undefined);
    const override = { todos: [1], results: [], questions: [], reason: 'It can wait' };
    made(await desk.submit(command({ type: 'close', override })));
    const then = desk.state;
    made(await desk.submit(command(start)));
    made(await desk.submit(command({ type: 'drop-todo', todo: 1, reason: 'Not any more' })));
    assert.deepEqual(desk.stateAtClosing(1), then);
    assert.equal(desk.stateAtClosing(2), undefined);
    const { desk: other } = await deskIn(folder);
    assert.deepEqual(other.stateAtClosing(1), then, 'after a restart too');
  });
});
