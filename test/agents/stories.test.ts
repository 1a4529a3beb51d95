import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mintToken } from '../../src/agents/credentials.ts';
import { profileOf } from '../../src/agents/profiles/profiles.ts';
import { todoWords } from '../../src/core/labels.ts';
import { at } from '../../src/core/table.ts';
import { addWorker, answer, judged, packet } from '../unit/core/drafts.ts';
import { resultFor } from '../unit/agents/clients.ts';
import { git } from '../unit/git/given.ts';
import { approval } from '../unit/git/house.ts';
import { realAgents } from './agents.ts';
import { holdsOfAllOfIt } from './ending.ts';
import { inOrder } from './model/script.ts';
import { Workshop } from './workshop.ts';

const files = {
  'src/gate.js': 'export const gate = 1;\n',
  'README.md': '# Gate\n',
  'tools/name.sh': 'echo Mine > README.md\n',
};
const byEye = { what: 'by-eye', line: 1, pass: true, word: 'It is there.' };
const item = 'README.md does not name the sluice';

for (const agent of realAgents) {
  describe(`${agent.id}, really`, function () {
    this.timeout(300_000);
    let shop: Workshop;
    const { atTheEnd } = holdsOfAllOfIt(() => shop);

    before(async () => {
      shop = await Workshop.open(agent, files);
      shop.house.workspace = { ...shop.house.workspace, budgetMinutes: 60, budgetCalls: 1_000 };
      await shop.house.act({
        type: 'start',
        objective: 'A gate',
        constraints: [],
        mode: 'orchestrator-first',
      });
      await shop.register('web');
    });

    after(() => shop.close());

    /** The calls that its hook counted since the dispatch had this many results. */
    const counted = (n: number, results: number): number => {
      const dispatch = at(shop.state.dispatches, n) ?? assert.fail();
      return shop.made({ ...dispatch, results: dispatch.results.slice(0, results) });
    };

    it('is connected by what is written for it, speaks and is guarded; disconnected, all is as it was', async () => {
      const mine = join(shop.top, agent.settings.file);
      mkdirSync(dirname(mine), { recursive: true });
      writeFileSync(mine, agent.settings.text);
      shop.write('connect');
      shop.model.script = inOrder(
        { call: 'get_task', input: {} },
        { write: join(shop.top, 'README.md'), text: 'Mine.\n' },
      );
      const said = await shop.byHand(agent.byHand);
      const heard = shop.heard();
      assert.match(heard[0] ?? '', /You have no task|"task":null/, said);
      assert.match(heard[0] ?? '', /call get_task with wait_seconds 45/);
      assert.match(heard[1] ?? '', /Lockkeeper: .*no task/s, said);
      assert.equal(readFileSync(join(shop.top, 'README.md'), 'utf8'), files['README.md']);
      assert.equal(at(shop.state.workers, 1)?.guarded, true);
      shop.write('disconnect');
      assert.equal(readFileSync(mine, 'utf8'), agent.settings.text);
      assert.equal(git(shop.top, 'status', '--short', '--untracked-files=all'), `?? ${agent.settings.file}`);
      rmSync(mine);
    });

    it('P2: its own look for its servers is heard, or it is told why not: no trust, switched off, a wrong token', async () => {
      shop.write('connect');
      const { trust, off, calls } = agent.look;
      const told = async (token?: string): Promise<string | undefined> => (await shop.look(token))?.code;
      if (trust) {
        trust(false, shop.home, shop.top);
        assert.equal(await told(), 'not-trusted');
        trust(true, shop.home, shop.top);
      }
      off(true, shop.home, shop.top);
      assert.equal(await told(), 'switched-off');
      off(false, shop.home, shop.top);
      // Who only lists its servers is heard with its first call.
      assert.equal(await told(mintToken()), calls ? 'wrong-token' : 'not-heard');
      assert.equal(await told(), calls ? undefined : 'not-heard');
      shop.write('disconnect');
    });

    it('P2: its hook gone, broken or not trusted: unguarded with its next call, and a dispatch to it asks', async () => {
      await shop.house.act({
        type: 'add-todo',
        packet: packet('Add the sluice to the gate', {
          scope: ['src/'],
          verify: ['by eye: src/sluice.js is there'],
        }),
        role: 'code',
      });
      shop.model.script = inOrder({ call: 'get_task', input: {} });
      const known = await shop.known();
      const calls = async (guarded: boolean, args = agent.byHand): Promise<void> => {
        const first = shop.place().firstCall(known, 1);
        const said = await shop.byHand(args);
        assert.equal((await first)?.code, guarded ? undefined : 'hook-skipped', said);
        assert.match(shop.heard()[0] ?? '', /"task":null|You have no task/, said);
        assert.equal(at(shop.state.workers, 1)?.guarded, guarded, said);
        if (guarded) return;
        const reply = await shop.house.submit({ type: 'dispatch', worker: 1 });
        assert.equal(reply.ok ? '' : reply.refusal.code, 'unguarded');
      };
      const written = shop.write('connect');
      const { path, after = '' } =
        written.find((change) => change.after?.includes('guard unavailable')) ?? assert.fail();
      await calls(true);
      writeFileSync(
        path,
        after.replace(JSON.stringify(shop.facts.hook), JSON.stringify(agent.broken ?? 'exit 1')),
      );
      await calls(false);
      writeFileSync(path, after);
      await calls(true);
      if (agent.untrusted) await calls(false, agent.untrusted);
      await calls(true);
      shop.write('disconnect', 'hook');
      await calls(false);
      shop.write('disconnect');
      await shop.house.act({ type: 'allow-unguarded', worker: 1 });
    });

    it('takes a TODO, asks, hears the answer, and hands in a result whose open item is the next TODO', async () => {
      let worktree = '';
      shop.model.script = inOrder(
        { call: 'acknowledge_task', input: { task: '1.1' } },
        {
          call: 'ask_question',
          input: {
            task: '1.1',
            question: 'Which of the two names?',
            context: 'Both stand in the code.',
            files: ['src/gate.js:1'],
            options: ['sluice', 'gate'],
            recommended: 'gate',
            blocking: true,
          },
        },
        { call: 'get_answer', input: { question: 1, wait_seconds: 45 } },
        () => ({ read: join(worktree, 'src/gate.js') }),
        () => ({ write: join(worktree, 'src/sluice.js'), text: 'export const sluice = 2;\n' }),
        { call: 'submit_result', input: { ...resultFor('1.1', [item]), files: ['src/sluice.js'] } },
      );
      await shop.house.act({ type: 'dispatch', worker: 1 });
      worktree = await shop.worktreeOf(1);
      await shop.until('The question', () => shop.state.questions.size > 0);
      await shop.house.act({ type: 'answer', question: 1, answer } as never);
      await shop.until('The result', () => shop.state.results.size > 0);
      await shop.ended();
      assert.match(shop.heard()[2] ?? '', /gate/);
      assert.match(shop.heard()[3] ?? '', /export const gate/);
      assert.equal(counted(1, 0), 6);
      assert.equal(readFileSync(join(worktree, 'src/sluice.js'), 'utf8'), 'export const sluice = 2;\n');
      const approved = await approval(shop.house, { judged: [...judged, byEye] });
      assert.ok(approved.ok, JSON.stringify(approved));
      assert.equal(git(shop.top, 'show', 'HEAD:src/sluice.js'), 'export const sluice = 2;');
      assert.equal(git(shop.top, 'show', '--name-only', '--format=', 'HEAD'), 'src/sluice.js');
      const open = at(shop.state.todos, 2) ?? assert.fail();
      assert.equal(todoWords(open), item);
    });

    it('P7: is denied another’s file by its own edit tool, reads whose it is, and asks for it', async () => {
      await shop.house.act(addWorker('docs', 'docs'));
      const holder = { kind: 'worker', worker: 2 } as const;
      await shop.house.act({
        type: 'lock-scope',
        scope: ['README.md'],
        holder,
        reason: 'The words are its.',
      });
      const words = packet('Name the sluice where it is told', {
        scope: ['src/'],
        verify: ['by eye: src/gate.js names the sluice'],
      });
      await shop.house.act({ type: 'reconcile', todo: 2, role: 'code', packet: words } as never);
      const readme = async (): Promise<string> => join(await shop.worktreeOf(2), 'README.md');
      shop.model.script = inOrder(
        { call: 'acknowledge_task', input: { task: '2.1' } },
        async () => ({ write: await readme(), text: 'Mine now.\n' }),
        { call: 'request_scope', input: { task: '2.1', paths: ['README.md'], reason: 'It is told there.' } },
        async () => {
          assert.equal(readFileSync(await readme(), 'utf8'), files['README.md']);
          // What a script does gets past the guard.
          return {
            shell: 'sh tools/name.sh; echo ${#LOCKKEEPER_TOKEN} letters, ${SECRET_OF_MINE:-no secret}',
          };
        },
        { call: 'submit_result', input: { ...resultFor('2.1'), files: [] } },
      );
      await shop.house.act({ type: 'dispatch', worker: 1 });
      await shop.until('The result', () => shop.state.results.size > 1);
      await shop.ended();
      assert.match(shop.heard()[1] ?? '', /docs/);
      assert.equal(shop.state.requests.size, 1);
      const letters = profileOf(agent.id)?.launch?.hidesToken ? 0 : shop.token.length;
      // What the person has in the environment is not the agent's, but for what its profile names.
      assert.ok(shop.heard()[3]?.includes(`${letters} letters, no secret`), shop.heard()[3]);
      // What its hook denied was a call too.
      assert.equal(counted(2, 0), 5);
    });

    it('P8: what its shell wrote past the guard is seen at review, and cannot be approved', async () => {
      const seen = await shop.house.outside.reviews.measure(2);
      assert.ok('measured' in seen);
      const { shown } = seen.measured;
      const judgement = [...judged, byEye];
      const reply = await shop.house.submit({
        type: 'approve',
        result: 2,
        shown,
        judged: judgement,
      } as never);
      assert.ok(!reply.ok);
      assert.match(reply.refusal.sentence, /README\.md/);
    });

    it('T2: an instruction in mid-work parks it at its next call, in the user’s words', async () => {
      const user = 'Call it a lock from now on, not a sluice.';
      shop.model.script = inOrder({ call: 'acknowledge_task', input: { task: '2.2' } }, async () => {
        await shop.house.act({ type: 'instruct', words: user });
        return { call: 'report_progress', input: { task: '2.2', text: 'Half of it stands.' } };
      });
      await shop.house.act({
        type: 'reject',
        result: 2,
        reason: 'README.md',
        missing: 'none',
        next: 'Undo it',
      });
      await shop.until('The instruction', () => shop.state.instructed.length > 0);
      await shop.ended();
      assert.ok(shop.heard()[1]?.includes(user), shop.heard()[1]);
      assert.equal(counted(2, 1), 2);
      await shop.house.act({ type: 'carry-on', instruction: 1 });
    });

    it('the endpoint goes and comes back in mid-work: it goes on, and nothing is lost or doubled', async () => {
      const before = shop.state.results.size;
      shop.model.script = inOrder(
        { call: 'report_progress', input: { task: '2.2', text: 'README.md is as it was.' } },
        async () => {
          await shop.restart();
          return { shell: 'git checkout -- README.md' };
        },
        { call: 'submit_result', input: { ...resultFor('2.2'), files: [] } },
        { call: 'submit_result', input: { ...resultFor('2.2'), files: [] } },
      );
      await shop.house.act({ type: 'relaunch', dispatch: 2 });
      await shop.until('The result', () => shop.state.results.size > before);
      await shop.ended();
      assert.equal(shop.state.results.size, before + 1);
      // A relaunch gives nothing.
      assert.equal(counted(2, 1), 2 + 4);
    });

    it('P2: at the limit of its calls it is asked for its result with what is still open; past it it is stopped', async () => {
      const limit = 3;
      let early = true;
      const happened = (type: string): boolean => shop.house.journal.read(0).some((one) => one.type === type);
      shop.model.script = inOrder(
        { call: 'acknowledge_task', input: { task: '3.1' } },
        async () => ({ read: join(await shop.worktreeOf(3), 'src/gate.js') }),
        { shell: 'ls src' },
        async () => {
          await shop.sweep();
          return { call: 'report_progress', input: { task: '3.1', text: 'Half of it stands.' } };
        },
        async () => {
          await shop.sweep();
          early = happened('stopped-over-budget');
          shop.house.workspace = { ...shop.house.workspace, budgetGraceMinutes: 0 };
          await shop.sweep();
          return new Promise(() => undefined);
        },
      );
      await shop.house.act({ type: 'withdraw', dispatch: 2, reason: 'With a budget' });
      await shop.house.act({ type: 'dispatch', worker: 1, budget: 60, calls: limit });
      await shop.until('The end of its time', () => happened('stopped-over-budget'));
      await shop.ended();
      await shop.until('The end of its task', () => at(shop.state.dispatches, 3)?.ended);
      assert.equal(at(shop.state.dispatches, 3)?.budget?.up?.calls, limit);
      assert.equal(counted(3, 0), limit + 1);
      assert.ok(!early, 'it has its minutes for a result');
      assert.match(
        shop.heard()[3] ?? '',
        /The budget of this task, 3 calls, is used up\. Hand in a result now, .*What is still open/,
      );
    });

    atTheEnd();
  });
}
