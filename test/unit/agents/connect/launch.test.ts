import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentLaunch } from '../../../../src/agents/launch/agentLaunch.ts';
import type { Handed } from '../../../../src/agents/launch/handover.ts';
import { profiles } from '../../../../src/agents/profiles/profiles.ts';
import { at } from '../../../../src/core/table.ts';
import { filesIn } from '../../../rig/filesIn.ts';
import { removeFolder, temporaryFolder } from '../../../rig/temporary.ts';
import { beginStep, openHouse, type House } from '../house.ts';

const hostile = 'Export {hook} and {own} from $(touch x) "quoted"\nand a second line';

describe('the start of a known agent', () => {
  let house: House;
  let own: string;
  const client = { argv: ['/bin/node', 'acp.js'], env: { ELECTRON_RUN_AS_NODE: '1' } };

  before(async () => {
    own = await temporaryFolder('own');
    house = await openHouse();
    const { worker } = await house.addWorker('web');
    await beginStep(house, [`Write the function \`total\` ${hostile}`]);
    await house.act({ type: 'dispatch', worker });
  });

  after(async () => {
    await house.close();
    await removeFolder(own);
  });

  const launched = async (id: string, environment: Record<string, string> = {}): Promise<Handed> => {
    const { workers, dispatches } = house.desk.state;
    const [worker, dispatch] = [at(workers, 1), at(dispatches, 1)];
    assert.ok(worker && dispatch);
    const guard = { runtime: '/opt/an editor/node', guard: '/home/o’neill/guard.cjs' };
    const order = {
      ...{ worker, dispatch, guard, environment, client },
      own: join(own, id),
      url: 'http://127.0.0.1:1/mcp',
    };
    return (await agentLaunch(id, { ...order, argv: ['/bin/agent', '--mine'] })) ?? assert.fail(id);
  };

  it('T6: any agent that speaks ACP: our client is started, with its packet and the person’s own command', async () => {
    const { argv, env } = await launched('acp', { OPENAI_API_KEY: 'o', MY_KEY: 'no' });
    const [runtime, program, prompt, ...command] = argv;
    assert.deepEqual([runtime, program, ...command], [...client.argv, '/bin/agent', '--mine']);
    assert.ok(prompt?.includes('Export {hook} and {own} from $(touch x) "quoted"'), prompt);
    assert.deepEqual(env, { OPENAI_API_KEY: 'o', ...client.env });
  });

  it('Codex CLI: its own hook alone is trusted, by the digest that it gives it', async () => {
    const { argv } = await launched('codex');
    const hooks = argv.find((word) => word.startsWith('hooks.PreToolUse=')) ?? '';
    const command = JSON.parse(/command=("(?:[^"\\]|\\.)*")/.exec(hooks)?.[1] ?? '""') as string;
    assert.match(command, /o’neill|guard unavailable/);
    // The keys in their order, as Codex takes the digest of them.
    const text = JSON.stringify({
      event_name: 'pre_tool_use',
      hooks: [{ async: false, command, timeout: 10, type: 'command' }],
      matcher: '*',
    });
    const digest = createHash('sha256').update(text).digest('hex');
    const key = '/<session-flags>/config.toml:pre_tool_use:0:0';
    assert.ok(argv.includes(`hooks.state={"${key}"={trusted_hash="sha256:${digest}"}}`), argv.join('\n'));
  });

  for (const { id, label, launch } of profiles.filter((one) => one.launch && !one.launch.speaksAcp)) {
    it(`T6: ${label}: its packet is one argument, word for word, and the person’s own arguments come last`, async () => {
      const { argv } = await launched(id);
      assert.equal(argv[0], '/bin/agent');
      assert.equal(argv.at(-1), '--mine');
      const [prompt, other] = argv.filter((word) => word.includes('TASK:'));
      assert.ok(prompt?.includes('Export {hook} and {own} from $(touch x) "quoted"'), prompt);
      assert.match(prompt ?? '', /acknowledge_task with task 1\.1/);
      assert.doesNotMatch(argv.join(' '), /allow-all|yolo|dangerously|bypass/);
      assert.equal(other, undefined);
      assert.ok(!argv.some((word) => /^\{|\{(?:url|own|prompt)\}/.test(word) && word !== prompt));
    });

    it(`${label}: is told the address and its hook, in files of its own or its arguments, and no token`, async () => {
      const { argv, env } = await launched(id);
      const files = launch?.files.length === 0 ? [] : filesIn(join(own, id));
      const told = [...files.map((file) => readFileSync(file, 'utf8')), ...argv].join('\n');
      assert.match(told, /http:\/\/127\.0\.0\.1:1\/mcp/);
      assert.match(told, /guard unavailable/);
      assert.match(told, /LOCKKEEPER_TOKEN/);
      assert.equal(env['LOCKKEEPER_TOKEN'], undefined);
    });

    it(`${label}: of the person’s environment it gets what its profile names, and nothing else`, async () => {
      const given = {
        ANTHROPIC_API_KEY: 'a',
        OPENAI_API_KEY: 'o',
        GEMINI_API_KEY: 'g',
        COPILOT_PROVIDER_API_KEY: 'c',
        COPILOT_ALLOW_ALL: 'no',
        GH_TOKEN: 'no',
        AWS_SECRET_ACCESS_KEY: 'no',
        NODE_OPTIONS: '--require=/x',
        MY_ANTHROPIC_API_KEY: 'no',
      };
      const { env } = await launched(id, given);
      const passed = Object.keys(env).filter((name) => name in given);
      assert.equal(passed.length, 1, passed.join());
      assert.match(passed[0] ?? '', /^[A-Z_]+_API_KEY$/);
    });
  }

  it('is that of its plain command where nothing is known of it', async () => {
    const { workers, dispatches } = house.desk.state;
    const [worker, dispatch] = [at(workers, 1), at(dispatches, 1)];
    assert.ok(worker && dispatch);
    const guard = { runtime: 'n', guard: 'g' };
    const order = { worker, dispatch, guard, environment: {}, client, own, url: 'u', argv: ['/bin/agent'] };
    for (const id of ['command', 'by-hand', 'none']) assert.equal(await agentLaunch(id, order), undefined);
  });
});
