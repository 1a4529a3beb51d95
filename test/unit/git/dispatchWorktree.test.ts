import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  survey,
  worktreeFor,
  worktreesOf,
  type DispatchOrder,
  type Given,
} from '../../../src/git/dispatchWorktree.ts';
import { rootsOf } from '../../../src/git/mapping.ts';
import { commit, git, Ground, processes, traces, write } from './given.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

function ask(folders: Readonly<Record<string, string>>, more: Partial<DispatchOrder> = {}): Promise<Given> {
  const all = Object.entries(folders).map(([name, fsPath]) => ({ name, fsPath }));
  return worktreeFor({
    owner: 'journal',
    dispatch: 1,
    worker: 'web',
    todo: 7,
    fallback: join(dirname(all[0]?.fsPath ?? ''), 'storage'),
    processes,
    folders: all,
    scopeFolders: [all[0]?.name ?? ''],
    inArea: (name) => name.includes('src/'),
    handling: 'refuse',
    link: [],
    ...more,
  });
}

const code = (given: Given): string => (given.ok ? 'given' : given.refusal.code);

describe('git: the worktree of a dispatch', () => {
  it('where it can be made of nothing the folder is shared, and it is said why', async () => {
    const top = ground.repository({ 'src/a.ts': '1\n' });
    write(top, { 'new/src/a.ts': '1\n' });
    const bare = ground.place();
    git(bare, 'init', '--quiet', '--bare');
    const fresh = ground.place();
    git(fresh, 'init', '--quiet');
    for (const [folder, why] of [
      [ground.place(), /in no git repository/],
      [bare, /a bare one/],
      [fresh, /no commit yet/],
      [join(top, 'new'), /no commit of its repository holds a file of it/],
    ] as const) {
      const given = await ask({ app: folder });
      assert.ok(given.ok && given.worktree === undefined, JSON.stringify(given));
      assert.match(given.shares, why);
    }
    assert.deepEqual(traces(top), []);
  });

  it('uncommitted work inside the area is refused or carried; outside it nobody asks', async () => {
    const top = ground.repository({ 'src/a.ts': '1\n', 'b.ts': '1\n' });
    write(top, { 'b.ts': '2\n' });
    assert.equal(code(await ask({ app: top }, { dispatch: 2, todo: 2 })), 'given');
    write(top, { 'src/a.ts': '2\n' });
    assert.equal(code(await ask({ app: top })), 'uncommitted-in-scope');
    assert.deepEqual(
      git(top, 'for-each-ref', '--format=%(refname)', 'refs/lockkeeper'),
      'refs/lockkeeper/base/web-2',
    );
    const given = await ask({ app: top }, { handling: 'carry' });
    assert.ok(given.ok && given.worktree);
    const { record } = given.worktree;
    assert.equal(git(record.path, 'show', 'HEAD:src/a.ts'), '2');
    assert.equal(git(record.path, 'show', 'HEAD:b.ts'), '1');
    assert.equal(record.onto, 'main');
    assert.equal(git(top, 'status', '--porcelain'), ' M b.ts\n M src/a.ts');
  });

  it('the same dispatch finds its own again, whatever is uncommitted by then', async () => {
    const top = ground.repository({ 'src/a.ts': '1\n' });
    const first = await ask({ app: top });
    write(top, { 'src/a.ts': '2\n' });
    const again = await ask({ app: top });
    assert.ok(first.ok && again.ok && again.worktree);
    assert.equal(again.worktree.record.path, first.worktree?.record.path);
  });

  it('a folder below the root: the worker starts in its counterpart, links and setup are read from there', async () => {
    const top = ground.repository({ 'packages/x/src/a.ts': '1\n', '.gitignore': 'deps\n' });
    write(top, { 'packages/x/deps/d': 'd' });
    const script = `require('fs').writeFileSync('here', '')`;
    const setup = { argv: [process.execPath, '-e', script], env: {}, milliseconds: 20_000 };
    const given = await ask({ x: join(top, 'packages/x') }, { link: ['deps'], setup });
    assert.ok(given.ok && given.worktree, JSON.stringify(given));
    const { folder, mapping } = given.worktree;
    assert.equal(folder, join(`${top}.worktrees`, 'web-7', 'packages', 'x'));
    assert.ok(existsSync(join(folder, 'deps', 'd')) && existsSync(join(folder, 'here')));
    assert.deepEqual(rootsOf(mapping), [{ name: 'x', fsPath: folder }]);
  });

  it('several folders: of one repository together, of two refused, and the area is read by folder', async () => {
    const top = ground.repository({ 'web/src/a.ts': '1\n', 'api/src/a.ts': '1\n' });
    const other = ground.repository({ 'src/a.ts': '1\n' });
    const folders = { web: join(top, 'web'), api: join(top, 'api'), other };
    write(top, { 'api/src/a.ts': '2\n' });
    const both = await ask(folders, { scopeFolders: ['web', 'other'] });
    assert.equal(code(both), 'two-repositories');
    assert.deepEqual(traces(top), []);
    const area = { scopeFolders: ['web'], inArea: (name: string) => name.startsWith('web/src/') };
    const given = await ask(folders, area);
    assert.ok(given.ok && given.worktree);
    assert.deepEqual(rootsOf(given.worktree.mapping), [
      { name: 'web', fsPath: join(given.worktree.record.path, 'web') },
      { name: 'api', fsPath: join(given.worktree.record.path, 'api') },
    ]);
    const all = Object.entries(folders).map(([name, fsPath]) => ({ name, fsPath }));
    const found = await worktreesOf('journal', await survey(all));
    assert.deepEqual(
      found.map(({ record }) => record.id),
      ['web-7'],
    );
    assert.deepEqual(await worktreesOf('another', await survey(all)), []);
  });

  it('a failed setup gives its output, and neither worktree nor base is left', async () => {
    const top = ground.repository({ 'src/a.ts': '1\n' });
    write(top, { 'src/a.ts': '2\n' });
    const script = `console.log('no such package'); process.exitCode = 1`;
    const setup = { argv: [process.execPath, '-e', script], env: {}, milliseconds: 20_000 };
    const given = await ask({ app: top }, { setup, handling: 'carry' });
    assert.deepEqual([code(given), given.output], ['setup-failed', 'no such package\n']);
    assert.deepEqual(traces(top), []);
    assert.equal(git(top, 'for-each-ref', 'refs/lockkeeper'), '');
    commit(top, {});
    assert.equal(code(await ask({ app: top })), 'given');
  });
});
