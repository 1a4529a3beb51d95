import assert from 'node:assert/strict';
import type { CallRow } from '../../../src/contract/callRow.ts';
import { calls } from '../../../src/contract/calls.ts';
import { connect, type Agent } from './clients.ts';
import { openHouse, type House } from './house.ts';

describe('the agents’ door: prompts that carry the rules', () => {
  let house: House;
  const agents: Record<string, Agent> = {};

  before(async () => {
    house = await openHouse();
    agents['worker'] = await connect(house.door.url, (await house.addWorker('Writer')).token);
    agents['orchestrator'] = await connect(house.door.url, await house.lendSeat());
  });
  after(async () => {
    for (const agent of Object.values(agents)) await agent.close();
    await house.close();
  });

  const texts = async (seat: string): Promise<Readonly<Record<string, string>>> => {
    const client = agents[seat]?.client ?? assert.fail();
    const { prompts } = await client.listPrompts();
    const got = prompts.map(async ({ name }) => {
      const { messages } = await client.getPrompt({ name });
      const [message] = messages;
      return [name, message?.content.type === 'text' ? message.content.text : ''] as const;
    });
    return Object.fromEntries(await Promise.all(got));
  };

  it('T1: who leads has orchestrate, work and debug; a worker has the last two and cannot read the first', async () => {
    assert.deepEqual(Object.keys(await texts('orchestrator')), ['orchestrate', 'work', 'debug']);
    assert.deepEqual(Object.keys(await texts('worker')), ['work', 'debug']);
    const tried = agents['worker']?.client?.getPrompt({ name: 'orchestrate' }) ?? assert.fail();
    await assert.rejects(tried, /no such prompt/);
  });

  it('names only calls that there are, in words short enough to be read', async () => {
    for (const seat of ['worker', 'orchestrator'])
      for (const [name, text] of Object.entries(await texts(seat))) {
        assert.ok(text.length > 300 && text.length < 3_500, `${name}: ${text.length}`);
        const rows: Readonly<Record<string, CallRow>> = calls;
        for (const [word] of text.matchAll(/\b[a-z]+(?:_[a-z]+)+\b/g)) {
          if (word === 'wait_seconds') continue;
          const { seat: whose } = rows[word] ?? assert.fail(`${name} names ${word}`);
          if (name !== 'work') assert.equal(whose, seat, `${name} of ${seat} names ${word}`);
        }
      }
  });

  it('T8: who leads is told each forbidden act, and what is the user’s alone', async () => {
    const { orchestrate = '' } = await texts('orchestrator');
    for (const words of [
      'informational',
      'old dispatch again',
      'of two items',
      'before reconciling',
      'closing and starting again',
      'override',
      'dropping an open item',
      'this seat',
    ])
      assert.ok(orchestrate.includes(words), words);
  });
});
