import assert from 'node:assert/strict';
import { connect, questionFor, resultFor, type Agent } from './clients.ts';
import { beginStep, openHouse, wirePacketFor, type House } from './house.ts';

describe('the agents’ door: a call that comes twice', () => {
  let house: House;
  let worker: Agent;
  let lead: Agent;

  beforeEach(async () => {
    house = await openHouse();
    worker = await connect(house.door.url, (await house.addWorker('Writer')).token);
    lead = await connect(house.door.url, await house.lendSeat());
    await beginStep(house, ['Export the function total']);
    await lead.done('dispatch_todo', { worker: 1 });
  });
  afterEach(async () => {
    await worker.close();
    await lead.close();
    await house.close();
  });

  const events = (): string[] => house.journal.read(0).map(({ type }) => type);
  const question = questionFor('1.1');

  it('has its effect once and gets the first answer again, though the worker gave no id', async () => {
    const writes: [string, Record<string, unknown>][] = [
      ['acknowledge_task', { task: '1.1' }],
      ['report_progress', { task: '1.1', text: 'half way' }],
      ['ask_question', question],
      ['submit_result', resultFor('1.1', ['The overflow is not tested'])],
    ];
    for (const [name, input] of writes) {
      const first = await worker.done(name, input);
      const before = events();
      assert.deepEqual(await worker.done(name, input), first, name);
      assert.deepEqual(events(), before, name);
    }
    const together = await Promise.all(
      [1, 2, 3, 4].map(() => worker.done('submit_result', resultFor('1.1', ['The overflow is not tested']))),
    );
    for (const one of together) assert.deepEqual([one['result'], one['items']], [1, [2]]);
    assert.equal(house.desk.state.results.size, 1);
  });

  it('has its effect once by call_id, and the same id with another body is refused', async () => {
    const first = await worker.done('report_progress', { task: '1.1', text: 'half way', call_id: 'a' });
    assert.deepEqual(
      await worker.done('report_progress', { task: '1.1', text: 'half way', call_id: 'a' }),
      first,
    );
    assert.equal(
      await worker.refused('report_progress', { task: '1.1', text: 'all done', call_id: 'a' }),
      'command-reused',
    );
    assert.equal(events().filter((type) => type === 'progressed').length, 1);
    await worker.done('report_progress', { task: '1.1', text: 'half way', call_id: 'b' });
    assert.equal(events().filter((type) => type === 'progressed').length, 2);

    const added = {
      packet: wirePacketFor('Print the report', 'src/report.ts'),
      role: 'any',
      because: { kind: 'result', number: 1 },
    };
    await worker.done('submit_result', resultFor('1.1'));
    const todo = await lead.done('add_todo', { ...added, call_id: 'a' });
    assert.equal((await lead.done('add_todo', { ...added, call_id: 'a' }))['todo'], todo['todo']);
    assert.equal(await lead.refused('add_todo', { ...added, role: 'other', call_id: 'a' }), 'command-reused');
    assert.equal(house.desk.state.todos.size, 2);
  });

  it('brings an orchestrator’s write without an id twice, as it asks twice', async () => {
    const step = {
      title: 'Report',
      role: 'any',
      tasks: [wirePacketFor('Print the report', 'src/report.ts')],
    };
    assert.deepEqual(
      [(await lead.done('add_step', step))['step'], (await lead.done('add_step', step))['step']],
      [2, 3],
    );
  });

  it('is another call after the task came back under a new name', async () => {
    await worker.done('submit_result', resultFor('1.1'));
    await lead.done('reject_result', {
      result: 1,
      reason: 'No test ran',
      missing: 'its output',
      next: 'Run npm test',
    });
    const again = await worker.done('submit_result', resultFor('1.2'));
    assert.equal(again['result'], 2);
  });

  it('brings the answers given meanwhile, though the progress itself is an old one', async () => {
    const { question: n } = await worker.done('ask_question', question);
    const before = await worker.done('report_progress', { task: '1.1', text: 'half way' });
    assert.deepEqual(
      (before['questions'] as { state: string }[]).map(({ state }) => state),
      ['open'],
    );
    await lead.done('answer_question', {
      question: n,
      chosen: 'a table',
      rationale: 'It is read by people.',
      constraints: 'none',
      next_step: 'Go on with the TASK.',
    });
    const after = await worker.call('report_progress', { task: '1.1', text: 'half way' });
    assert.deepEqual(
      (after.data['questions'] as { chosen: string }[]).map(({ chosen }) => chosen),
      ['a table'],
    );
    assert.match(after.text, /ANSWER 1: a table/);
  });
});
