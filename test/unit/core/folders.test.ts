import assert from 'node:assert/strict';
import { folderOf, placesOf } from '../../../src/core/folders.ts';
import { at } from '../../../src/core/table.ts';
import { answer, asked, dispatch, nothing, packet } from './drafts.ts';
import { planned, released } from './given.ts';
import { user, worker, type History } from './history.ts';

const two = ['api', 'web'];
const named = (task: string, ...scope: string[]) => packet(task, { scope });

function inTwo(history: History): History {
  history.workspace = { ...history.workspace, folders: two };
  return history;
}

describe('a workspace of several folders', () => {
  it('tells files apart by the folder that their names begin with', () => {
    assert.equal(folderOf('api/src/a.ts', two), 'api');
    assert.equal(folderOf('./web/src', two), 'web');
    assert.equal(folderOf('web', two), 'web');
    assert.equal(folderOf('website/a.ts', two), undefined);
    assert.equal(folderOf('src/web/a.ts', two), undefined);
    assert.equal(folderOf('old/api/a.ts', ['api', 'old/api', 'old']), 'old/api');
  });

  it('P4: takes no SCOPE without a folder, wherever a packet is written, and names the way', () => {
    const history = inTwo(released('Add the first sluice'));
    const { flaws } = history.isRefused('packet-flawed', user, {
      type: 'add-todo',
      role: 'code',
      packet: named('Add a ladder', 'web/src/b.js', 'src/a.js'),
    });
    assert.deepEqual(
      flaws?.map(({ field, words, better }) => [field, words, better]),
      [['SCOPE', 'src/a.js', 'api/src/a.js']],
    );
    const bare = named('Add a ladder', 'src/a.js');
    history.isRefused('packet-flawed', user, { type: 'edit-todo', todo: 1, role: 'code', packet: bare });
    history.isRefused('packet-flawed', user, { type: 'add-step', title: 'On', role: 'code', tasks: [bare] });
    const done = named('Add a ladder', 'api/src/a.js', 'web/**');
    history.does(user, { type: 'add-todo', role: 'code', packet: done });
    history.workspace = { ...history.workspace, folders: ['api'] };
    history.does(user, { type: 'add-todo', role: 'code', packet: named('Add a bollard', 'src/a.js') });
  });

  it('T6: dispatches nothing whose SCOPE names no folder, until it is edited', () => {
    const history = inTwo(released('Add the first sluice'));
    const refused = history.isRefused('packet-flawed', user, dispatch);
    assert.match(refused.next, /Edit TODO 1 first\.$/);
    const mended = named('Add the first sluice', 'web/src/gate.js', 'api/src/gate.js');
    history.does(user, { type: 'edit-todo', todo: 1, role: 'code', packet: mended });
    history.does(user, dispatch);
    assert.match(
      at(history.state.dispatches, 1)?.context ?? '',
      /^FOLDERS: api, web\. A file is named with its folder first\. The work begins in web\.$/m,
    );
  });

  it('says nothing of folders where there is one', () => {
    const history = released('Add the first sluice');
    history.workspace = { ...history.workspace, folders: ['api'] };
    history.does(user, dispatch);
    assert.doesNotMatch(at(history.state.dispatches, 1)?.context ?? '', /FOLDERS/);
    assert.equal(placesOf(['src/a.js'], ['api']), undefined);
  });

  it('P6: sends a question back once whose FILES could be in any of them, and a result too', () => {
    const history = inTwo(planned('Add the first sluice'));
    history.does(user, { type: 'add-todo', role: 'code', packet: named('Add a ladder', 'web/src/gate.js') });
    history.does(user, dispatch);
    const task = { dispatch: 1, epoch: 1 };
    const { flaws } = history.isRefused('question-incomplete', worker(1), {
      type: 'ask',
      ...task,
      packet: asked,
    });
    assert.deepEqual(
      flaws?.map(({ field, better }) => [field, better]),
      [['FILES', 'api/src/gate.js:3']],
    );
    const mended = { ...asked, files: ['web/src/gate.js:3'] };
    history.does(worker(1), { type: 'ask', ...task, packet: mended, revises: 1 });
    history.does(user, { type: 'answer', question: 1, answer });
    history.isRefused('result-incomplete', worker(1), { type: 'submit', ...task, packet: nothing() });
    const files = ['web/src/gate.js'];
    history.does(worker(1), { type: 'submit', ...task, packet: nothing({ files }) });
  });
});
