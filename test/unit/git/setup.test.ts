import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeWorktree, type Made, type WorktreeOrder } from '../../../src/git/worktrees.ts';
import { until } from '../../rig/until.ts';
import { Ground, orderFor, traces, write } from './given.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

async function make(top: string, more: Partial<WorktreeOrder> = {}): Promise<Made> {
  return makeWorktree(await orderFor(top, more));
}

function refused(answer: Made): string {
  return answer.ok ? 'made' : answer.refusal.code;
}

const env = { PATH: process.env['PATH'] ?? '' };
const node = (script: string): string[] => [process.execPath, '-e', script];

describe('git: the setup of a worktree', () => {
  const setup = (argv: readonly string[], milliseconds = 20_000): Partial<WorktreeOrder> => ({
    setup: { argv, folder: '', env, milliseconds },
  });

  it('is run once, there, without a shell, and its output is kept', async () => {
    const top = ground.repository();
    const script = `require('fs').writeFileSync('made', process.argv[1]); console.log(process.cwd()); console.error('e')`;
    const answer = await make(top, setup([...node(script), '$HOME; `x`']));
    assert.ok(answer.ok);
    assert.equal(readFileSync(join(answer.worktree.path, 'made'), 'utf8'), '$HOME; `x`');
    assert.match(answer.output, new RegExp(`${answer.worktree.path}\n`));
    assert.match(answer.output, /e\n/);
    rmSync(join(answer.worktree.path, 'made'));
    await make(top, setup(node(script)));
    assert.equal(existsSync(join(answer.worktree.path, 'made')), false, 'not again for the same worktree');
  });

  it('a failed one refuses with its output, and what was made is taken away', async () => {
    const top = ground.repository({ '.gitignore': 'deps\n' });
    write(top, { 'deps/x': 'x' });
    const script = `const fs = require('fs'); fs.writeSync(1, 'n'.repeat(600000)); fs.writeSync(1, 'no such package\\n'); process.exitCode = 3`;
    const answer = await make(top, { link: ['deps'], ...setup(node(script)) });
    assert.equal(refused(answer), 'setup-failed');
    assert.match(answer.ok ? '' : answer.refusal.sentence, /code 3/);
    assert.ok(answer.output.includes('no such package\n'));
    assert.match(answer.output.slice(0, 80), /^\[\d+ bytes before this are left out\]\n/);
    assert.ok(answer.output.length < 257 * 1024);
    assert.deepEqual(traces(top), []);
    assert.ok(existsSync(join(top, 'deps/x')));
    assert.equal(refused(await make(top, setup(['/no/such/program']))), 'setup-failed');
    assert.equal(refused(await make(top)), 'made');
  });

  it('what a failed one committed stays on its branch', async () => {
    const top = ground.repository();
    const script = `require('child_process').execFileSync('git', ['commit', '--quiet', '--allow-empty', '--message', 'x'], { env: process.env }); process.exitCode = 1`;
    const who = {
      GIT_AUTHOR_NAME: 'x',
      GIT_AUTHOR_EMAIL: 'x',
      GIT_COMMITTER_NAME: 'x',
      GIT_COMMITTER_EMAIL: 'x',
    };
    const own = { argv: node(script), folder: '', env: { ...env, ...who }, milliseconds: 20_000 };
    assert.equal(refused(await make(top, { setup: own })), 'setup-failed');
    assert.deepEqual(traces(top), ['refs/heads/lockkeeper/web/7']);
  });

  it('one that takes too long, or is cancelled, is ended with all it started', async () => {
    const top = ground.repository();
    const file = join(dirname(top), 'pid');
    const child = `setInterval(() => {}, 1000); require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid))`;
    const script = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`;
    const isGone = (pid: number): boolean => {
      try {
        process.kill(pid, 0);
        return readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
      } catch {
        return true;
      }
    };
    const cancel = new AbortController();
    const making = make(top, { signal: cancel.signal, ...setup(node(script)) });
    const pid = await until(() => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0), Boolean);
    cancel.abort();
    assert.equal(refused(await making), 'setup-cancelled');
    await until(() => isGone(pid), Boolean);
    assert.equal(refused(await make(top, setup(node('setInterval(() => {}, 1000)'), 1))), 'setup-too-long');
    assert.deepEqual(traces(top), []);
  });

  it('a process it leaves running is ended, and does not hold it up', async () => {
    const top = ground.repository();
    const script = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }).unref(); process.exit(0)`;
    assert.equal(refused(await make(top, setup(node(script)))), 'made');
  });
});
