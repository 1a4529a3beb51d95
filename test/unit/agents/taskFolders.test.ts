import assert from 'node:assert/strict';
import { dutyOf, taskAnswer } from '../../../src/agents/taskAnswer.ts';
import { packet } from '../core/drafts.ts';
import { planned } from '../core/given.ts';
import { user } from '../core/history.ts';

describe('a task in a workspace of several folders', () => {
  const folders = [
    { name: 'api', fsPath: '/folders/api' },
    { name: 'web', fsPath: '/folders/web' },
  ];

  it('T6: says where each of them lies, and which one the work begins in', () => {
    const history = planned('Add the first sluice');
    history.workspace = { ...history.workspace, folders: folders.map(({ name }) => name) };
    const scope = ['web/src/gate.js', 'api/src/gate.js'];
    history.does(user, { type: 'add-todo', role: 'code', packet: packet('Add a ladder', { scope }) });
    history.does(user, { type: 'dispatch', worker: 1 });
    const answered = (of: typeof folders) => {
      const answer = taskAnswer(history.state, dutyOf(history.state, 1), of);
      assert.ok('text' in answer);
      return answer;
    };
    const { text, content } = answered(folders);
    assert.match(
      text,
      /^WHERE THE FOLDERS ARE:\n- api\/ is \/folders\/api\n- web\/ is \/folders\/web, where you are started$/m,
    );
    assert.deepEqual(content['folders'], [
      { name: 'api', path: '/folders/api' },
      { name: 'web', path: '/folders/web' },
    ]);
    assert.doesNotMatch(JSON.stringify(history.events), /\/folders\//, 'no path gets into the record');
    const alone = answered(folders.slice(0, 1));
    assert.doesNotMatch(alone.text, /FOLDERS ARE/);
    assert.equal(alone.content['folders'], undefined);
    assert.doesNotMatch(alone.text, /WORKTREE/);
  });

  it('T6: says that its worker has a worktree, and where that is: its process may stand in an earlier one', () => {
    const history = planned('Add the first sluice');
    history.does(user, { type: 'release' });
    history.does(user, { type: 'dispatch', worker: 1 });
    const answered = (of: typeof folders, open: typeof folders) => {
      const answer = taskAnswer(history.state, dutyOf(history.state, 1), of, open);
      assert.ok('text' in answer);
      return answer;
    };
    const [open] = folders;
    assert.ok(open);
    const own = { ...open, fsPath: '/folders/api.worktrees/web-1' };
    const alone = answered([own], [open]);
    assert.match(
      alone.text,
      /^WORKTREE: you work in a copy of your own.* It is \/folders\/api\.worktrees\/web-1\.$/m,
    );
    assert.deepEqual(alone.content['folders'], [{ name: 'api', path: own.fsPath }]);
    const several = answered([own, ...folders.slice(1)], folders);
    assert.match(several.text, /^WORKTREE: you work in a copy of your own/m);
  });
});
