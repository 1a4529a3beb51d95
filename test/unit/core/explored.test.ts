import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { besideFaults } from '../../explore/besideFaults.ts';
import { faults } from '../../explore/faults.ts';
import { ownershipFaults } from '../../explore/ownership/faults.ts';
import type { Key } from '../../explore/identity.ts';
import { compare, look } from '../../explore/look.ts';
import { models, ownedWithin, within } from '../../explore/models.ts';
import { Seen } from '../../explore/seen.ts';
import { inLong, mark } from '../../rig/long.ts';
import { replaced } from '../../rules/replacement.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('every state of a small model', () => {
  it('T4, T5, T6, T8, P11: keeps every promise, and has a way out', async () => {
    const { found } = await look(root, models.small);
    assert.equal(found.violation?.broken, undefined);
    assert.ok(found.states > 5_000, `only ${found.states} states`);
  });

  it('P2, P7: nobody writes where another works, and no step of a conflict is skipped', async () => {
    const { found } = await look(root, models['small ownership']);
    assert.equal(found.violation?.broken, undefined);
    assert.ok(found.states > 4_000, `only ${found.states} states`);
  });

  it(`states that count as the same get the same answer to every act, and stay the same${mark}`, async () => {
    const kept = within({ overrides: 1, ...inLong({ orchestrations: 2 }, {}) });
    const owned = ownedWithin({ dispatches: 1, ...inLong({}, { taken: 0 }) });
    for (const bounds of [kept, owned]) assert.equal(await compare(root, bounds), '');
  });

  it('the seeded faults are still what the sources say, each once', () => {
    for (const fault of [...faults, ...besideFaults, ...ownershipFaults]) {
      const text = readFileSync(join(root, fault.file), 'utf8');
      assert.notEqual(replaced(text, fault.lets, fault), text);
    }
    assert.ok(faults.filter(({ file }) => file.startsWith('src/core/')).length >= 25);
    assert.ok(ownershipFaults.length >= 20);
  });

  it('a state is new once, and the way to it is the tries that led there', () => {
    const seen = new Seen();
    const key = (n: number): Key => ({ high: n & 1, low: Math.imul(n >> 1, 0x9e3779b1) >>> 0 });
    assert.ok(seen.add(key(0), -1, 0));
    for (let n = 1; n < 50_000; n += 1) assert.ok(seen.add(key(n), (n - 1) >> 1, n & 1), `${n}`);
    for (let n = 0; n < 50_000; n += 1) assert.ok(!seen.add(key(n), 0, 0), `${n}`);
    assert.equal(seen.size, 50_000);
    assert.deepEqual(seen.wayTo(5), [0, 1]);
  });
});
