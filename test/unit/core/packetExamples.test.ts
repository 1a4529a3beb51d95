import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { packetDraft, type PacketDraft } from '../../../src/contract/packets.ts';
import { checkPacket } from '../../../src/core/packetForm.ts';
import { heldOutBad } from './heldOutBad.ts';
import { heldOutGood } from './heldOutGood.ts';
import { assertBetterForms, flawsOf, named } from './packetFlaws.ts';

type Fixture = {
  readonly packet: PacketDraft;
  readonly expect?: readonly { field: string; words: string }[];
};

const folder = new URL('../../fixtures/packets/', import.meta.url);

function fixtures(kind: 'good' | 'bad'): readonly (readonly [name: string, fixture: Fixture])[] {
  const from = new URL(`${kind}/`, folder);
  return readdirSync(from)
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(new URL(name, from), 'utf8')) as Fixture]);
}

describe('P4: packets that can be checked', () => {
  it('P4: there are 40 good and 40 bad packets', () => {
    assert.equal(fixtures('good').length, 40);
    assert.equal(fixtures('bad').length, 40);
  });

  for (const [name, { packet }] of fixtures('good')) {
    it(`P4: good packet ${name} is taken as it stands`, () => {
      assert.deepEqual(checkPacket(packetDraft.parse(packet)), { packet });
    });
  }

  for (const [name, { packet, expect = [] }] of fixtures('bad')) {
    it(`P4: bad packet ${name} is refused with field, words and a better form`, () => {
      assert.ok(expect.length > 0);
      assert.deepEqual(
        named(packet),
        expect.map(({ field, words }) => `${field}: ${words}`),
      );
      assertBetterForms(packet);
    });
  }
});

describe('P4: packets that no rule was fitted to', () => {
  for (const packet of heldOutGood) {
    it(`P4: taken: ${packet.task?.slice(0, 60) ?? ''}`, () => assert.deepEqual(flawsOf(packet), []));
  }
  for (const { packet, expected } of heldOutBad) {
    it(`P4: refused: ${expected.join(', ').slice(0, 70)}`, () => {
      assert.deepEqual(named(packet), expected);
      assertBetterForms(packet);
    });
  }
});
