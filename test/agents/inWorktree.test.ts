import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../src/core/table.ts';
import { resultFor } from '../unit/agents/clients.ts';
import { judged, packet } from '../unit/core/drafts.ts';
import { git } from '../unit/git/given.ts';
import { approval, measured } from '../unit/git/house.ts';
import { realAgents, type RealAgent } from './agents.ts';
import { inOrder } from './model/script.ts';
import { Workshop } from './workshop.ts';

const files = { 'src/gate.js': 'export const gate = 1;\n', 'README.md': '# Gate\n' };
const byEye = { what: 'by-eye', line: 1, pass: true, word: 'It is there.' };

for (const agent of realAgents)
  describe(`${agent.id}, started by hand in the worktree of its task, really`, function () {
    this.timeout(300_000);
    let shop: Workshop;

    before(async () => {
      shop = await Workshop.open(agent, files);
    });
    after(() => shop.close());

    it('P8: finds its task and is guarded by what was connected in the open folder; its change holds the work alone', async () => {
      await shop.house.act({
        type: 'start',
        objective: 'A gate',
        constraints: [],
        mode: 'orchestrator-first',
      });
      // What it is started with at the dispatch ends at once: the person starts the agent.
      const ends: RealAgent = { ...agent, id: 'command', program: process.execPath, more: ['-e', '0'] };
      await shop.register('web', ends);
      await shop.house.act({ type: 'allow-unguarded', worker: 1 });
      shop.write('connect');
      const verify = ['by eye: src/sluice.js is there'];
      const todo = packet('Add the sluice to the gate', { scope: ['src/'], verify });
      await shop.house.act({ type: 'add-todo', packet: todo, role: 'code' });
      await shop.house.act({ type: 'dispatch', worker: 1 });
      await shop.until('The end of what was started', () => at(shop.state.dispatches, 1)?.ended);
      await shop.ended();
      const worktree = await shop.worktreeOf(1);
      assert.deepEqual(git(worktree, 'status', '--porcelain', '--ignored'), '');
      agent.settle(shop.home, worktree, shop.model.url);
      shop.model.script = inOrder(
        { call: 'get_task', input: {} },
        { call: 'acknowledge_task', input: { task: '1.1' } },
        { write: join(worktree, 'README.md'), text: 'Mine now.\n' },
        { write: join(worktree, 'src/sluice.js'), text: 'export const sluice = 1;\n' },
        { call: 'submit_result', input: { ...resultFor('1.1'), files: ['src/sluice.js'] } },
      );
      assert.equal(await shop.openShell(1), true);
      await shop.ended();
      const heard = shop.heard();
      assert.match(heard[0] ?? '', /Add the sluice to the gate/, shop.terminals.said);
      assert.match(heard[2] ?? '', /`README\.md` is not in the SCOPE of your task/);
      assert.equal(at(shop.state.workers, 1)?.guarded, true);
      assert.equal(readFileSync(join(worktree, 'README.md'), 'utf8'), files['README.md']);
      assert.equal(git(worktree, 'status', '--porcelain', '--untracked-files=all'), '?? src/sluice.js');
      assert.equal(shop.state.results.size, 1);
      const { files: changed } = await measured(shop.house);
      assert.deepEqual(
        changed.map(({ path }) => path),
        ['src/sluice.js'],
      );
      const reply = await approval(shop.house, { judged: [...judged, byEye] });
      assert.ok(reply.ok, JSON.stringify(reply));
      assert.equal(git(shop.top, 'show', '--name-only', '--format=', 'HEAD'), 'src/sluice.js');
      await shop.until('The end of its worktree', () => !existsSync(worktree));
    });
  });
