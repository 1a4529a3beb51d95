import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mintToken } from '../../src/agents/credentials.ts';
import { openOrchestration } from '../../src/core/state.ts';
import { resultFor } from '../unit/agents/clients.ts';
import { git } from '../unit/git/given.ts';
import { realAgents } from './agents.ts';
import { inOrder, type Script, type Step } from './model/script.ts';
import { Workshop } from './workshop.ts';

const files = { 'src/gate.js': 'export const gate = 1;\n', 'README.md': '# Gate\n' };

const step = (title: string, name: string): Step => ({
  call: 'add_step',
  input: {
    title,
    role: 'code',
    tasks: [
      {
        task: `Add src/${name}.js, which exports ${name}`,
        scope: [`src/${name}.js`],
        not_your_job: ['README.md'],
        done_when: [`\`src/${name}.js\` exports \`${name}\``],
        verify: [`by eye: src/${name}.js exports ${name}`],
        priority: 'normal',
      },
    ],
  },
});

const agentOf = (id: string) => realAgents.find((one) => one.id === id) ?? assert.fail(id);

describe('an agent as orchestrator of two others, really', function () {
  this.timeout(300_000);
  let shop: Workshop;
  const seen: string[] = [];

  before(async () => {
    shop = await Workshop.open(agentOf('claude-code'), files);
    await shop.house.act({
      type: 'start',
      objective: 'A gate with a sluice and a lock',
      constraints: [],
      mode: 'orchestrator-first',
    });
  });

  after(() => shop.close());

  const works = (task: string, name: string): Script =>
    inOrder(
      { call: 'acknowledge_task', input: { task } },
      async () => ({
        write: join(await shop.worktreeOf(Number(task.split('.')[0])), `src/${name}.js`),
        text: `export const ${name} = 2;\n`,
      }),
      { call: 'submit_result', input: { ...resultFor(task), files: [`src/${name}.js`] } },
    );

  const arrived = async (result: number, worker: string): Promise<Step> => {
    await shop.until(`Result ${result}`, () => shop.state.results.size >= result);
    await shop.until(`The end of ${worker}`, () => !shop.terminals.isOpen(worker));
    return { call: 'review_result', input: { result } };
  };

  const approves =
    (result: number): Script =>
    (heard) => ({
      call: 'approve_result',
      input: {
        result,
        shown: /"shown":"([0-9a-f]+)"/.exec(heard.at(-1) ?? '')?.[1],
        judged: [
          { done_when: 1, pass: true, word: 'It is exported.' },
          { by_eye: 1, pass: true, word: 'It is there.' },
        ],
      },
    });

  it('T5: finishes a plan of two steps; is refused an early release, and denied every write of its own', async () => {
    await shop.join(agentOf('codex'), 'api', works('1.1', 'sluice'));
    await shop.join(agentOf('gemini'), 'web', works('2.1', 'lock'));
    const seat = await shop.lendSeat();
    await shop.seatIs('connect', seat);
    shop.agent.look.trust?.(true, shop.home, shop.top);
    assert.equal((await shop.look(mintToken(), 'orchestrator'))?.code, 'wrong-token');
    assert.equal(await shop.look(seat, 'orchestrator'), undefined);
    shop.model.script = inOrder(
      step('Sluice', 'sluice'),
      step('Lock', 'lock'),
      { call: 'release_step', input: {} },
      { call: 'dispatch_todo', input: { worker: 'api', todo: 1 } },
      { call: 'release_step', input: {} },
      { write: join(shop.top, 'src/gate.js'), text: 'Mine.\n' },
      () => arrived(1, 'api'),
      approves(1),
      { call: 'release_step', input: {} },
      { call: 'dispatch_todo', input: { worker: 'web', todo: 2 } },
      () => arrived(2, 'web'),
      approves(2),
      { call: 'handoff', input: {} },
    );
    const said = await shop.byHand(shop.agent.byHand, seat);
    seen.push(...shop.heard());
    await shop.seatIs('disconnect', seat);
    assert.equal(shop.state.seat?.guard, 'calls');
    assert.equal(git(shop.top, 'status', '--short'), '');
    assert.equal(seen.length, 13, `${said}\n${seen.join('\n')}`);
    assert.match(seen[4] ?? '', /gate-shut/);
    assert.match(seen[5] ?? '', /Lockkeeper: /);
    assert.equal(readFileSync(join(shop.top, 'src/gate.js'), 'utf8'), files['src/gate.js']);
    assert.deepEqual(shop.state.list, [], seen.join('\n'));
    assert.equal(git(shop.top, 'show', 'HEAD:src/sluice.js'), 'export const sluice = 2;');
    assert.equal(git(shop.top, 'show', 'HEAD:src/lock.js'), 'export const lock = 2;');
    assert.ok(openOrchestration(shop.state));
    assert.match(seen[12] ?? '', /COMPLETED|Added|handoff/i);
  });
});
