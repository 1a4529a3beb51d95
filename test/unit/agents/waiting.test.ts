import assert from 'node:assert/strict';
import { request } from 'node:http';
import { allPass, connect, resultFor, type Agent } from './clients.ts';
import { beginStep, openHouse, type House } from './house.ts';
import { olderCall, raw } from './raw.ts';
import { shown } from '../../rig/unchanged.ts';

describe('the agents’ door: waiting for news', function () {
  // Shorter than a wait: what has to wake and does not is seen.
  this.timeout(120_000);
  let house: House;
  let token: string;
  let worker: Agent;
  let lead: Agent;

  beforeEach(async () => {
    house = await openHouse();
    ({ token } = await house.addWorker('Writer'));
    worker = await connect(house.door.url, token);
    lead = await connect(house.door.url, await house.lendSeat());
    await beginStep(house, ['Export the function total', 'Print the function report']);
  });
  afterEach(async () => {
    await worker.close();
    await lead.close();
    await house.close();
  });

  /** Begins a call and goes on once it has come in. */
  const wait = async (
    name: string,
    input: Record<string, unknown> = {},
  ): Promise<Promise<Record<string, unknown>>[]> => {
    const before = house.contacts.length;
    const told = worker.done(name, { ...input, wait_seconds: 45 });
    while (house.contacts.length === before) await new Promise(setImmediate);
    return [told];
  };

  const beginWait = (): ReturnType<typeof request> => {
    const text = JSON.stringify(olderCall('get_task', { wait_seconds: 45 }));
    const waiting = request({
      host: '127.0.0.1',
      port: house.door.port,
      path: '/mcp',
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'content-length': Buffer.byteLength(text),
      },
    });
    waiting.on('error', () => undefined);
    waiting.end(text);
    return waiting;
  };

  it('wakes for a dispatch, for a verdict, for a return and for a withdrawal', async () => {
    const [dispatched] = await wait('get_task');
    await lead.done('dispatch_todo', { worker: 1 });
    assert.equal((await dispatched)?.['standing'], 'new');

    await worker.done('submit_result', resultFor('1.1'));
    const [rejected] = await wait('get_task');
    await lead.done('reject_result', {
      result: 1,
      reason: 'No test ran',
      missing: 'its output',
      next: 'Run npm test',
    });
    assert.equal((await rejected)?.['standing'], 'returned');

    await worker.done('submit_result', resultFor('1.2'));
    const [withdrawn] = await wait('get_task');
    await lead.done('withdraw_dispatch', { dispatch: 1, reason: 'Another first' });
    assert.deepEqual((await withdrawn)?.['last_verdict'], { result: 2, verdict: 'withdrawn' });
  });

  it('tells a verdict that came before the worker asked for it, once', async () => {
    await lead.done('dispatch_todo', { worker: 1 });
    await worker.done('submit_result', resultFor('1.1'));
    await lead.done('approve_result', { shown, result: 1, judged: allPass });
    const told = await worker.done('get_task', { wait_seconds: 45 });
    assert.deepEqual(told['last_verdict'], { result: 1, verdict: 'approved' });
    const [next] = await wait('get_task');
    await lead.done('dispatch_todo', { worker: 1 });
    assert.equal((await next)?.['task'], '2.1');
  });

  it('wakes for an answer, a return and a question that became moot', async () => {
    await lead.done('dispatch_todo', { worker: 1 });
    const question = (text: string): Record<string, unknown> => ({
      task: '1.1',
      question: text,
      context: 'Both are there.',
      files: [],
      options: ['a table', 'a list'],
      recommended: 'a table',
      blocking: false,
    });
    await worker.done('ask_question', question('Which of the two formats?'));
    await worker.done('ask_question', question('Which of the two colours?'));
    const [returned] = await wait('get_answer', { question: 1 });
    await lead.done('return_question', {
      question: 1,
      missing: [{ field: 'CONTEXT', why: 'Which formats?' }],
    });
    assert.equal((await returned)?.['state'], 'returned');
    const [moot] = await wait('get_answer', { question: 2 });
    await lead.done('withdraw_dispatch', { dispatch: 1, reason: 'Another first' });
    assert.equal((await moot)?.['state'], 'moot');
  });

  it('ends when its connection does, and takes no verdict with it', async () => {
    await lead.done('dispatch_todo', { worker: 1 });
    await worker.done('submit_result', resultFor('1.1'));
    house.contacts.length = 0;
    const waits = Array.from({ length: 16 }, () => beginWait());
    while (house.contacts.length < 16) await new Promise(setImmediate);
    const call = { token, body: olderCall('get_task') };
    assert.equal((await raw(house, call)).status, 429, 'all that may wait do');
    for (const wait of waits) wait.destroy();
    while ((await raw(house, call)).status === 429) await new Promise(setImmediate);
    await lead.done('approve_result', { shown, result: 1, judged: allPass });
    const told = await worker.done('get_task', { wait_seconds: 45 });
    assert.deepEqual(told['last_verdict'], { result: 1, verdict: 'approved' });
    assert.equal(told['standing'], 'none');
  });

  it('ends when the door closes, and the worker finds it again at the same place', async () => {
    const waiting = worker.call('get_task', { wait_seconds: 45 });
    while (house.contacts.length === 0) await new Promise(setImmediate);
    const { port } = house.door;
    await house.door.close();
    await assert.rejects(waiting);
    const { openDoor } = await import('../../../src/agents/endpoint.ts');
    const log = { info: () => undefined, warn: () => undefined };
    const again = await openDoor({
      desk: house.desk,
      clock: () => house.now,
      port,
      log,
      onContact: () => undefined,
    });
    assert.equal(again.port, port);
    assert.equal((await worker.done('get_task'))['standing'], 'none');
    await again.close();
  });
});
