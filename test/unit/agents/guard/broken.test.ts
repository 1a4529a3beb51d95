import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { delimiter, join } from 'node:path';
import { copyProgram, hookCommand } from '../../../../src/agents/launch/guardCopy.ts';
import {
  allowed,
  denied,
  elsewhere,
  ended,
  Guarded,
  inScope,
  workerOf,
  write,
  type Ended,
  type Run,
} from './guarded.ts';

/** Another Node on the path than the one that runs this. */
function otherNode(): string | undefined {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .filter((file) => existsSync(file));
  const version = (file: string): string => execFileSync(file, ['--version'], { encoding: 'utf8' }).trim();
  return found.find((file) => version(file) !== process.version);
}

describe('the guard where something is broken or missing', () => {
  let at: Guarded;
  before(async () => {
    at = await Guarded.open();
    await at.dispatch();
  });
  after(() => at.close());

  const run = (options: Run): Promise<Ended> => at.run(options);

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

  describe('the command of a hook', () => {
    const command = (
      guard: string,
      env: Record<string, string>,
      runtime = process.execPath,
    ): Promise<Ended> =>
      ended('sh', ['-c', hookCommand('claude-code', { runtime, guard })], {
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
        hookCommand('claude-code', { runtime: 'n', guard: 'g' }),
        /\|\| \{ echo guard unavailable >&2; exit 2; \}$/,
      );
    });

    it('holds no token where an agent puts values in the place of the variables that its configuration names', () => {
      const env: Readonly<Record<string, string>> = { LOCKKEEPER_TOKEN: 'canary', LOCKKEEPER_URL: 'there' };
      // As Gemini CLI does.
      const form = /\$(?:(\w+)|{([^}]+?)(?::-([^}]*))?})/g;
      const fill = (text: string): string =>
        text.replace(
          form,
          (all, bare: string, braced: string, or?: string) => env[bare || braced] ?? or ?? all,
        );
      assert.equal(fill(`\${LOCKKEEPER_TOKEN}, $LOCKKEEPER_TOKEN`), 'canary, canary');
      const hook = hookCommand('gemini', { runtime: 'n', guard: 'g' });
      assert.equal(fill(hook), hook);
    });

    it('starts nothing where nobody works for Lockkeeper', async () => {
      allowed(await command(join(at.project, 'none.mjs'), {}));
      // The address is in every terminal of the window.
      allowed(
        await command(join(at.project, 'none.mjs'), { LOCKKEEPER_URL: at.env['LOCKKEEPER_URL'] ?? '' }),
      );
    });

    it('asks for whoever has a token, or the guard’s place without one', async () => {
      for (const name of ['LOCKKEEPER_TOKEN', 'LOCKKEEPER_GUARD'])
        denied(await command(at.program, { [name]: at.env[name] ?? '' }), /no address|no token/);
    });

    it('takes any place as it is written', async () => {
      const odd = join(at.project, "it's $HOME `x`");
      mkdirSync(odd, { recursive: true });
      await copyProgram(at.program, join(odd, 'guard.cjs'));
      denied(await command(join(odd, 'guard.cjs'), at.env), /./);
    });
  });

  it('the copy for hooks is replaced whole, and left alone where it is the same', async () => {
    const [source, copy] = [join(at.project, 'new.js'), join(at.project, 'there/guard.cjs')];
    writeFileSync(source, 'one');
    await copyProgram(source, copy);
    writeFileSync(source, 'two');
    await Promise.all([copyProgram(source, copy), copyProgram(source, copy)]);
    assert.equal(readFileSync(copy, 'utf8'), 'two');
  });

  it('runs on another Node that is installed', async function () {
    const runtime = otherNode();
    if (runtime === undefined) return this.skip();
    denied(await run({ stdin: write(elsewhere), runtime }), /not in the SCOPE/);
    denied(await run({ stdin: 'garbage', runtime }), /not JSON/);
    allowed(await run({ stdin: write(inScope), runtime, env: {} }));
  });
});
