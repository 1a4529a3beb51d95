import assert from 'node:assert/strict';
import type { CallRow } from '../../../src/contract/callRow.ts';
import { calls } from '../../../src/contract/calls.ts';
import { connect, questionFor, resultFor, type Agent } from './clients.ts';
import { beginStep, openHouse, wirePacketFor, type House } from './house.ts';

describe('the agents’ door: each to its own', () => {
  let house: House;
  let writer: Agent;
  let scribe: Agent;
  let lead: Agent;

  beforeEach(async () => {
    house = await openHouse();
    writer = await connect(house.door.url, (await house.addWorker('Writer')).token);
    scribe = await connect(house.door.url, (await house.addWorker('Scribe')).token);
    lead = await connect(house.door.url, await house.lendSeat());
    await beginStep(house, ['Export the function total', 'Print the function report']);
  });
  afterEach(async () => {
    for (const agent of [writer, scribe, lead]) await agent.close();
    await house.close();
  });

  const tries = (): string[] =>
    house.journal
      .read(0)
      .filter(({ type }) => type === 'try-refused')
      .map(({ actor, body }) => `${actor} ${(JSON.parse(body) as { act: string }).act}`);

  it('T3: a worker’s call on the list is refused, named and recorded, whatever it is', async () => {
    await lead.done('dispatch_todo', { worker: 'Writer' });
    const before = JSON.stringify(house.desk.state.list);
    const expected: string[] = [];
    for (const [name, row] of Object.entries<CallRow>(calls)) {
      if (row.seat === 'worker') continue;
      for (const input of [
        {},
        { todo: 2, reason: 'I may', packet: wirePacketFor('Do it my way'), role: 'any' },
      ]) {
        assert.equal(await writer.refused(name, input), 'not-a-workers', name);
        if (row.act !== undefined) expected.push(`worker:1 ${row.act}`);
      }
    }
    assert.deepEqual(tries(), expected);
    assert.equal(JSON.stringify(house.desk.state.list), before);
  });

  it('T1: the orchestrator’s call for a worker’s work is refused and recorded', async () => {
    await lead.done('dispatch_todo', { worker: 'Writer' });
    for (const [name, row] of Object.entries<CallRow>(calls)) {
      if (row.seat === 'orchestrator') continue;
      assert.equal(await lead.refused(name, resultFor('1.1')), 'not-the-orchestrators', name);
    }
    assert.deepEqual(
      tries(),
      ['acknowledge', 'progress', 'request-scope', 'ask', 'submit'].map((act) => `orchestrator ${act}`),
    );
  });

  it('refuses another worker’s, an unknown and a closed task, in the same words for the first two', async () => {
    await lead.done('dispatch_todo', { worker: 'Writer' });
    for (const [name, rest] of Object.entries({
      acknowledge_task: {},
      report_progress: { text: 'half way' },
      ask_question: questionFor(''),
      submit_result: resultFor(''),
    })) {
      for (const task of ['1.1', '9.1', '1.2', '1', 'x', '1.1; drop']) {
        assert.equal(await scribe.refused(name, { ...rest, task }), 'unknown-task', `${name} ${task}`);
      }
    }
    assert.deepEqual((await scribe.done('get_task'))['standing'], 'none');
    await lead.done('withdraw_dispatch', { dispatch: 1, reason: 'another first' });
    assert.equal(await writer.refused('acknowledge_task', { task: '1.1' }), 'task-over');
    assert.equal(await writer.refused('report_progress', { task: '1.1', text: 'still at it' }), 'task-over');
  });

  it('gives nobody another worker’s question', async () => {
    await lead.done('dispatch_todo', { worker: 'Writer' });
    const { question } = await writer.done('ask_question', {
      ...questionFor('1.1'),
      recommended: '1',
      blocking: 'no',
    });
    assert.equal((await writer.done('get_answer', { question }))['state'], 'open');
    assert.equal(await scribe.refused('get_answer', { question }), 'unknown-question');
    assert.equal(await scribe.refused('get_answer', { question: 99 }), 'unknown-question');
  });

  it('P6: an incomplete question goes back once, by field, and is then asked', async () => {
    await lead.done('dispatch_todo', { worker: 'Writer' });
    const told = await writer.call('ask_question', { task: '1.1', question: 'Which format?' });
    assert.equal(told.refused, true);
    const fields = (told.data['flaws'] as { field: string }[]).map(({ field }) => field);
    assert.deepEqual(fields, ['CONTEXT', 'FILES', 'OPTIONS', 'RECOMMENDED', 'BLOCKING']);
    for (const field of fields) assert.match(told.text, new RegExp(field));
    const again = await writer.done('ask_question', { task: '1.1', revises: 1, context: 'Both are there.' });
    assert.equal(again['question'], 1);
    assert.equal((await lead.done('get_question', { question: 1 }))['state'], 'open');
  });

  it('T4: a result with parts missing goes back with every field named', async () => {
    await lead.done('dispatch_todo', { worker: 'Writer' });
    const told = await writer.call('submit_result', { task: '1.1' });
    assert.equal(told.refused, true);
    for (const field of ['OUTCOME', 'SUMMARY', 'FILES', 'PLAN-AFFECTED', 'STILL-OPEN']) {
      assert.match(told.text, new RegExp(`^- ${field}: `, 'm'));
    }
    assert.equal(house.desk.state.results.size, 0);
  });

  it('T5: an agent’s orchestrator cannot drop, bundle or override past an open item', async () => {
    await lead.done('dispatch_todo', { worker: 'Writer' });
    await writer.done('submit_result', resultFor('1.1', ['The overflow is not tested']));
    await lead.done('reconcile_todo', { todo: 3, packet: wirePacketFor('Test the overflow of total') });
    assert.equal(await lead.refused('drop_todo', { todo: 3, reason: 'informational' }), 'user-only');
    assert.equal(
      await lead.refused('move_todo', { todo: 2, before: 3, reason: 'momentum' }),
      'planned-first',
    );
    const past = { override: { todos: [3], results: [], questions: [], reason: 'go on' } };
    for (const name of ['release_step', 'close_orchestration', 'approve_result']) {
      assert.equal(await lead.refused(name, past), 'bad-arguments', name);
    }
    const gate = (await lead.done('get_status'))['gate'] as { open: boolean; count: number };
    assert.deepEqual([gate.open, gate.count], [false, 3]);
  });

  it('a worker that works by hand is marked in the status, since it answers no call', async () => {
    const runs = { kind: 'by-hand', where: 'elsewhere' } as const;
    await house.act({ type: 'add-worker', name: 'Carver', role: 'any', runs });
    await lead.done('dispatch_todo', { worker: 'Carver' });
    const live = (await lead.done('get_status'))['live'] as { worker: string; by_hand?: boolean }[];
    assert.deepEqual(
      live.map((one) => [one.worker, one.by_hand]),
      [['Carver', true]],
    );
  });

  it('a returned task comes with its rejection and the numbers of its earlier items', async () => {
    await lead.done('dispatch_todo', { worker: 'Writer' });
    await writer.done('submit_result', resultFor('1.1', ['The overflow is not tested']));
    const waiting = writer.done('get_task', { wait_seconds: 45 });
    await lead.done('reject_result', {
      result: 1,
      reason: 'No test ran',
      missing: 'npm test output',
      next: 'Run it',
    });
    const task = await waiting;
    assert.deepEqual(
      [task['standing'], task['task'], task['rejection'], task['earlier_items'], task['last_verdict']],
      [
        'returned',
        '1.2',
        { reason: 'No test ran', missing: 'npm test output', next: 'Run it' },
        [{ todo: 3, words: 'The overflow is not tested' }],
        { result: 1, verdict: 'rejected' },
      ],
    );
    assert.equal(await writer.refused('report_progress', { task: '1.1', text: 'old name' }), 'task-over');
    await writer.done('acknowledge_task', { task: '1.2' });
    assert.equal((await writer.done('get_task'))['standing'], 'working');
    const earlier = [{ todo: 3, closed: true, evidence: 'npm test: overflow passes' }];
    await writer.done('submit_result', { ...resultFor('1.2'), earlier_items: earlier });
  });
});
