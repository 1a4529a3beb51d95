import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { copyGuard, hookCommand } from '../../../../src/agents/launch/guardCopy.ts';
import { at as rowAt } from '../../../../src/core/table.ts';
import type { State, Worker } from '../../../../src/core/state.ts';
import { nothing } from '../../core/drafts.ts';
import { ended, Guarded, type Ended, type Run } from './guarded.ts';
import { free, hooks, type Hook } from './hooks.ts';

const inScope = 'src/web/app.ts';
const elsewhere = 'README.md';
const write = (file: string): string =>
  JSON.stringify({ hook_event_name: 'PreToolUse', tool_name: 'Write', tool_input: { file_path: file } });

function allowed({ code, stdout, stderr }: Ended): void {
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: '', stderr: '' });
}

/** The sentence of a no. Nothing else is on standard error. */
function denied({ code, stderr }: Ended, sentence: RegExp): void {
  assert.equal(code, 2, stderr);
  assert.match(stderr, sentence);
  assert.match(stderr, /^Lockkeeper: .+\n$/s);
}

const workerOf = ({ workers }: State, n: number): Worker | undefined => rowAt(workers, n);

/** Another Node on the path than the one that runs this. */
function otherNode(): string | undefined {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .filter((file) => existsSync(file));
  const version = (file: string): string => execFileSync(file, ['--version'], { encoding: 'utf8' }).trim();
  return found.find((file) => version(file) !== process.version);
}

