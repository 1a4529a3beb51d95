import assert from 'node:assert/strict';
import { allPass, byHand, connect, resultFor, type Agent } from './clients.ts';
import { openHouse, wirePacketFor, type House } from './house.ts';
import { shown } from '../../rig/unchanged.ts';

const ways: Record<string, (house: House, token: string) => Promise<Agent>> = {
  'a real MCP client': (house, token) => connect(house.door.url, token, 'auto'),
  'a real MCP client of the older kind': (house, token) => connect(house.door.url, token, 'legacy'),
  'requests of 2025-06-18 without a version header': (house, token) =>
    Promise.resolve(byHand(house, token, '2025-06-18')),
  'stateless requests of 2026-07-28': (house, token) => Promise.resolve(byHand(house, token, '2026-07-28')),
};

for (const [way, open] of Object.entries(ways)) {
  describe(`the main job over ${way}`, () => {
    let house: House;
    let lead: Agent;
    let worker: Agent;

    before(async () => {
      house = await openHouse();
      await house.act({
        type: 'start',
        objective: 'Sum the totals',
        constraints: [],
        mode: 'orchestrator-first',
      });
      const { token } = await house.addWorker('Writer');
      worker = await open(house, token);
      lead = await open(house, await house.lendSeat());
    });

    after(async () => {
      await worker.close();
      await lead.close();
      await house.close();
    });

    it('T5: goes from release to the next release only through the reconciled and finished open item', async () => {
      const first = { title: 'Totals', role: 'any', tasks: [wirePacketFor('Export the function total')] };
      await lead.done('add_step', first);
      await lead.done('add_step', {
        title: 'Report',
        role: 'any',
        tasks: [wirePacketFor('Print the report', 'src/report.ts')],
      });
      assert.equal((await lead.done('get_status'))['next'], 'release_step 1.');
      await lead.done('release_step');
      await lead.done('dispatch_todo', { worker: 'writer', todo: 1 });

      const task = await worker.done('get_task');
      assert.equal(task['standing'], 'new');
      assert.equal(task['task'], '1.1');
      await worker.done('acknowledge_task', { task: '1.1' });

      const asked = await worker.done('ask_question', {
        task: '1.1',
        question: 'Which of the two roundings is to be kept?',
        context: 'Both are used in src/a.ts.',
        files: ['src/a.ts:3'],
        options: ['Round half up', 'Round half even'],
        recommended: 'Round half even',
        blocking: true,
      });
      const waiting = worker.done('get_answer', { question: asked['question'], wait_seconds: 45 });
      await lead.done('answer_question', {
        question: asked['question'],
        chosen: 'Round half even',
        rationale: 'The bank does it so.',
        constraints: 'none',
        next_step: 'Go on with the TASK.',
      });
      const answer = await waiting;
      assert.equal(answer['state'], 'answered');
      assert.equal(answer['chosen'], 'Round half even');

      const sent = await worker.done(
        'submit_result',
        resultFor('1.1', ['The overflow of total is not tested yet']),
      );
      assert.deepEqual(sent['items'], [2]);
      assert.equal((await worker.done('get_task'))['standing'], 'in-review');
      const verdict = worker.done('get_task', { wait_seconds: 45 });
      await lead.done('approve_result', { shown, result: sent['result'], judged: allPass });
      assert.deepEqual((await verdict)['last_verdict'], { result: 1, verdict: 'approved' });

      assert.equal(await lead.refused('release_step'), 'gate-shut');
      assert.equal(await lead.refused('dispatch_todo', { worker: 1 }), 'unreconciled');
      await lead.done('reconcile_todo', { todo: 2, packet: wirePacketFor('Test the overflow of total') });
      await lead.done('dispatch_todo', { worker: 1, todo: 2 });
      const second = await worker.done('get_task', { wait_seconds: 45 });
      assert.equal(second['task'], '2.1');
      const last = await worker.done('submit_result', resultFor('2.1'));
      assert.deepEqual(last['items'], []);
      await lead.done('approve_result', { shown, result: last['result'], judged: allPass });
      await lead.done('release_step');
      assert.equal((await lead.done('list_plan'))['total'], 2);
      const handoff = await lead.call('handoff');
      assert.match(handoff.text, /^## \[Unreleased\]\n.*\n## PENDING\n.*\n## RISKS\n.*\n## NEXT\n/ms);
      assert.match(handoff.text, /\(TODO 1, result 1 by Writer; not committed\)/);
    });
  });
}
