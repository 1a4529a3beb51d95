import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOnce, type Ran, type RunOrder } from '../../../src/running/run.ts';
import { startOf } from '../../../src/running/program.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { until } from '../../rig/until.ts';

const env = { PATH: process.env['PATH'] ?? '' };
let folder = '';
before(async () => void (folder = await temporaryFolder('run')));
after(() => removeFolder(folder));

function run(argv: readonly string[], more: Partial<RunOrder> = {}): Promise<Ran> {
  return runOnce({ argv, folder, env, milliseconds: 60_000, ...more });
}

const node = (script: string, ...args: readonly string[]): string[] => [
  process.execPath,
  '-e',
  script,
  ...args,
];

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
  } catch {
    return true;
  }
}

/** A script that writes its process id, and then stays. */
const stays = (file: string): string =>
  `require('fs').writeFileSync(${JSON.stringify(join(folder, file))}, String(process.pid)); setInterval(() => {}, 1000)`;
const pidIn = (file: string): Promise<number> =>
  until(
    () => (existsSync(join(folder, file)) ? Number(readFileSync(join(folder, file), 'utf8')) : 0),
    (pid) => pid > 0,
  );

describe('a program that is run once', () => {
  it('gets its arguments as they are, and no shell reads them', async () => {
    const { ending, output } = await run(node('console.log(process.argv[1])', '$HOME; `x` | y'));
    assert.deepEqual(ending, { kind: 'exit', code: 0 });
    assert.equal(output, '$HOME; `x` | y\n');
  });

  it('sees the environment that it is given, and nothing of ours', async () => {
    process.env['LOCKKEEPER_SECRET'] = 'token';
    const { output } = await run(node('console.log(Object.keys(process.env).join())'));
    delete process.env['LOCKKEEPER_SECRET'];
    assert.deepEqual(output.trim().split(',').sort(), ['LOCKKEEPER_RUN', 'PATH']);
  });

  it('says its exit code, its signal, or why it was not started', async () => {
    assert.deepEqual((await run(node('process.exitCode = 3'))).ending, { kind: 'exit', code: 3 });
    const killed = await run(node("process.kill(process.pid, 'SIGKILL')"));
    assert.deepEqual(killed.ending, { kind: 'signal', name: 'SIGKILL' });
    const missing = await run(['no-such-program-at-all']);
    assert.equal(missing.ending.kind, 'not started');
    assert.match(
      missing.ending.kind === 'not started' ? missing.ending.why : '',
      /no-such-program-at-all.*ENOENT/,
    );
    const wrong = await run(['node', 'a\0b']);
    assert.equal(wrong.ending.kind, 'not started');
  });

  it('keeps the end of what it wrote, and says how much is missing', async () => {
    const script = `const fs = require('fs'); fs.writeSync(1, 'n'.repeat(900000)); fs.writeSync(2, 'the end\\n')`;
    const { output, bytes } = await run(node(script));
    assert.equal(bytes, 900_008);
    assert.match(output.slice(0, 60), /^\[637864 bytes before this are left out\]\nnnn/);
    assert.ok(output.endsWith('the end\n'));
    assert.ok(output.length < 257 * 1024);
  });

  it('tells each piece of both streams as it comes', async () => {
    const heard: string[] = [];
    await run(node(`console.log('out'); console.error('err')`), {
      onOutput: (data) => heard.push(data.toString()),
    });
    assert.deepEqual(heard.join('').split('\n').sort(), ['', 'err', 'out']);
  });

  it('is ended with its group at its time limit', async () => {
    const child = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stays('late'))}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`;
    const { ending } = await run(node(child), { milliseconds: 1_500 });
    assert.deepEqual(ending, { kind: 'too long' });
    if (existsSync(join(folder, 'late'))) await until(async () => isGone(await pidIn('late')), Boolean);
  });

  it('is ended when it is cancelled, though it will not hear of it', async () => {
    const cancel = new AbortController();
    const deaf = `process.on('SIGTERM', () => {}); ${stays('deaf')}`;
    const running = run(node(deaf), { signal: cancel.signal });
    const pid = await pidIn('deaf');
    cancel.abort();
    assert.deepEqual((await running).ending, { kind: 'cancelled' });
    assert.ok(isGone(pid));
    assert.deepEqual((await run(node('0'), { signal: cancel.signal })).ending, { kind: 'cancelled' });
  });

  it('leaves nobody running: neither its group, nor who left the group and holds its output', async function () {
    if (process.platform !== 'linux') this.skip();
    const spawned = (file: string, options: string): string =>
      `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stays(file))}], ${options})`;
    const waits = `const fs = require('fs'); const there = (name) => fs.existsSync(${JSON.stringify(folder)} + '/' + name);
      const timer = setInterval(() => { if (there('own') && there('apart')) process.exit(0); }, 20);`;
    const script = `${spawned('own', "{ stdio: 'inherit' }")}; ${spawned('apart', "{ stdio: 'inherit', detached: true }")}.unref(); ${waits}`;
    const { ending } = await run(node(script));
    assert.deepEqual(ending, { kind: 'exit', code: 0 });
    for (const file of ['own', 'apart']) assert.ok(isGone(await pidIn(file)), file);
  });
});

describe('how a program is started on Windows', () => {
  const env = {
    Path: 'relative;C:\\Program Files\\nodejs;C:\\tools',
    PATHEXT: '.COM;.EXE;.BAT;.CMD',
    ComSpec: 'C:\\Windows\\system32\\cmd.exe',
  };
  const files = ['C:\\Program Files\\nodejs\\npm.cmd', 'C:\\tools\\git.exe', 'relative\\npm.exe'];
  const start = (...argv: string[]) => startOf(argv, env, 'win32', (path) => files.includes(path));

  it('is by the file that its name means, never one of the folder it runs in', () => {
    assert.deepEqual(start('git', 'status', 'a & b'), {
      file: 'C:\\tools\\git.exe',
      args: ['status', 'a & b'],
      verbatim: false,
    });
    assert.deepEqual(start('nothing'), { file: 'nothing', args: [], verbatim: false });
  });

  it('hands a batch file to cmd.exe with its words in quotes', () => {
    assert.deepEqual(start('npm', 'run', 'a b', 'c\\'), {
      file: 'C:\\Windows\\system32\\cmd.exe',
      args: ['/d', '/s', '/c', '""C:\\Program Files\\nodejs\\npm.cmd" "run" "a b" "c\\\\""'],
      verbatim: true,
    });
  });

  it('does not hand a batch file what cmd.exe would act on', () => {
    for (const word of ['a&calc', '%PATH%', 'a"b', 'a|b', '^', '!x!', '>out', 'a\nb']) {
      const refused = start('npm', 'run', word);
      assert.ok('why' in refused, word);
      assert.match(refused.why, /batch file/);
    }
  });

  it('is left to the system elsewhere', () => {
    assert.deepEqual(startOf(['npm', '%x%'], {}, 'linux'), { file: 'npm', args: ['%x%'], verbatim: false });
  });
});
