import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OutsideScope } from '../../../src/editor/ownership/outsideScope.ts';
import type { Row } from '../../../src/editor/tree/row.ts';
import { until } from '../../rig/until.ts';
import { git, Ground, write } from '../git/given.ts';
import { approval, closeHouses, dispatched, submitted, type GitHouse } from '../git/house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());
afterEach(() => closeHouses());

function watching(house: GitHouse): OutsideScope {
  return new OutsideScope({
    state: () => house.desk.state,
    workspace: () => house.workspace,
    touched: (n) => house.outside.touched(n),
    changed: () => undefined,
    every: 20,
  });
}

describe('writes of a worker outside its SCOPE', () => {
  let outside: OutsideScope;
  afterEach(() => outside.dispose());

  const rows = async (isThere: (rows: readonly Row[]) => boolean): Promise<readonly Row[]> => {
    const found = await until(() => outside.rows, isThere, 15_000).catch(() => outside.rows);
    assert.ok(isThere(found), JSON.stringify(found));
    return found;
  };

  it('P7: in its own worktree they are a row that names it, for certain, until they are taken back', async () => {
    const files = { 'src/a.js': 'a\n', 'docs/a.md': 'a\n', '.gitignore': 'out\n' };
    const top = ground.repository(files);
    const { house, path } = await dispatched(top, 'worktree');
    outside = watching(house);
    write(path, { 'src/a.js': 'b\n', 'src/new.js': 'n\n', 'out/x': 'ignored\n' });
    await until(() => outside.isApart(1), Boolean);
    assert.deepEqual(outside.rows, []);
    write(path, { 'docs/a.md': 'b\n', 'docs/\u202en.md': 'n\n' });
    const [row, ...others] = await rows((found) => found.length > 0 && outside.of(1).length === 2);
    assert.deepEqual(others, []);
    assert.equal(row?.label, 'web wrote 2 files outside its SCOPE');
    assert.match(row?.description ?? '', /^TODO 1, certain, in its own worktree: docs\/a\.md, /);
    assert.ok(!JSON.stringify([row, row?.tooltip?.()]).includes('\u202e'));
    // Committed there or not, it is no less there.
    git(path, 'add', '--all');
    git(path, 'commit', '--quiet', '--message', 'chore: all of it');
    writeFileSync(join(path, 'docs/a.md'), 'a\n');
    await until(
      () => outside.of(1).map(({ name }) => name),
      (names) => names.length === 1 && names[0] !== 'docs/a.md',
    );
    rmSync(join(path, 'docs/\u202en.md'));
    await rows((found) => found.length === 0);
    write(path, { 'docs/a.md': 'c\n' });
    await rows((found) => found.length === 1);
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'Another way' });
    outside.hear();
    assert.deepEqual(outside.rows, []);
  });

  it('where all share the folder nothing is certain, and there is no such row', async () => {
    const { house } = await dispatched(ground.repository({ 'docs/a.md': 'a\n' }), 'shared');
    outside = watching(house);
    write(house.top, { 'docs/a.md': 'b\n' });
    assert.equal(
      await until(
        () => outside.isApart(1),
        (known) => known !== undefined,
      ),
      false,
    );
    assert.deepEqual(outside.rows, []);
  });

  it('what an approval brings to the open folder is nobody’s write, and what is written over it is', async () => {
    const { house, path } = await dispatched(ground.repository({ 'src/a.js': 'a\n' }), 'worktree');
    house.workspace = {
      ...house.workspace,
      evidence: { high: 'claimed', normal: 'claimed', low: 'claimed' },
    };
    outside = watching(house);
    write(path, { 'src/a.js': 'b\n', 'src/b.js': 'b\n' });
    await submitted(house, ['src/a.js', 'src/b.js']);
    const approved = await approval(house);
    assert.ok(approved.ok, JSON.stringify(approved));
    const names = ['src/a.js', 'src/b.js'];
    assert.deepEqual(await house.outside.placed.of([...names, 'src/c.js']), names);
    write(house.top, { 'src/a.js': 'x\n', 'src/c.js': 'c\n' });
    assert.deepEqual(await house.outside.placed.of([...names, 'src/c.js']), ['src/b.js']);
  });
});
