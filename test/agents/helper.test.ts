import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../src/core/table.ts';
import { resultFor } from '../unit/agents/clients.ts';
import { packet } from '../unit/core/drafts.ts';
import { realAgents } from './agents.ts';
import { inOrder, type Step } from './model/script.ts';
import { Workshop } from './workshop.ts';

const files = { 'src/gate.js': 'export const gate = 1;\n', 'README.md': '# Gate\n' };
const words = { description: 'Mend it', prompt: 'Mend README.md, and nothing else.' };

/** How each starts a helper of its own, and waits for it. */
const helpers: Readonly<Record<string, Step>> = {
  'claude-code': {
    tool: 'Agent',
    input: { ...words, subagent_type: 'general-purpose', run_in_background: false },
  },
  'copilot-cli': {
    tool: 'task',
    input: { ...words, agent_type: 'general-purpose', name: 'mender', mode: 'sync' },
  },
};

for (const [id, helper] of Object.entries(helpers))
  describe(`a helper that ${id} starts by itself, really`, function () {
    this.timeout(300_000);
    const agent = realAgents.find((one) => one.id === id) ?? assert.fail(id);
    let shop: Workshop;

    before(async () => {
      shop = await Workshop.open(agent, files);
    });
    after(() => shop.close());

    it('P7: is held by the worker’s guard, and its calls are the worker’s', async () => {
      await shop.house.act({
        type: 'start',
        objective: 'A gate',
        constraints: [],
        mode: 'orchestrator-first',
      });
      await shop.register('web');
      await shop.house.act({ type: 'allow-unguarded', worker: 1 });
      const verify = ['by eye: src/gate.js is there'];
      const todo = packet('Add the sluice to the gate', { scope: ['src/'], verify });
      await shop.house.act({ type: 'add-todo', packet: todo, role: 'code' });
      const path = async (file: string): Promise<string> => join(await shop.worktreeOf(1), file);
      let heard: readonly string[] = [];
      const works = inOrder({ call: 'acknowledge_task', input: { task: '1.1' } }, helper, {
        call: 'submit_result',
        input: { ...resultFor('1.1'), files: [] },
      });
      const helps = inOrder(
        async () => ({ write: await path('README.md'), text: 'Mine now.\n' }),
        async () => ({ shell: `echo Mine > ${await path('README.md')}` }),
        async () => ({ read: await path('src/gate.js') }),
        { say: 'It is not mine to mend.' },
      );
      shop.model.script = (told) => {
        // Only the worker was told its task.
        const isWorker = shop.model.requests.at(-1)?.body.includes('You are the worker web.');
        if (isWorker) return works(told);
        heard = told;
        return helps(told);
      };
      await shop.house.act({ type: 'dispatch', worker: 1, budget: 60, calls: 1_000 });
      await shop.until('The result', () => shop.state.results.size > 0);
      await shop.ended();
      assert.match(shop.heard()[1] ?? '', /It is not mine to mend/);
      for (const told of heard.slice(0, 2))
        assert.match(told, /`README\.md` is not in the SCOPE of your task/);
      assert.match(heard[2] ?? '', /export const gate/);
      assert.equal(readFileSync(await path('README.md'), 'utf8'), files['README.md']);
      const dispatch = at(shop.state.dispatches, 1) ?? assert.fail();
      assert.equal(shop.made({ ...dispatch, results: [] }), 3 + 3);
    });
  });
