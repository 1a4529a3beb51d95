import assert from 'node:assert/strict';
import { costly } from '../../bench/attack/onslaughts.ts';
import { beginStep, openHouse, type House } from './house.ts';
import { messageIn, olderCall, raw } from './raw.ts';

/** What the attack sends that is a call of ours after all: an incomplete question is kept and sent back. */
const kept = new Set(['a question of long texts']);
/** Well-formed, and answered. */
const answered = new Set(['a long meta', 'spaces']);

describe('the agents’ door: requests that cost as much as can be to read', function () {
  let house: House;
  let token: string;

  before(async () => {
    house = await openHouse();
    ({ token } = await house.addWorker('Writer'));
    await beginStep(house, ['Export the function total']);
    await house.act({ type: 'dispatch', worker: 1 });
  });
  after(() => house.close());

  for (const [kind, text] of Object.entries(costly())) {
    it(`${kind}: refused with a reason, and nothing changed`, async () => {
      const head = house.desk.state.seq;
      const reply = await raw(house, { token, text });
      const { error, result } = messageIn(reply);
      assert.ok(Buffer.byteLength(reply.body) < 20_000);
      if (answered.has(kind)) {
        assert.equal(reply.status, 200);
        assert.notEqual(result?.['isError'], true);
      } else {
        assert.ok((error?.message ?? '').length > 10 || result?.['isError'] === true, reply.body);
      }
      if (!kept.has(kind)) assert.equal(house.desk.state.seq, head);
      assert.equal((await raw(house, { token, body: olderCall('get_task') })).status, 200);
    });
  }
});
