import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../../src/core/table.ts';
import { commit, git, Ground, write } from './given.ts';
import { approval, closeHouses, dispatched, submitted, type GitHouse } from './house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());
afterEach(closeHouses);

async function approved(): Promise<{ house: GitHouse; top: string }> {
  const top = ground.repository({ 'src/a.js': '1\n', 'src/b.js': '1\n' });
  const { house, path } = await dispatched(top, 'worktree', (one) => {
    one.workspace = { ...one.workspace, evidence: { high: 'claimed', normal: 'claimed', low: 'claimed' } };
  });
  write(path, { 'src/a.js': '2\n', 'src/new.js': 'new\n' });
  await submitted(house, ['src/a.js', 'src/new.js']);
  const reply = await approval(house, { message: 'feat: count on' });
  assert.ok(reply.ok, JSON.stringify(reply));
  return { house, top };
}

const undo = { type: 'undo-approval', result: 1, reason: 'It was wrong' } as const;

describe('undo of an approval, in git', () => {
  it('T3: is a commit that takes the change back and leaves what came later; the TODO returns', async () => {
    const { house, top } = await approved();
    const taken = git(top, 'rev-parse', 'HEAD');
    commit(top, { 'src/b.js': 'later\n' });
    write(top, { 'note.txt': 'not committed\n' });
    await house.act(undo);
    assert.equal(readFileSync(join(top, 'src/a.js'), 'utf8'), '1\n');
    assert.equal(readFileSync(join(top, 'src/b.js'), 'utf8'), 'later\n');
    assert.equal(git(top, 'status', '--porcelain'), '?? note.txt');
    assert.equal(git(top, 'ls-tree', '--name-only', 'HEAD:src'), 'a.js\nb.js');
    const log = git(top, 'log', '-1', '--format=%B');
    assert.match(log, /^revert: feat: count on\n/);
    assert.ok(log.includes(`This reverts commit ${taken}.`));
    assert.deepEqual(house.desk.state.list, [1]);
    assert.equal(at(house.desk.state.todos, 1)?.state, 'waiting');
  });

  it('T3: where later work stands in the way nothing moves, and it is a TODO', async () => {
    const { house, top } = await approved();
    const head = commit(top, { 'src/a.js': '3\n' });
    await house.act(undo);
    assert.equal(git(top, 'rev-parse', 'HEAD'), head);
    assert.equal(git(top, 'status', '--porcelain'), '');
    assert.deepEqual(house.desk.state.list, [2]);
    assert.match(at(house.desk.state.todos, 2)?.packet?.task ?? '', /^Revert commit [0-9a-f]{12}/);
  });
});
