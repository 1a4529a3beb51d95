import assert from 'node:assert/strict';
import { wordsSuffice } from '../../rig/unchanged.ts';
import { connect, questionFor, type Agent } from './clients.ts';
import { beginStep, openHouse, type House } from './house.ts';

const answer = { chosen: '1', rationale: 'It reads well', constraints: 'none', next_step: 'Go on' };
const mine = { chosen: '2', rationale: 'We had it so', constraints: 'none', nextStep: 'Go on' };

describe('the agents’ door: the person stays in the picture', () => {
  let house: House;
  let writer: Agent;
  let lead: Agent;

  const open = async (usersFirst: boolean): Promise<void> => {
    house = await openHouse({}, {}, { ...wordsSuffice, usersFirst });
    writer = await connect(house.door.url, (await house.addWorker('Writer')).token);
    lead = await connect(house.door.url, await house.lendSeat());
    await beginStep(house, ['Export the function total']);
    await lead.done('dispatch_todo', { worker: 'Writer' });
    await writer.done('ask_question', { ...questionFor('1.1'), recommended: '1', blocking: 'yes' });
  };
  afterEach(async () => {
    for (const agent of [writer, lead]) await agent.close();
    await house.close();
  });

  it('P6: the user’s answer goes to the worker in the place of the agent’s, until the worker has heard one', async () => {
    await open(false);
    await lead.done('answer_question', { question: 1, ...answer });
    await house.act({ type: 'answer', question: 1, answer: mine });
    const heard = await writer.done('get_answer', { question: 1, wait_seconds: 45 });
    assert.equal(heard['rationale'], mine.rationale);
    assert.equal(await lead.refused('answer_question', { question: 1, ...answer }), 'question-not-open');
  });

  for (const [name, hears] of Object.entries({
    get_answer: () => writer.done('get_answer', { question: 1 }),
    get_task: () => writer.done('get_task'),
    report_progress: () => writer.done('report_progress', { task: '1.1', text: 'On it' }),
  }))
    it(`P6: what ${name} has told its worker nobody replaces; an instruction says otherwise`, async () => {
      await open(false);
      await lead.done('answer_question', { question: 1, ...answer });
      assert.match(JSON.stringify(await hears()), /It reads well/);
      await assert.rejects(house.act({ type: 'answer', question: 1, answer: mine }), /answer-heard/);
      const { seq } = house.desk.state;
      assert.match(JSON.stringify(await hears()), /It reads well/);
      assert.ok(house.desk.state.seq <= seq + 1, 'it is noted once');
      await house.act({ type: 'instruct', words: 'Call it lock' });
      assert.match((await writer.call('get_task')).text, /Call it lock/);
    });

  it('P6: where the user is asked first, the agent is told what else to do, until the user leaves it the question', async () => {
    await open(true);
    assert.match(String((await lead.done('get_status'))['next']), /waits for the user/);
    assert.match(String((await lead.done('get_question', { question: 1 }))['next']), /waits for the user/);
    const told = await lead.call('answer_question', { question: 1, ...answer });
    assert.match(told.text, /users-first[\s\S]*list_inbox/);
    await house.act({ type: 'leave-question', question: 1 });
    assert.match(String((await lead.done('get_status'))['next']), /answer_question/);
    await lead.done('answer_question', { question: 1, ...answer });
    assert.equal((await writer.done('get_answer', { question: 1 }))['state'], 'answered');
  });
});
