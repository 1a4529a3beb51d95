import assert from 'node:assert/strict';
import { join } from 'node:path';
import { overhear, placesOf, type Overheard } from './canary.ts';
import { inOrder } from './model/script.ts';
import { isCutOff, nobodyReachedOutside } from './outside.ts';
import type { Workshop } from './workshop.ts';

const programs = join('test', 'agents', 'node_modules');

/** What holds of a whole story with a real agent, as the last tests of it; to be called before the first of them. */
export function holdsOfAllOfIt(story: () => Workshop): { readonly atTheEnd: () => void } {
  let overheard: Overheard;
  before(() => {
    overheard = overhear();
  });
  after(() => overheard.stop());
  return {
    atTheEnd() {
      // A system without networks of one's own proves nothing here: the suite says so where it begins.
      if (isCutOff)
        it('has reached for nothing outside of this machine: no address, no name', nobodyReachedOutside);

      it('its token and that of the seat stand in no URL, argument, log or file, and in nothing that git keeps', async () => {
        const shop = story();
        const seat = await shop.lendSeat();
        shop.write('connect');
        shop.model.script = inOrder({ call: 'get_status', input: {} });
        const said = await shop.byHand(shop.agent.byHand, seat);
        assert.match(shop.heard()[0] ?? '', /gate/, said);
        assert.ok([...overheard.argv].some((command) => command.includes(programs)));
        assert.deepEqual(placesOf([shop.token, seat], shop, overheard), []);
        shop.write('disconnect');
      });
    },
  };
}
