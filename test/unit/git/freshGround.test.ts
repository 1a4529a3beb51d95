import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { freshGround } from '../../../src/git/freshGround.ts';
import { cleanUp } from '../../../src/git/unmaking.ts';
import { runOnce } from '../../../src/running/run.ts';
import { git, Ground, look, processes, traces, write } from './given.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

const env = { PATH: process.env['PATH'] ?? '' };

async function orderFor(top: string, more: object = {}): Promise<Parameters<typeof freshGround>[0]> {
  const repository = await look(top);
  return {
    repository,
    owner: 'journal',
    todo: 7,
    fallback: join(dirname(top), 'storage'),
    open: [top],
    processes,
    signal: new AbortController().signal,
    change: 'c'.repeat(40),
    merged: git(top, 'rev-parse', 'HEAD^{tree}'),
    link: [],
    setup: { argv: [], env, milliseconds: 20_000 },
    ...more,
  };
}

describe('git: a fresh worktree for a hard review', () => {
  it('P1: holds head with the change on it and nothing else, is set up, and goes with its run', async () => {
    const top = ground.repository({ 'a.txt': 'a\n', '.gitignore': 'deps\nout\n' });
    const head = git(top, 'rev-parse', 'HEAD');
    write(top, { 'b.txt': 'the change\n' });
    git(top, 'add', 'b.txt');
    const merged = git(top, 'write-tree');
    git(top, 'reset', '--quiet');
    write(top, { 'a.txt': 'not committed\n', 'deps/x': 'linked\n' });
    const argv = [process.execPath, '-e', "require('fs').mkdirSync('out')"];
    const found = await freshGround(
      await orderFor(top, { merged, link: ['deps'], setup: { argv, env, milliseconds: 20_000 } }),
    );
    assert.ok(!('code' in found), 'code' in found ? found.sentence : '');
    assert.equal(found.change, 'c'.repeat(40));
    const show =
      "const fs = require('fs'); for (const f of ['a.txt', 'b.txt', 'deps/x']) fs.writeSync(1, fs.readFileSync(f)); fs.writeSync(1, String(fs.existsSync('out')))";
    const { output } = await runOnce({
      argv: [process.execPath, '-e', show],
      folder: found.folder,
      env,
      milliseconds: 20_000,
    });
    assert.equal(output, 'a\nthe change\nlinked\ntrue');
    const tree = await found.tree();
    assert.ok(tree.ok);
    assert.equal(tree.hash, merged);
    assert.equal(git(found.folder, 'rev-parse', 'HEAD^'), head);
    assert.equal(await found.remove(), undefined);
    assert.deepEqual(traces(top), []);
    assert.equal(git(top, 'status', '--porcelain'), ' M a.txt\n?? b.txt');
  });

  it('is taken away at the next start where the window died in it', async () => {
    const top = ground.repository();
    const found = await freshGround(
      await orderFor(top, { processes: { ...processes, markOf: () => '{"pid":0,"place":"","birth":""}' } }),
    );
    assert.ok(!('code' in found));
    const gone = { ...processes, isAlive: () => false };
    const { removed, left } = await cleanUp(top, join(top, '.git'), gone, () => false);
    assert.equal(removed.length, 1);
    assert.deepEqual(left, []);
    assert.deepEqual(traces(top), []);
  });

  it('needs a commit to put the change on', async () => {
    const top = ground.place();
    git(top, 'init', '--quiet', '--initial-branch=main');
    const repository = await look(top);
    const order = await orderFor(ground.repository());
    const found = await freshGround({ ...order, repository });
    assert.ok('code' in found);
    assert.equal(found.code, 'no-commit');
  });
});
