import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instructionWords } from '../../../src/core/instruction.ts';
import { connect, questionFor, resultFor, type Agent } from './clients.ts';
import { beginStep, openHouse, type House } from './house.ts';

const words = 'Open it *downstream*,\n  not up.';
const said = instructionWords({ n: 1, words });

describe('the agents’ door: the user’s word', function () {
  // Shorter than a wait: what has to wake and does not is seen.
  this.timeout(120_000);
  let house: House;
  let writer: Agent;
  let idle: Agent;
  let lead: Agent;

  beforeEach(async () => {
    house = await openHouse();
    writer = await connect(house.door.url, (await house.addWorker('Writer')).token);
    idle = await connect(house.door.url, (await house.addWorker('Scribe')).token);
    lead = await connect(house.door.url, await house.lendSeat());
    await beginStep(house, ['Export the function total', 'Print the function report']);
    await lead.done('dispatch_todo', { worker: 'Writer' });
    await writer.done('acknowledge_task', { task: '1.1' });
  });
  afterEach(async () => {
    for (const agent of [writer, idle, lead]) await agent.close();
    await house.close();
  });

  const instruct = (): Promise<unknown> => house.act({ type: 'instruct', words });
  const carryOn = (): Promise<unknown> => house.act({ type: 'carry-on', instruction: 1 });
  /** Begins a call that waits, and goes on once it has come in. */
  const begin = async (agent: Agent, name: string, input: object = {}): Promise<[Promise<string>]> => {
    const before = house.contacts.length;
    const answer = agent.call(name, { ...input, wait_seconds: 45 });
    while (house.contacts.length === before) await new Promise(setImmediate);
    return [answer.then(({ text }) => text)];
  };

  it('T2: is the first thing in whatever a worker or the seat is answered, unaltered', async () => {
    await instruct();
    for (const [agent, name, input] of [
      [writer, 'get_task', {}],
      [writer, 'report_progress', { task: '1.1', text: 'Half of it is in' }],
      [writer, 'check_paths', { paths: ['src/a.ts'] }],
      [writer, 'ask_question', questionFor('1.1')],
      [writer, 'get_answer', { question: 1 }],
      [writer, 'submit_result', { ...resultFor('1.1'), outcome: 'blocked', still_open: ['All of it'] }],
      [idle, 'get_task', {}],
      [lead, 'get_status', {}],
      [lead, 'list_inbox', {}],
    ] as const) {
      const answer = await agent.call(name, input);
      assert.equal(answer.refused, false, `${name}: ${answer.text}`);
      assert.ok(answer.text.startsWith(said), `${name}: ${answer.text}`);
      assert.deepEqual(answer.data['instructions'], [{ instruction: 1, words }], name);
      if (agent !== lead) assert.match(answer.text, /STOP: Stop now and change nothing more/, name);
    }
  });

  it('T2: nothing may be written, outside of the workspace neither', async () => {
    const ruled = async (): Promise<unknown> => {
      const { data } = await writer.call('check_paths', { paths: [join(tmpdir(), 'notes.txt')] });
      return (data['paths'] as { code?: string }[])[0]?.code;
    };
    assert.equal(await ruled(), undefined);
    await instruct();
    assert.equal(await ruled(), 'instruction-stands');
    await carryOn();
    assert.equal(await ruled(), undefined);
  });

  it('T2: a refusal says it too, for whatever reason it is one', async () => {
    await instruct();
    for (const [agent, name, input, code] of [
      [lead, 'move_todo', {}, 'bad-arguments'],
      [lead, 'release_step', { step: 1 }, 'instruction-stands'],
      [idle, 'acknowledge_task', { task: '1.1' }, 'instruction-stands'],
      [writer, 'report_progress', { task: '9.1', text: 'x' }, 'unknown-task'],
    ] as const) {
      const answer = await agent.call(name, input);
      assert.equal(answer.data['code'], code, name);
      assert.ok(answer.text.includes(said), `${name}: ${answer.text}`);
    }
  });

  it('T2: wakes whoever waits, at once, and tells it once', async () => {
    await writer.done('ask_question', questionFor('1.1'));
    const [answer] = await begin(writer, 'get_answer', { question: 1 });
    const [task] = await begin(idle, 'get_task');
    await instruct();
    assert.ok((await answer).startsWith(said));
    assert.ok((await task).startsWith(said));

    // Told, they wait in peace, and hear when it is over.
    const [parked] = await begin(writer, 'get_task');
    await carryOn();
    assert.match(await parked, /^TASK 1\.1 \(working\)/);
  });

  it('T2: who is parked hears of the end of its task, and of a second word', async () => {
    await instruct();
    await writer.done('get_task');
    const [second] = await begin(writer, 'get_task');
    await house.act({ type: 'instruct', words: 'And tell me first.' });
    assert.match(await second, /instruction 1\).*instruction 2\): “And tell me first\./s);
    const [over] = await begin(writer, 'get_task');
    await lead.done('withdraw_dispatch', { dispatch: 1, reason: 'The user said so' });
    assert.match(await over, /You have no task\./);
  });
});
