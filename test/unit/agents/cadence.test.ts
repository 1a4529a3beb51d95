import assert from 'node:assert/strict';
import { Desk } from '../../../src/desk/desk.ts';
import { openDoor } from '../../../src/agents/endpoint.ts';
import { connect, questionFor, resultFor, type Agent } from './clients.ts';
import { beginStep, openHouse, type House } from './house.ts';

describe('the agents’ door: cadence', function () {
  // Shorter than a wait: what has to wake and does not is seen.
  this.timeout(120_000);
  let house: House;
  let token: string;
  let writer: Agent;
  let lead: Agent;
  let other: Agent | undefined;

  beforeEach(async () => {
    house = await openHouse();
    ({ token } = await house.addWorker('Writer'));
    writer = await connect(house.door.url, token);
    lead = await connect(house.door.url, await house.lendSeat());
    await beginStep(house, ['Export the function total', 'Print the function report']);
    await lead.done('dispatch_todo', { worker: 'Writer' });
    await writer.done('acknowledge_task', { task: '1.1' });
  });
  afterEach(async () => {
    for (const agent of [writer, lead, other]) await agent?.close();
    other = undefined;
    await house.close();
  });

  const feedback = (words: string): Promise<unknown> => lead.done('feedback', { dispatch: 1, words });
  const goSilent = (): Promise<unknown> =>
    house.act({ type: 'note-silent', dispatch: 1, lastContact: 1 }, { seat: 'keeper' });
  const count = (text: string, words: string): number => text.split(words).length - 1;

  it('P10: feedback rides on the answer to the next act, together, in order, and once', async () => {
    await feedback('The name is good.');
    await feedback('Mind the tests.');
    const progress = { task: '1.1', text: 'Half of it is in' };
    const first = await writer.call('report_progress', progress);
    assert.match(first.text, /FEEDBACK 1: The name is good\.\nFEEDBACK 2: Mind the tests\.$/);
    assert.equal(first.data['messages'], 'FEEDBACK 1: The name is good.\nFEEDBACK 2: Mind the tests.');
    const next = await writer.call('report_progress', { ...progress, text: 'More of it is in' });
    assert.equal(count(next.text, 'FEEDBACK'), 0);
    // The task is where one who forgot reads all of it again.
    const task = await writer.call('get_task');
    assert.match(
      task.text,
      /SAID TO YOU BEFORE:\nFEEDBACK 1: The name is good\.\nFEEDBACK 2: Mind the tests\./,
    );
    assert.equal(count(task.text, 'FEEDBACK 1'), 1);
  });

  it('P10: the same call again, after a lost answer and after a restart, brings the same feedback again', async () => {
    await feedback('The name is good.');
    const progress = { task: '1.1', text: 'Half of it is in', call_id: 'one' };
    const first = await writer.call('report_progress', progress);
    assert.equal((await writer.call('report_progress', progress)).text, first.text);
    await feedback('Mind the tests.');
    assert.equal((await writer.call('report_progress', progress)).text, first.text);

    const desk = new Desk(house.journal, () => house.now);
    const log = { info: () => undefined, warn: () => undefined };
    const door = await openDoor({ desk, clock: () => house.now, log, onContact: () => undefined });
    const again = await connect(door.url, token);
    try {
      assert.equal((await again.call('report_progress', progress)).text, first.text);
      const { text } = await again.call('report_progress', { ...progress, call_id: 'two' });
      assert.equal(count(text, 'The name is good'), 0);
      assert.match(text, /FEEDBACK 2: Mind the tests\.$/);
    } finally {
      await again.close();
      await door.close();
      desk.dispose();
    }
  });

  it('P10: it rides on a refusal too, and on every act of a worker', async () => {
    for (const [name, input] of [
      ['report_progress', { task: '9.1', text: 'x' }],
      ['ask_question', questionFor('1.1')],
      ['request_scope', { task: '1.1', paths: ['src/b.ts'], reason: 'It is used there' }],
      ['submit_result', { ...resultFor('1.1'), outcome: 'blocked', still_open: ['All of it'] }],
    ] as const) {
      await feedback(`Said before ${name}`);
      const { text } = await writer.call(name, input);
      assert.equal(count(text, `Said before ${name}`), 1, `${name}: ${text}`);
    }
  });

  it('P5: a nudge wakes whoever waits, and says why; feedback wakes nobody', async () => {
    await writer.done('ask_question', { ...questionFor('1.1'), blocking: 'no' });
    const before = house.contacts.length;
    let isOver = false;
    const waiting = writer.call('get_answer', { question: 1, wait_seconds: 45 });
    void waiting.finally(() => (isOver = true));
    while (house.contacts.length === before) await new Promise(setImmediate);
    await feedback('Mind the tests.');
    assert.equal(isOver, false);
    await goSilent();
    assert.equal(isOver, false);
    await lead.done('nudge', { dispatch: 1, reason: 'The release waits for you alone' });
    assert.match((await waiting).text, /^NUDGE: call get_task now/);
    const task = await writer.call('get_task');
    assert.match(task.text, /FEEDBACK 1: Mind the tests\.\nNUDGE 2: The release waits for you alone/);
    assert.doesNotMatch(task.text, /SAID TO YOU BEFORE/);
  });

  it('P10: a checkpoint reaches the seat that waits for one, and one that came in between too', async () => {
    const waits = { wait_seconds: 45 };
    await lead.call('list_inbox');
    await writer.done('report_progress', { task: '1.1', text: 'Half of it is in' });
    const waiting = lead.call('list_inbox', waits);
    await writer.done('ask_question', questionFor('1.1'));
    assert.match((await waiting).text, /- question 1/);
    await goSilent();
    assert.match((await lead.call('list_inbox', waits)).text, /- silent 1/);
    const last = lead.call('list_inbox', waits);
    await house.act({ type: 'instruct', words: 'Stop' });
    assert.match((await last).text, /The user says/);
  });

  it('P1: the seat is told in few lines how all of it stands, and no worker is', async () => {
    const told = await lead.call('sync_status');
    const lines = told.data['lines'] as string[];
    assert.ok(lines.length <= 20);
    assert.equal(told.text, lines.join('\n'));
    assert.match(told.text, /^OBJECTIVE: Sum the totals\nGATE: shut by 2: live TODO 1; not done TODO 2\n/);
    assert.match(told.text, /\n- Writer, any: working on TODO 1 “Export the function total”, for 0 min/);
    assert.deepEqual(told.data['gate'], { open: false, count: 2 });
    assert.equal(await writer.refused('sync_status'), 'not-a-workers');
  });

  it('P10: a worker reads its own task again, whole and as it then stands, and no other’s', async () => {
    other = await connect(house.door.url, (await house.addWorker('Scribe')).token);
    const read = async (agent: Agent, uri: string): Promise<string> => {
      const { contents } = (await agent.client?.readResource({ uri })) ?? assert.fail('no client');
      assert.deepEqual([contents.length, contents[0]?.uri, contents[0]?.mimeType], [1, uri, 'text/plain']);
      return contents[0] && 'text' in contents[0] ? contents[0].text : '';
    };
    const listed = async (agent: Agent): Promise<string[] | undefined> =>
      (await agent.client?.listResources())?.resources.map(({ uri }) => uri);
    assert.deepEqual(await listed(writer), ['lockkeeper://task/1']);
    assert.deepEqual((await writer.client?.listResourceTemplates())?.resourceTemplates, []);
    assert.match(await read(writer, 'lockkeeper://task/1'), /^TASK OF Writer, any\n\nTask 1\.1: working\n/);
    const { text } = await writer.call('ask_question', questionFor('1.1'));
    assert.match(text, /question 1/i);
    const answered = { chosen: 'a table', rationale: 'It is short', constraints: 'At most 3 rows' };
    await lead.done('answer_question', { question: 1, ...answered, next_step: 'Go on' });
    await feedback('Mind the tests.');
    const now = await read(writer, 'lockkeeper://task/1');
    assert.match(now, /\nCONSTRAINTS\n {4}At most 3 rows \(answer 1\)\n/);
    assert.match(now, /FEEDBACK 1: Mind the tests\. \(not told yet\)/);
    assert.match((await writer.call('get_task')).text, /FEEDBACK 1/, 'to look is not to hear');
    for (const uri of ['lockkeeper://task/2', 'lockkeeper://sync-status', 'lockkeeper://task/1x'])
      await assert.rejects(read(writer, uri), /not found/i, uri);
    await assert.rejects(read(other, 'lockkeeper://task/1'), /not found/i);
    const seats = ['lockkeeper://sync-status', 'lockkeeper://task/1', 'lockkeeper://task/2'];
    assert.deepEqual(await listed(lead), seats);
    assert.equal(await read(lead, 'lockkeeper://task/1'), await read(writer, 'lockkeeper://task/1'));
    assert.match(await read(lead, 'lockkeeper://sync-status'), /^OBJECTIVE: Sum the totals\nGATE: /);
    await house.act({ type: 'instruct', words: 'Stop *here*' });
    assert.match(
      await read(writer, 'lockkeeper://task/1'),
      /THE USER SAID\n.*“Stop \*here\*”\n {4}It stands/,
    );
    await other.close();
  });

  it('P5: the seat nudges nobody who is at work, and notes instead that nothing is done', async () => {
    assert.match((await lead.call('no_op', { note: 'It works' })).text, /nothing is to be done, all healthy/);
    const refused = await lead.call('nudge', { dispatch: 1, reason: 'Status?' });
    assert.equal(refused.data['code'], 'contact-fresh');
    assert.match(refused.text, /give feedback/);
    for (const name of ['nudge', 'feedback', 'no_op'])
      assert.equal((await writer.call(name, {})).data['code'], 'not-a-workers', name);
  });
});
