import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { hashToken, mintToken, tokenLifetime } from '../../../src/agents/credentials.ts';
import type { Act } from '../../../src/contract/acts.ts';
import { byHand, resultFor, type Agent } from './clients.ts';
import { openHouse, packetFor, user, type House } from './house.ts';
import { olderCall, raw } from './raw.ts';

const most = 32 * 1_024;

describe('the agents’ door: long lists', function () {
  this.timeout(120_000);
  let house: House;
  let seat: string;
  let lead: Agent;

  before(async () => {
    house = await openHouse();
    await house.act({
      type: 'start',
      objective: 'ö'.repeat(4_000),
      constraints: [],
      mode: 'orchestrator-first',
    });
    // Asked for at once, so that the desk takes them in few transactions.
    const all = async (acts: readonly Act[]): Promise<void> => {
      const replies = await Promise.all(
        acts.map((act) => house.desk.submit({ id: randomUUID(), actor: user, act })),
      );
      assert.ok(replies.every(({ ok }) => ok));
    };
    const words = 'Export the function total "\\ and ' + 'ü'.repeat(150);
    for (let n = 0; n < 10_000; n += 1_000) {
      await all(
        Array.from({ length: 1_000 }, () => ({ type: 'add-todo', packet: packetFor(words), role: 'any' })),
      );
    }
    await all(
      Array.from({ length: 400 }, (_, n) => ({
        type: 'add-worker',
        name: `${'w'.repeat(60)}${n}`,
        role: 'any',
        runs: { kind: 'rehearsal' },
        tokenHash: hashToken(mintToken()),
        expires: house.now + tokenLifetime,
      })),
    );
    await all(
      Array.from({ length: 300 }, (_, n) => ({
        type: 'add-step',
        title: `Step ${n} ${'ü'.repeat(300)}`,
        role: 'any',
        tasks: [packetFor(words), packetFor(words)],
      })),
    );
    seat = await house.lendSeat();
    lead = byHand(house, seat, '2025-06-18');
  });
  after(() => house.close());

  const pagesOf = async (call: string, of: string, key: string): Promise<number[]> => {
    const seen: number[] = [];
    let after: number | undefined;
    do {
      const input = { limit: 500, ...(after === undefined ? {} : { after }) };
      const reply = await raw(house, { token: seat, body: olderCall(call, input) });
      assert.ok(Buffer.byteLength(reply.body) <= most, `${call}: ${Buffer.byteLength(reply.body)} bytes`);
      const { data, text } = await lead.call(call, input);
      const entries = data[of] as Record<string, number>[];
      assert.ok(entries.length > 0);
      seen.push(...entries.map((entry) => entry[key] ?? 0));
      after = data['next'] as number | undefined;
      assert.match(text, after === undefined ? /NEXT: / : new RegExp(`NEXT: .*after ${after}`));
    } while (after !== undefined);
    return seen;
  };

  it('come in pages of at most 32 kB, whole and in order', async () => {
    assert.deepEqual(await pagesOf('list_todos', 'todos', 'todo'), house.desk.state.list);
    assert.equal(new Set(await pagesOf('list_workers', 'workers', 'worker')).size, 400);
    assert.deepEqual(
      await pagesOf('list_plan', 'steps', 'step'),
      Array.from({ length: 300 }, (_, index) => index + 1),
    );
  });

  it('the Inbox too, and the status names the first reasons and their number', async () => {
    await house.act({ type: 'dispatch', worker: 1 });
    const open = Array.from({ length: 200 }, (_, n) => `Thing ${n} ${'ü'.repeat(500)}`);
    const { task: _, ...packet } = resultFor('1.1', open);
    const submitted = await house.desk.submit({
      id: randomUUID(),
      actor: { seat: 'worker', worker: 1 },
      act: {
        type: 'submit',
        dispatch: 1,
        epoch: 1,
        packet: {
          outcome: 'partial',
          summary: String(packet['summary']),
          evidence: [{ doneWhen: 1, shows: 'npm test: 12 passing' }],
          files: [],
          planAffected: 'no',
          stillOpen: open,
        },
      },
    });
    assert.ok(submitted.ok);
    assert.equal((await pagesOf('list_inbox', 'inbox', 'n')).length, 201);
    const status = await raw(house, { token: seat, body: olderCall('get_status') });
    assert.ok(Buffer.byteLength(status.body) <= most, `${Buffer.byteLength(status.body)} bytes`);
    const gate = (await lead.done('get_status'))['gate'] as {
      open: boolean;
      count: number;
      reasons: unknown[];
    };
    assert.deepEqual([gate.open, gate.count, gate.reasons.length], [false, 10_200, 20]);
  });

  it('say so when the place to go on from is gone', async () => {
    const [first] = house.desk.state.list;
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'Another first' });
    await house.act({ type: 'drop-todo', todo: 10_000, reason: 'Not needed' });
    assert.equal(await lead.refused('list_todos', { after: 10_000 }), 'page-gone');
    assert.ok(first);
  });
});
