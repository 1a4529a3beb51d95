import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byHand } from '../clients.ts';
import { nothing } from '../../core/drafts.ts';
import {
  allowed,
  denied,
  elsewhere,
  Guarded,
  inScope,
  workerOf,
  write,
  type Ended,
  type Run,
} from './guarded.ts';
import { free, hooks, type Hook } from './hooks.ts';

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

  it('P2: a worker whose hook is gone is known as unguarded with the next call it makes', async () => {
    const guarded = (): unknown => workerOf(at.house.desk.state, 1)?.guarded;
    const agent = byHand(at.house, at.token, '2025-06-18');
    const hook = (call: string, more: Run = {}): Promise<Ended> =>
      run({ stdin: JSON.stringify({ tool_name: `mcp__lockkeeper__${call}`, tool_input: {} }), ...more });
    // Its guard never spoke up before a call: then none is missed.
    await agent.done('get_task');
    assert.equal(guarded(), true);
    // Two calls at once, each behind its hook.
    allowed(await hook('get_task'));
    allowed(await hook('check_paths'));
    await agent.done('check_paths', { paths: [inScope] });
    await agent.done('get_task');
    assert.equal(guarded(), true);
    // Whatever is wrong with the door: the call itself will say so.
    allowed(await hook('get_task', { env: { ...at.env, LOCKKEEPER_URL: 'http://127.0.0.1:1/mcp' } }));
    await agent.done('get_task');
    assert.equal(guarded(), false);
    allowed(await hook('get_task'));
    await agent.done('get_task');
    assert.equal(guarded(), true);
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
      if (['copilot-cli', 'cursor', 'vscode'].includes(hook.profile))
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

  it('without a token and the guard’s place nobody works for Lockkeeper, and everything passes', async () => {
    const { LOCKKEEPER_URL } = at.env as { LOCKKEEPER_URL: string };
    // The address is in every terminal of the window.
    for (const env of [
      {},
      { LOCKKEEPER_URL },
      { LOCKKEEPER_URL, LOCKKEEPER_TOKEN: '', LOCKKEEPER_GUARD: '' },
    ])
      for (const stdin of [write(elsewhere), 'garbage', '']) allowed(await run({ stdin, env }));
  });

  it('denies where an agent keeps the token from its hook, or where the token is all there is', async () => {
    const { LOCKKEEPER_TOKEN: token = '', LOCKKEEPER_GUARD: own = '', ...rest } = at.env;
    denied(await run({ stdin: write(inScope), env: { ...rest, LOCKKEEPER_GUARD: own } }), /holds no token/);
    denied(await run({ stdin: write(elsewhere), env: { ...rest, LOCKKEEPER_TOKEN: token } }), /./);
    denied(await run({ stdin: write(inScope), env: { LOCKKEEPER_TOKEN: token } }), /LOCKKEEPER_URL is no/);
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

  it('P7: in review nothing is written; a token that is renewed is worth nothing', async () => {
    const packet = nothing({ files: [inScope] });
    await at.house.act({ type: 'submit', dispatch: 1, epoch: 1, packet }, { seat: 'worker', worker: 1 });
    denied(await run({ stdin: write(inScope) }), /in review/);
    await at.house.act({ type: 'remove-worker', worker: 1, reason: 'It is gone.' });
    denied(await run({ stdin: write(inScope) }), /does not know this worker/);
  });
});
