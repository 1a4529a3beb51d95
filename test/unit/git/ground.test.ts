import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Witnessed } from '../../../src/contract/review.ts';
import { groundOf } from '../../../src/git/ground.ts';
import { makeWorktree } from '../../../src/git/worktrees.ts';
import { Outputs } from '../../../src/running/outputs.ts';
import { runSeries, type Ground as Standing } from '../../../src/running/series.ts';
import { git, Ground, orderFor, write } from './given.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

const node = (script: string): string[] => [process.execPath, '-e', script];

async function standingIn(top: string, dispatch = 9): Promise<Standing> {
  const folders = [{ name: 'app', fsPath: top }];
  const index = join(dirname(top), 'index');
  const found = await groundOf({ owner: 'journal', dispatch, folders, start: 'app', index });
  assert.ok(!('code' in found), 'code' in found ? found.sentence : '');
  return found;
}

async function witnessed(
  standing: Standing,
  ...scripts: readonly (readonly string[])[]
): Promise<readonly Witnessed[]> {
  const found: Witnessed[] = [];
  const outputs = new Outputs(join(ground.folder, 'outputs'));
  const refusal = await runSeries({
    result: 1,
    commands: scripts.map((argv, index) => ({ todo: 1, line: index + 1, argv })),
    ground: standing,
    env: { PATH: process.env['PATH'] ?? '' },
    milliseconds: 60_000,
    signal: new AbortController().signal,
    keep: (output) => outputs.keep(output),
    onBegin: () => undefined,
    onOutput: () => undefined,
    onRan: (one) => Promise.resolve(void found.push(one)),
  });
  assert.equal(refusal, undefined);
  return found;
}

describe('git: on what VERIFY is run', () => {
  it('P8: each command is witnessed on the tree of exactly what stands there, uncommitted files too', async () => {
    const top = ground.repository({ 'a.txt': 'a\n', '.gitignore': 'out\n' });
    const [first] = await witnessed(await standingIn(top), node('console.log(5)'));
    assert.equal(first?.tree, git(top, 'rev-parse', 'HEAD^{tree}'));
    assert.deepEqual([first.exitCode, first.changed, first.output.end], [0, undefined, '5\n']);
    write(top, { 'b.txt': 'new\n' });
    const [second] = await witnessed(await standingIn(top), node('process.exitCode = 1'));
    assert.notEqual(second?.tree, first.tree);
    assert.equal(second?.exitCode, 1);
    assert.equal(git(top, 'status', '--porcelain'), '?? b.txt', 'the person’s index is as it was');
  });

  it('P8: a command that writes what git ignores witnesses; one that writes anything else names it', async () => {
    const top = ground.repository({ 'a.txt': 'a\n', '.gitignore': 'out\n' });
    const writes = (file: string): string[] =>
      node(`require('fs').writeFileSync(${JSON.stringify(file)}, 'x')`);
    const [ignored, tracked, fresh, after] = await witnessed(
      await standingIn(top),
      writes('out'),
      writes('a.txt'),
      writes('c.txt'),
      node('0'),
    );
    assert.equal(ignored?.changed, undefined);
    assert.deepEqual(tracked?.changed, ['a.txt']);
    assert.deepEqual(fresh?.changed, ['c.txt']);
    assert.equal(after?.changed, undefined);
    assert.equal(new Set([ignored?.tree, tracked?.tree, fresh?.tree, after?.tree]).size, 3);
  });

  it('is the worktree of the dispatch where it has one', async () => {
    const top = ground.repository();
    const made = await makeWorktree(await orderFor(top));
    assert.ok(made.ok);
    write(made.worktree.path, { 'mine.txt': 'x' });
    const script = `require('fs').writeFileSync(${JSON.stringify(join(ground.folder, 'cwd'))}, process.cwd())`;
    const [one] = await witnessed(await standingIn(top, 1), node(script));
    assert.equal(readFileSync(join(ground.folder, 'cwd'), 'utf8'), made.worktree.path);
    assert.equal(git(top, 'ls-tree', '--name-only', one?.tree ?? ''), 'a.txt\nmine.txt');
    assert.equal(git(top, 'status', '--porcelain'), '');
  });

  it('P8: without a repository nothing can be witnessed, and the way out is said', async () => {
    const place = ground.place();
    const order = { owner: 'journal', dispatch: 1, folders: [{ name: 'app', fsPath: place }], start: 'app' };
    const found = await groundOf({ ...order, index: join(dirname(place), 'index') });
    assert.ok('code' in found);
    assert.equal(found.code, 'tree-unknown');
    assert.match(found.next, /git init/);
  });

  it('P8: what a person cancels witnesses nothing', async () => {
    const top = ground.repository();
    const standing = await standingIn(top);
    const cancel = new AbortController();
    const found: Witnessed[] = [];
    const refusal = await runSeries({
      result: 1,
      commands: [{ argv: node('console.log(1); setInterval(() => {}, 1000)') }],
      ground: standing,
      env: { PATH: process.env['PATH'] ?? '' },
      milliseconds: 60_000,
      signal: cancel.signal,
      keep: () => Promise.resolve('0'.repeat(64)),
      onBegin: () => undefined,
      onOutput: () => cancel.abort(),
      onRan: (one) => Promise.resolve(void found.push(one)),
    });
    assert.equal(refusal?.code, 'verify-cancelled');
    assert.deepEqual(found, []);
  });
});
