import assert from 'node:assert/strict';
import { runProgram } from '../../../src/agents/rehearsal/run.ts';
import { printable } from '../../../src/agents/rehearsal/say.ts';
import type { Run } from '../../../src/agents/rehearsal/script.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';

describe('a run of the rehearsal', () => {
  let root: string;
  before(async () => {
    root = await temporaryFolder('run');
  });
  after(() => removeFolder(root));

  const node = (code: string, part: Partial<Run> = {}): Run => {
    return { do: 'run', name: 'it', argv: ['node', '-e', code], seconds: 30, ...part };
  };

  it('gives the last lines of what was printed', async () => {
    const code = 'for (let i = 1; i <= 30; i += 1) console.log("line " + i)';
    assert.equal((await runProgram(root, node(code))).split('\n').length, 10);
    assert.equal(await runProgram(root, node(code, { keep: '^line (29|30)$' })), 'line 29\nline 30');
  });

  it('starts this very Node, in the workspace folder, without a shell', async () => {
    assert.equal(await runProgram(root, node('console.log(process.execPath)')), process.execPath);
    assert.equal(await runProgram(root, node('console.log(process.cwd())')), root);
    const argv = ['node', '-p', 'process.argv[1]', '$HOME; "x" > y'];
    assert.equal(await runProgram(root, node('', { argv })), '$HOME; "x" > y');
  });

  it('passes on nothing that opens the door', async () => {
    const door = {
      LOCKKEEPER_URL: 'http://127.0.0.1:1/mcp',
      LOCKKEEPER_TOKEN: 'canary',
      LOCKKEEPER_WORKER: 'one',
      OTHER: '1',
    };
    Object.assign(process.env, door);
    try {
      const shown = await runProgram(root, node('console.log(JSON.stringify(process.env))'));
      for (const name of Object.keys(door)) assert.ok(!shown.includes(name), name);
      assert.ok(!shown.includes('canary'));
      assert.match(shown, /"PATH"/i);
    } finally {
      for (const name of Object.keys(door)) Reflect.deleteProperty(process.env, name);
    }
  });

  it('that fails says so, with the end of its output', async () => {
    const failing = node('console.error("it broke"); process.exit(3)');
    await assert.rejects(runProgram(root, failing), /ended with exit code 3\. it broke/);
    await assert.rejects(
      runProgram(root, node('', { argv: ['no-such-program-here'] })),
      /could not be started/,
    );
    await assert.rejects(runProgram(root, node('setInterval(() => {}, 9)', { seconds: 0.2 })), /was stopped/);
  });

  it('shows colours and controls of a terminal to nobody', async () => {
    assert.equal(await runProgram(root, node('console.log("\\u001b[32mgreen\\u001b[39m")')), 'green');
    assert.equal(printable('  a\u001b[2J\u202eb\n c'), '  a\ufffd[2J\ufffdb c');
  });
});
