import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mintToken } from '../../src/agents/credentials.ts';
import type { Dispatch } from '../../src/core/state.ts';
import { at } from '../../src/core/table.ts';
import { resultFor } from '../unit/agents/clients.ts';
import { addWorker, packet } from '../unit/core/drafts.ts';
import { acpAgent } from './agents.ts';
import { inOrder, type Step } from './model/script.ts';
import { Workshop } from './workshop.ts';

const files = { 'src/gate.js': 'export const gate = 1;\n', 'README.md': '# Gate\n' };

describe('an agent that speaks ACP, really', function () {
  this.timeout(300_000);
  let shop: Workshop;

  before(async () => {
    shop = await Workshop.open(acpAgent, files);
    await shop.house.act({
      type: 'start',
      objective: 'A gate that closes',
      constraints: [],
      mode: 'orchestrator-first',
    });
    await shop.register('web');
    await shop.house.act({ type: 'allow-unguarded', worker: 1 });
    await shop.house.act(addWorker('docs', 'docs'));
    const holder = { kind: 'worker', worker: 2 } as const;
    await shop.house.act({ type: 'lock-scope', scope: ['README.md'], holder, reason: 'The words are its.' });
    const verify = ['by eye: src/sluice.js is there'];
    for (const task of ['Add the sluice to the gate', 'Add the lock to the gate'])
      await shop.house.act({
        type: 'add-todo',
        packet: packet(task, { scope: ['src/'], verify }),
        role: 'code',
      });
  });
  after(() => shop.close());

  it('T6: reads its packet, and what an editor has not saved; its write in SCOPE goes through us; its result comes', async () => {
    const path = (file: string) => async () => join(await shop.worktreeOf(1), file);
    const [gate, sluice, readme] = [path('src/gate.js'), path('src/sluice.js'), path('README.md')];
    shop.model.script = inOrder(
      { call: 'acknowledge_task', input: { task: '1.1' } },
      async () => {
        shop.unsaved.set(await gate(), 'export const gate = "not saved";\n');
        return { edit: await gate(), was: 'not saved', text: 'mended' };
      },
      async () => ({ write: await sluice(), text: 'export const sluice = 2;\n' }),
      async () => ({ write: await readme(), text: 'Mine now.\n' }),
      { shell: 'echo Mine > README.md' },
      { call: 'submit_result', input: { ...resultFor('1.1'), files: ['src/gate.js', 'src/sluice.js'] } },
    );
    await shop.house.act({ type: 'dispatch', worker: 1 });
    await shop.until('The result', () => shop.state.results.size > 0);
    await shop.ended();
    const heard = shop.heard();
    const bodies = shop.model.requests.map(({ body }) => body).join('\n');
    assert.match(bodies, /You are the worker web\..*Add the sluice to the gate/s);
    assert.equal(readFileSync(await gate(), 'utf8'), 'export const gate = "mended";\n', heard[1]);
    assert.equal(readFileSync(await sluice(), 'utf8'), 'export const sluice = 2;\n', shop.terminals.said);
    assert.equal(at(shop.state.workers, 1)?.guarded, true);
    assert.equal(readFileSync(await readme(), 'utf8'), files['README.md']);
    // A permission is refused without a word: the next prompt tells whose the file is.
    assert.match(bodies, /Lockkeeper: .*README\.md.*belongs to docs/);
    assert.match(shop.terminals.said, /README\.md.*belongs to docs/);
    const told = [...shop.logged, JSON.stringify(shop.terminals.orders), shop.terminals.said, bodies];
    for (const text of told) assert.ok(!text.includes(shop.token));
  });

  it('P7: where it asks for no permission its write itself is refused, and its model reads whose the file is', async () => {
    const file = async () => join(await shop.worktreeOf(2), 'README.md');
    const before = shop.model.requests.length;
    const bold = { ...acpAgent, more: [...acpAgent.more, '--approval-mode', 'auto_edit'] };
    await shop.register('bold', bold, mintToken());
    await shop.house.act({ type: 'allow-unguarded', worker: 3 });
    await shop.house.act({ type: 'withdraw', dispatch: 1, reason: 'Another one' });
    shop.model.script = inOrder(
      { call: 'acknowledge_task', input: { task: '2.1' } },
      async () => ({ write: await file(), text: 'Mine now.\n' }),
      { call: 'submit_result', input: { ...resultFor('2.1'), files: [] } },
    );
    await shop.house.act({ type: 'dispatch', worker: 3 });
    await shop.until('The result', () => shop.state.results.size > 1);
    await shop.ended('bold');
    const bodies = shop.model.requests.slice(before).map(({ body }) => body);
    assert.match(bodies.join('\n'), /Lockkeeper: .*README\.md.*belongs to docs/);
    assert.equal(readFileSync(await file(), 'utf8'), files['README.md']);
  });

  it('T2: Stop cancels its turn, then ends it, and its task stands as ended', async () => {
    let asked = false;
    shop.model.script = inOrder({ call: 'acknowledge_task', input: { task: '2.2' } }, () => {
      asked = true;
      return new Promise(() => undefined);
    });
    await shop.house.act({ type: 'reject', result: 2, reason: 'Again', missing: 'none', next: 'Again' });
    await shop.until('Its turn', () => asked);
    await shop.house.act({ type: 'instruct', words: 'Stop.', stop: true });
    await shop.ended('bold');
    await shop.until('The end of its task', () => at(shop.state.dispatches, 2)?.ended);
    assert.match(shop.terminals.said, /The agent stopped: cancelled\./);
  });

  it('P2: its calls are counted; at the limit it is asked for its result, and past it its turn is cancelled', async () => {
    const limit = 3;
    const file = async () => join(await shop.worktreeOf(3), 'src/lock.js');
    const happened = (type: string): boolean => shop.house.journal.read(0).some((one) => one.type === type);
    const before = { requests: shop.model.requests.length, said: shop.terminals.said.length };
    let goOn: (step: Step) => void = () => undefined;
    const waits = () => new Promise<Step>((resolve) => (goOn = resolve));
    let asked = 0;
    shop.model.script = inOrder(
      { call: 'acknowledge_task', input: { task: '3.1' } },
      async () => ({ write: await file(), text: 'export const lock = 3;\n' }),
      { call: 'check_paths', input: { paths: ['src/lock.js'] } },
      () => ((asked = 1), waits()),
      () => ((asked = 2), waits()),
    );
    await shop.house.act({ type: 'carry-on', instruction: 1 });
    await shop.house.act({ type: 'withdraw', dispatch: 2, reason: 'With a budget' });
    await shop.house.act({ type: 'dispatch', worker: 3, budget: 60, calls: limit });
    await shop.until('Its third call', () => asked === 1);
    const dispatch = (): Dispatch => at(shop.state.dispatches, 3) ?? assert.fail();
    assert.equal(shop.made(dispatch()), limit);
    await shop.sweep();
    assert.equal(dispatch().budget?.up?.calls, limit);
    goOn({ call: 'report_progress', input: { task: '3.1', text: 'The lock is in' } });
    await shop.until('The call after that', () => asked === 2);
    const bodies = shop.model.requests.slice(before.requests).map(({ body }) => body);
    assert.match(bodies.join('\n'), /The budget of this task, 3 calls, is used up\. Hand in a result now/);
    assert.equal(shop.made(dispatch()), limit + 1);
    await shop.sweep();
    assert.ok(!happened('stopped-over-budget'), 'it has its minutes for a result');
    shop.house.workspace = { ...shop.house.workspace, budgetGraceMinutes: 0 };
    await shop.sweep();
    await shop.ended('bold');
    assert.ok(happened('stopped-over-budget'));
    assert.ok(dispatch().ended);
    assert.match(shop.terminals.said.slice(before.said), /The agent stopped: cancelled\./);
  });
});
