import assert from 'node:assert/strict';
import type { NewRow } from '../../../src/journal/port.ts';
import { appendAll, newFolder, newRow, openIn, receiptOf, sweep } from './folder.ts';

const ODD = [
  '',
  '\u0000',
  'a\u0000b',
  '\u2028\u2029',
  '\ufeffmark',
  '\u202eright to left',
  '😀 e\u0301 é',
  '\ufffd',
  "'; DROP TABLE event; --",
  '\r\n\t\\',
  '\u{10ffff}',
];

describe('journal: odd texts', function () {
  this.timeout(120_000);
  afterEach(sweep);

  it('empty text, U+0000, U+2028 and others come back byte for byte, in every field, also after opening again', async () => {
    const folder = newFolder();
    const journal = await openIn(folder);
    const given: NewRow[] = ODD.map((text) => ({
      ...{ orchestration: Number.MAX_SAFE_INTEGER, at: -5, version: 0 },
      ...{ actor: text, type: text, command: text, body: JSON.stringify(text) },
    }));
    const receipts = ODD.map((text) => ({ command: text, digest: text, answer: text }));
    assert.deepEqual(journal.append(0, given, receipts), { kind: 'kept', head: ODD.length });
    const check = (rows: readonly NewRow[]): void => {
      assert.deepEqual(
        rows.map(({ orchestration, at, version, actor, type, command, body }) => ({
          ...{ orchestration, at, version, actor, type, command, body },
        })),
        given,
      );
    };
    check(journal.read(0));
    journal.close();
    const again = await openIn(folder);
    assert.deepEqual(again.standing, { kind: 'open' });
    check(again.read(0));
    for (const receipt of receipts) assert.deepEqual(again.receipt(receipt.command), receipt);
  });

  it('a 5 MiB text, and JSON text in any spelling, stay as they are', async () => {
    const folder = newFolder();
    const journal = await openIn(folder);
    const bodies = [
      JSON.stringify('x'.repeat(5 * 1024 * 1024)),
      JSON.stringify('ä'.repeat(2_000_000)),
      ' { "a" : 1.0, "a":2 }\n',
      '"half of a character: \\ud800"',
      JSON.stringify('\ud83d and \ude00'),
      '"\\u0000"',
      'null',
    ];
    for (const body of bodies) {
      const outcome = journal.append(journal.head(), [{ ...newRow('c'), body }], []);
      assert.equal(outcome.kind, 'kept');
    }
    journal.close();
    assert.deepEqual(
      (await openIn(folder)).read(0).map(({ body }) => body),
      bodies,
    );
  });

  it('a lone surrogate, and what else would not come back the same, is refused, and nothing of it is kept', async () => {
    const journal = await openIn(newFolder());
    appendAll(journal, ['a']);
    const wrong: Partial<NewRow>[] = [
      { body: '' },
      { body: '{' },
      { body: '"\ud800"' },
      { actor: '\ud800' },
      { type: 'a\udc00' },
      { command: '\udc00\ud800' },
      { at: 1.5 },
      { at: Number.NaN },
      { orchestration: 2 ** 53 },
      { version: Number.POSITIVE_INFINITY },
    ];
    for (const part of wrong) {
      const outcome = journal.append(1, [newRow('b'), { ...newRow('c'), ...part }], [receiptOf('b')]);
      assert.ok(outcome.kind === 'refused' && outcome.reason.code === 'unkeepable', JSON.stringify(part));
      assert.match(outcome.reason.detail ?? '', new RegExp(Object.keys(part)[0] ?? ''));
    }
    for (const receipts of [[{ ...receiptOf('b'), answer: '\ud800' }], [receiptOf('b'), receiptOf('b')]]) {
      assert.equal(journal.append(1, [newRow('b')], receipts).kind, 'refused');
    }
    assert.deepEqual(journal.standing, { kind: 'open' });
    assert.equal(journal.read(0).length, 1);
    assert.equal(journal.receipt('b'), undefined);
  });

  it('clock back an hour, forward a day: order by sequence', async () => {
    const journal = await openIn(newFolder());
    const hour = 3_600_000;
    const times = [hour * 30, hour * 29, hour * 54, 0, -hour];
    for (const at of times) journal.append(journal.head(), [{ ...newRow(`at ${at}`), at }], []);
    assert.deepEqual(
      journal.read(0).map(({ at }) => at),
      times,
    );
  });
});
