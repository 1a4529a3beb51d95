import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dropBase, recordBase, startOf, type Base } from '../../../src/git/base.ts';
import { begin, git, Ground, look, write } from './given.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

const inSrc = (path: string): boolean => path.startsWith('src/');

async function baseOf(top: string, inArea = inSrc): Promise<Base> {
  const recorded = await recordBase(await look(top), inArea, 'journal/1');
  assert.ok(recorded.ok, JSON.stringify(recorded));
  return recorded.base;
}

describe('git: where a dispatch begins', () => {
  it('nothing uncommitted in the area: HEAD, whatever is uncommitted elsewhere', async () => {
    const top = ground.repository({ 'src/a.ts': '1\n', 'b.ts': '1\n' });
    write(top, { 'b.ts': '2\n', 'new.ts': 'x' });
    const base = await baseOf(top);
    const head = git(top, 'rev-parse', 'HEAD');
    assert.deepEqual(base, {
      commit: head,
      branch: 'main',
      uncommitted: [],
      kept: undefined,
      ref: undefined,
    });
    for (const handling of ['commit', 'carry', 'refuse'] as const)
      assert.deepEqual(startOf(base, handling), { ok: true, commit: head });
  });

  it('keeps what is uncommitted in the area, and touches neither index nor files', async () => {
    const top = ground.repository({
      'src/a.ts': '1\n',
      'src/gone.ts': '1\n',
      'src/half.ts': '1\n',
      'b.ts': '1\n',
    });
    write(top, { 'src/half.ts': '2\n', 'b.ts': '2\n' });
    git(top, 'add', 'src/half.ts', 'b.ts');
    write(top, {
      'src/a.ts': '2\n',
      'src/half.ts': '3\n',
      'src/ n\téw.ts': 'n\n',
      '.gitignore': 'src/ignored\n',
    });
    write(top, { 'src/ignored': 'i' });
    rmSync(join(top, 'src/gone.ts'));
    const [status, index] = [git(top, 'status', '--porcelain'), readFileSync(join(top, '.git', 'index'))];
    const base = await baseOf(top);
    assert.equal(git(top, 'status', '--porcelain'), status);
    assert.deepEqual(readFileSync(join(top, '.git', 'index')), index);
    assert.deepEqual(
      new Map(base.uncommitted.map(({ path, state }) => [path, state])),
      new Map([
        ['src/a.ts', 'changed'],
        ['src/gone.ts', 'gone'],
        ['src/half.ts', 'changed'],
        ['src/ n\téw.ts', 'new'],
      ]),
    );
    assert.ok(base.kept !== undefined && base.ref !== undefined);
    const there = git(top, 'ls-tree', '-r', '-z', '--name-only', base.kept).split('\0').filter(Boolean);
    assert.deepEqual(there.sort(), ['b.ts', 'src/ n\téw.ts', 'src/a.ts', 'src/half.ts'].sort());
    assert.equal(git(top, 'show', `${base.kept}:src/half.ts`), '3');
    assert.equal(git(top, 'show', `${base.kept}:b.ts`), '1', 'what is staged elsewhere stays out');
    assert.equal(git(top, 'rev-parse', `${base.kept}^`), base.commit);

    assert.deepEqual(startOf(base, 'carry'), { ok: true, commit: base.kept });
    for (const handling of ['commit', 'refuse'] as const) {
      const start = startOf(base, handling);
      assert.equal(start.ok ? '' : start.refusal.code, 'uncommitted-in-scope');
      assert.match(start.ok ? '' : start.refusal.sentence, /and 3 more files are not committed/);
    }
    assert.equal(git(top, 'rev-parse', base.ref), base.kept);
    assert.equal(await dropBase(await look(top), base), undefined);
    assert.equal(git(top, 'for-each-ref', 'refs/lockkeeper'), '');
  });

  it('a file in conflict is never carried', async () => {
    const top = ground.repository({ 'src/a.ts': '1\n' });
    git(top, 'branch', 'other');
    write(top, { 'src/a.ts': '2\n' });
    git(top, 'commit', '--quiet', '--all', '--message', 'fix: two');
    git(top, 'checkout', '--quiet', 'other');
    write(top, { 'src/a.ts': '3\n' });
    git(top, 'commit', '--quiet', '--all', '--message', 'fix: three');
    assert.throws(() => git(top, 'merge', 'main'));
    const base = await baseOf(top);
    assert.deepEqual(base.uncommitted, [{ path: 'src/a.ts', state: 'in conflict' }]);
    const start = startOf(base, 'carry');
    assert.equal(start.ok ? '' : start.refusal.code, 'in-conflict');
  });

  it('no commit yet: the content is kept, and a worktree has no beginning', async () => {
    const top = ground.place();
    begin(top);
    write(top, { 'src/a.ts': '1\n' });
    const base = await baseOf(top);
    assert.equal(base.commit, undefined);
    assert.equal(git(top, 'show', `${base.kept ?? ''}:src/a.ts`), '1');
    const start = startOf(base, 'carry');
    assert.equal(start.ok ? '' : start.refusal.code, 'no-commit');
  });

  it('taken out of the index but still there; a link; a file that became a folder; a repository inside', async () => {
    const top = ground.repository({ 'src/a.ts': '1\n', 'src/b': '1\n' });
    git(top, 'rm', '--quiet', '--cached', 'src/a.ts');
    rmSync(join(top, 'src/b'));
    write(top, { 'src/b/c.ts': 'c\n', 'src/inner/x': 'x' });
    begin(join(top, 'src/inner'));
    git(join(top, 'src/inner'), 'commit', '--quiet', '--allow-empty', '--message', 'chore: begin');
    const base = await baseOf(top);
    assert.deepEqual(base.uncommitted.map(({ path, state }) => `${path} ${state}`).sort(), [
      'src/a.ts changed',
      'src/b gone',
      'src/b/c.ts new',
      'src/inner repository of its own',
    ]);
    const there = git(top, 'ls-tree', '-r', '--name-only', base.kept ?? '').split('\n');
    assert.deepEqual(there, ['src/a.ts', 'src/b/c.ts']);
  });
});
