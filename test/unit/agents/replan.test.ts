import assert from 'node:assert/strict';
import { shown } from '../../rig/unchanged.ts';
import { allPass, resultFor } from './clients.ts';
import { packetFor, wirePacketFor } from './house.ts';
import { first, later, openTeam, type Team } from './walk/team.ts';

const reason = 'The totals are paid out, not summed';
const words = 'Pay the totals *out*,\n  do not sum them.';

describe('the agents’ door: a replan', function () {
  // Shorter than a wait: what has to wake and does not is seen.
  this.timeout(120_000);
  let team: Team;

  beforeEach(async () => {
    team = await openTeam();
    await team.beginWork();
  });
  afterEach(() => team.close());

  /** Hands in the live task and has it approved. */
  async function finished(task: string, affected = 'no'): Promise<void> {
    const { writer, lead } = team;
    const given = { ...resultFor(task), plan_affected: affected };
    const { result } = await writer.done('submit_result', given);
    await lead.done('approve_result', { result, shown, judged: allPass });
  }

  it('T2, T7: the user’s own ends the instruction; who waits hears all six fields as they now stand, and acknowledges anew', async () => {
    const { house, writer, lead } = team;
    await house.act({ type: 'instruct', words });
    await writer.call('get_task');
    const waiting = writer.call('get_task', { wait_seconds: 45 });
    const { notYourJob, ...rest } = packetFor('Export the function payOut', 'src/pay.ts');
    await house.act({
      type: 'replan',
      reason,
      quotes: { instruction: 1, words },
      live: [{ todo: 1, fate: 'changes', packet: { ...rest, notYourJob, priority: 'high' } }],
      answers: [],
      dropSteps: [],
      todos: [],
      add: [],
      drop: [],
      order: [],
    });
    const told = await waiting;
    assert.match(told.text, /^TASK 1\.2 \(changed\), TODO 1\n/);
    assert.match(told.text, /\nCHANGED by a replan.*: The totals are paid out, not summed\n/);
    assert.doesNotMatch(told.text, /STOP/, 'nothing stands any more');
    const wire = wirePacketFor('Export the function payOut', 'src/pay.ts');
    assert.deepEqual(told.data['packet'], { ...wire, priority: 'high' });
    assert.match(
      told.text,
      /THE USER SAID:\n- Pay the totals \*out\*/,
      'what it builds on is in its CONTEXT',
    );
    assert.equal(await writer.refused('report_progress', { task: '1.1', text: 'On it' }), 'task-over');
    assert.equal((await team.guard('writer', 'src/a.ts')).allowed, false, 'what it lost');
    await writer.done('acknowledge_task', { task: '1.2' });
    assert.equal((await team.guard('writer', 'src/pay.ts')).allowed, true, 'what it has now');
    assert.match(
      (await lead.call('sync_status')).text,
      /\n- Writer, any: working on TODO 1 “Export the function payOut”/,
    );
  });

  it('T7: “plan affected” is answered by a replan that changes a step, and by no other; or the plan stands, with a reason', async () => {
    const { lead } = team;
    await finished('1.1', 'yes: the chart needs another format');
    await lead.done('dispatch_todo', { worker: 'Writer' });
    await team.writer.done('acknowledge_task', { task: '2.1' });
    await finished('2.1', 'yes: the report needs no chart');
    assert.equal(await lead.refused('release_step'), 'gate-shut');
    const answers = [1];
    assert.equal(await lead.refused('replan', { reason, answers }), 'plan-unchanged');
    assert.equal(
      await lead.refused('replan', { reason, answers: [3], steps: [{ step: 2 }] }),
      'plan-not-affected',
    );
    const task = wirePacketFor(`${later} as numbers`, 'src/c.ts');
    await lead.done('replan', { reason, answers, steps: [{ step: 2, tasks: [task] }] });
    assert.equal(await lead.refused('release_step'), 'gate-shut');
    assert.equal(await lead.refused('plan_stands', { result: 2, reason: ' ' }), 'no-reason');
    await lead.done('plan_stands', { result: 2, reason: 'Others read the chart' });
    await lead.done('release_step');
    const { todos } = await lead.done('list_todos');
    assert.match(JSON.stringify(todos), new RegExp(`${later} as numbers`));
    assert.doesNotMatch(JSON.stringify(todos), new RegExp(first));
    const looked = [
      (await lead.call('get_result', { result: 1 })).text,
      (await lead.call('get_result', { result: 2 })).text,
    ];
    assert.match(looked[0] ?? '', /Replan 1: The totals are paid out, not summed/);
    assert.match(looked[1] ?? '', /The plan stands: Others read the chart/);
  });
});