describe('the guard before an agent’s tools', () => {
  let at: Guarded;
  before(async () => {
    at = await Guarded.open();
  });
  after(() => at.close());

  const run = (options: Run): Promise<Ended> => at.run(options);
  const hooked = (hook: Hook, file: string, more: Run = {}): Promise<Ended> =>
    run({ stdin: JSON.stringify(hook.json(at.project, file)), profile: hook.profile, ...more });
  const named = (hook: Hook): string =>
    `${hook.profile} ${hook.title} ${JSON.stringify(hook.json('/p', 'f'))}`;
  /** A few at a time: the machine has other things to do. */
  const each = async (list: readonly Hook[], look: (hook: Hook) => Promise<void>): Promise<void> => {
    for (let n = 0; n < list.length; n += 4) await Promise.all(list.slice(n, n + 4).map(look));
  };

  it('P7: a worker whose guard has called is known as guarded, once', async () => {
    const isGuarded = (): unknown => workerOf(at.house.desk.state, 1)?.guarded;
    assert.notEqual(isGuarded(), true);
    // What asks nothing says nothing; nor does a stranger.
    allowed(await run({ stdin: JSON.stringify({ tool_name: 'Read', tool_input: { file_path: inScope } }) }));
    await run({ stdin: write(inScope), env: { ...at.env, LOCKKEEPER_TOKEN: 'A'.repeat(43) } });
    assert.notEqual(isGuarded(), true);
    await run({ stdin: write(inScope) });
    assert.equal(isGuarded(), true);
    const { seq } = at.house.desk.state;
    await run({ stdin: write(inScope) });
    assert.equal(at.house.desk.state.seq, seq);
  });

  it('P7: a worker without a task writes nothing, wherever', async () => {
    denied(await run({ stdin: write(inScope) }), /no task.*get_task/s);
    denied(await run({ stdin: write(join(tmpdir(), 'x.txt')) }), /no task/);
  });

  it('P7: each agent’s hook denies what is outside of the task’s SCOPE, with a sentence', async () => {
    await at.dispatch();
    await each(hooks, async (hook) => {
      const end = await hooked(hook, elsewhere);
      assert.equal(end.code, 2, named(hook));
      denied(end, /`README\.md(?:\.old)?` is not in the SCOPE of your task\./);
      const said: unknown = end.stdout === '' ? undefined : JSON.parse(end.stdout);
      if (['copilot', 'cursor', 'vscode'].includes(hook.profile))
        assert.match(JSON.stringify(said), /deny.*SCOPE/);
      else assert.equal(said, undefined);
    });
  });

  it('P7: each agent’s hook allows what the task may change, without a word', async () => {
    const first = hooks.filter(({ profile }, n) => hooks.findIndex((one) => one.profile === profile) === n);
    await each(first, async (hook) => {
      const end = await hooked(hook, inScope);
      assert.equal(end.code, 0, `${named(hook)} ${end.stderr}`);
      allowed(end);
    });
  });

  it('never blocks Lockkeeper’s own calls, nor what only reads, though nobody answers', async () => {
    const env = { ...at.env, LOCKKEEPER_URL: 'http://127.0.0.1:1/mcp' };
    for (const hook of free.slice(0, 2)) allowed(await hooked(hook, elsewhere, { env }));
    for (const event of ['PostToolUse', 'Stop'])
      allowed(await run({ stdin: JSON.stringify({ hook_event_name: event, tool_name: 'Write' }), env }));
  });

  it('P7: knows a file by its one name: links, dots, a folder elsewhere', async () => {
    mkdirSync(join(at.project, 'src/other'), { recursive: true });
    symlinkSync(join(at.project, 'src/other'), join(at.project, 'src/web/link'));
    symlinkSync(join(at.project, 'src/web'), join(at.project, 'alias'));
    denied(await run({ stdin: write('src/web/link/a.ts') }), /`src\/other\/a\.ts` is not in the SCOPE/);
    denied(await run({ stdin: write('src/web/../a.ts') }), /`src\/a\.ts` is not/);
    allowed(await run({ stdin: write('alias/new.ts') }));
    allowed(await run({ stdin: write(join(at.project, 'src/other/../web/./x.ts')) }));
    denied(
      await run({ stdin: JSON.stringify({ tool_name: 'Bash', tool_input: { command: 'git stash' } }) }),
      /whole/,
    );
    const cwd = join(at.project, 'src');
    allowed(await run({ stdin: write('web/app.ts'), cwd }));
    denied(await run({ stdin: write('src/web/app.ts'), cwd }), /`src\/src\/web\/app\.ts` is not/);
    const json = { cwd, tool_name: 'Write', tool_input: { file_path: 'web/app.ts' } };
    allowed(await run({ stdin: JSON.stringify(json), cwd: tmpdir() }));
  });

  it('P7: outside of the workspace nothing is owned; but Lockkeeper’s own folder is', async () => {
    allowed(await run({ stdin: write(join(tmpdir(), 'notes.txt')) }));
    denied(
      await run({ stdin: write(join(at.project, '../own/journal.db')) }),
      /belongs to Lockkeeper itself/,
    );
  });

  it('denies several files in one answer, the first five by name', async () => {
    const files = Array.from({ length: 8 }, (_, n) => `src/f${n}.ts`);
    const end = await run({ stdin: JSON.stringify({ tool_name: 'editFiles', tool_input: { files } }) });
    denied(end, /f0\.ts.*f4\.ts.*And 3 more\./s);
    assert.doesNotMatch(end.stderr, /f5\.ts/);
    const many = Array.from({ length: 1_001 }, (_, n) => `src/web/f${n}.ts`);
    denied(
      await run({ stdin: JSON.stringify({ tool_name: 'editFiles', tool_input: { files: many } }) }),
      /more than 1000 files/,
    );
  });

  it('T1: denies every write under the orchestrator’s credential', async () => {
    const env = { ...at.env, LOCKKEEPER_TOKEN: await at.house.lendSeat() };
    for (const file of [inScope, elsewhere, join(tmpdir(), 'x.txt')])
      denied(await run({ stdin: write(file), env }), /The orchestrator coordinates and does not execute/);
    await at.house.act({ type: 'take-seat-back', reason: 'It is over.' });
    denied(await run({ stdin: write(inScope), env }), /does not know this worker/);
  });

  it('without LOCKKEEPER_URL nobody works for Lockkeeper, and everything passes', async () => {
    for (const stdin of [write(elsewhere), 'garbage', '']) allowed(await run({ stdin, env: {} }));
    allowed(await run({ stdin: write(elsewhere), env: { LOCKKEEPER_URL: '' } }));
  });

  it('denies where the token is wrong, missing or no token', async () => {
    for (const token of ['A'.repeat(43), '', 'two words', 'a\r\nx: y', `${at.token}x`]) {
      const end = await run({ stdin: write(inScope), env: { ...at.env, LOCKKEEPER_TOKEN: token } });
      denied(end, /does not know this worker|holds no token/);
      if (token !== '') assert.doesNotMatch(end.stderr, new RegExp(token.slice(0, 20)));
    }
  });

  it('denies where the address is none, or not on this machine: the token goes nowhere', async () => {
    for (const url of [
      'nonsense',
      'https://127.0.0.1/mcp',
      'http://example.org/mcp',
      'http://127.0.0.1.example.org/',
    ])
      denied(
        await run({ stdin: write(inScope), env: { ...at.env, LOCKKEEPER_URL: url } }),
        /LOCKKEEPER_URL is no/,
      );
  });

  it('denies what it cannot understand', async () => {
    const path = (file: unknown): string =>
      JSON.stringify({ tool_name: 'Write', tool_input: { file_path: file } });
    for (const stdin of [
      '',
      'garbage',
      '{',
      '{}',
      path(undefined),
      path('a\u0000b'),
      path('x'.repeat(5_000)),
    ])
      denied(await run({ stdin }), /./);
  });

  it('shows no control characters of a name that is made to deceive', async () => {
    const end = await run({ stdin: JSON.stringify({ tool_name: 'x\u001b[2J', tool_input: 'rm' }) });
    allowed(end);
    denied(await run({ stdin: write('src/\u001b[2Ja.ts') }), /\?\[2J|control/);
    assert.ok(!(await run({ stdin: write('src/\u001b[2Ja.ts') })).stderr.includes('\u001b'));
  });

  describe('with no window to answer', () => {
    let server: Server | undefined;
    afterEach(() => void server?.close());
    const listening = async (
      answer: (request: string) => string | undefined,
    ): Promise<Record<string, string>> => {
      server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', (part) => {
          const text = answer(part.toString());
          if (text !== undefined) socket.end(text);
        });
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server?.once('listening', resolve));
      return { ...at.env, LOCKKEEPER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp` };
    };

    it('denies where the endpoint is down', async () => {
      const env = await listening(() => undefined);
      server?.close();
      denied(await run({ stdin: write(inScope), env }), /cannot be reached.*try again in a moment/);
    });

    it('denies where the door accepts and never answers, or standard input never ends', async () => {
      const env = await listening(() => undefined);
      const [silent, open] = await Promise.all([
        run({ stdin: write(inScope), env }),
        run({ stdin: '{"tool_name":', hold: true }),
      ]);
      denied(silent, /did not answer in time/);
      denied(open, /did not answer in time/);
    });

    it('denies whatever a stranger on the port answers', async () => {
      const answers = [
        '',
        'nonsense\r\n\r\n',
        'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n',
        'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}',
        'HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n{"allowed":true}',
        'HTTP/1.1 200 OK\r\ncontent-length: 27\r\n\r\n{"allowed":true,"paths":[]}',
        'HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"paths":[{"path":"a","allowed":true}]}',
        'HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n',
        'HTTP/1.1 202 Later\r\ncontent-length: 39\r\n\r\n{"paths":[{"path":"a","allowed":true}]}',
      ];
      for (const answer of answers) {
        const env = await listening(() => answer);
        denied(await run({ stdin: write(inScope), env }), /Nothing was changed/);
        server?.close();
      }
    });
  });

  it('denies where not even the sentence can be written: a disk full of logs', async function () {
    if (!existsSync('/dev/full')) return this.skip();
    const out = openSync('/dev/full', 'w');
    try {
      for (const stdin of [write(elsewhere), 'garbage'])
        assert.equal((await run({ stdin, out, profile: 'cursor' })).code, 2);
    } finally {
      closeSync(out);
    }
  });

  it('denies while the journal cannot be written: what is ruled must be what is kept', async () => {
    let isFull = false;
    const full = Object.assign(new Error('database or disk is full'), { errcode: 13 });
    const there = await Guarded.open(
      {},
      {
        fault: (point) => {
          if (isFull && point === 'append:row') throw full;
        },
      },
    );
    try {
      await there.dispatch();
      isFull = true;
      denied(await there.run({ stdin: write(inScope) }), /space|full/);
      assert.notEqual(workerOf(there.house.desk.state, 1)?.guarded, true);
      isFull = false;
      allowed(await there.run({ stdin: write(inScope) }));
      isFull = true;
      await assert.rejects(
        there.house.act({ type: 'withdraw', dispatch: 1, reason: 'It is another one’s.' }),
        /disk-full/,
      );
      denied(await there.run({ stdin: write(inScope) }), /space|full/);
      isFull = false;
      await there.house.act({ type: 'withdraw', dispatch: 1, reason: 'It is another one’s.' });
      denied(await there.run({ stdin: write(inScope) }), /no task/);
    } finally {
      await there.close();
    }
  });

  it('P7: in review nothing is written; a token that is renewed is worth nothing', async () => {
    const packet = nothing({ files: [inScope] });
    await at.house.act({ type: 'submit', dispatch: 1, epoch: 1, packet }, { seat: 'worker', worker: 1 });
    denied(await run({ stdin: write(inScope) }), /in review/);
    await at.house.act({ type: 'remove-worker', worker: 1, reason: 'It is gone.' });
    denied(await run({ stdin: write(inScope) }), /does not know this worker/);
  });

  describe('the command of a hook', () => {
    const command = (
      guard: string,
      env: Record<string, string>,
      runtime = process.execPath,
    ): Promise<Ended> =>
      ended('sh', ['-c', hookCommand('claude', { runtime, guard })], {
        env: { PATH: process.env['PATH'] ?? '', ...env },
        cwd: at.project,
        stdin: write(elsewhere),
      });

    it('ends with the guard’s own sentence, and with a no of its own where there is no guard', async () => {
      const end = await command(at.program, at.env);
      denied(end, /./);
      assert.doesNotMatch(end.stderr, /guard unavailable/);
      const none = [
        command(join(at.project, 'none.mjs'), at.env),
        command(at.program, at.env, '/none/node'),
        command(join(at.project, elsewhere), at.env, '/bin/false'),
      ];
      for (const gone of await Promise.all(none)) {
        assert.equal(gone.code, 2);
        assert.match(gone.stderr, /guard unavailable\n$/);
      }
      assert.match(
        hookCommand('claude', { runtime: 'n', guard: 'g' }),
        /\|\| \{ echo guard unavailable >&2; exit 2; \}$/,
      );
    });

    it('starts nothing where nobody works for Lockkeeper', async () => {
      allowed(await command(join(at.project, 'none.mjs'), {}));
    });

    it('takes any place as it is written', async () => {
      const odd = join(at.project, "it's $HOME `x`");
      mkdirSync(odd, { recursive: true });
      await copyGuard(at.program, join(odd, 'guard.mjs'));
      denied(await command(join(odd, 'guard.mjs'), at.env), /./);
    });
  });

  it('the copy for hooks is replaced whole, and left alone where it is the same', async () => {
    const [source, copy] = [join(at.project, 'new.js'), join(at.project, 'there/guard.mjs')];
    writeFileSync(source, 'one');
    await copyGuard(source, copy);
    writeFileSync(source, 'two');
    await Promise.all([copyGuard(source, copy), copyGuard(source, copy)]);
    assert.equal(readFileSync(copy, 'utf8'), 'two');
  });

  it('runs on another Node that is installed', async function () {
    const runtime = otherNode();
    if (runtime === undefined) return this.skip();
    denied(await run({ stdin: write(inScope), runtime }), /./);
    denied(await run({ stdin: 'garbage', runtime }), /not JSON/);
    allowed(await run({ stdin: write(inScope), runtime, env: {} }));
  });
});
