import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Packet } from '../../../../src/contract/packets.ts';
import { parsePacket, parsePackets } from '../../../../src/contract/text/packetParse.ts';
import { packetForm } from '../../../../src/contract/text/packetText.ts';

describe('a packet as text', () => {
  it('is read as it was printed, for every good packet there is', () => {
    const folder = new URL('../../../fixtures/packets/good/', import.meta.url);
    const files = readdirSync(folder);
    assert.ok(files.length >= 40);
    for (const file of files) {
      const { packet } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { packet: Packet };
      assert.deepEqual(parsePacket(packetForm(packet)).draft, packet, file);
    }
  });

  it('keeps an entry of several lines in one piece', () => {
    const { draft } = parsePacket('TASK: first\nsecond\nSCOPE:\n- src/a.ts\n  and its test\n- src/b.ts\n');
    assert.equal(draft.task, 'first\nsecond');
    assert.deepEqual(draft.scope, ['src/a.ts\nand its test', 'src/b.ts']);
  });

  it('takes headings, bullets and lines as people write them', () => {
    const text = [
      'Some words first, which nobody sends.',
      '**Task:** Refuse a negative depth',
      '## Scope:',
      'src/fillTime.js',
      'test/fillTime.test.js',
      'not your job:',
      '1. README.md',
      '2) src/index.js',
      'Done when: `npm test` exits with code 0',
      'VERIFY:',
      '* npm test',
      '',
      'Priority: High.',
    ].join('\r\n');
    assert.deepEqual(parsePacket(text).draft, {
      task: 'Refuse a negative depth',
      scope: ['src/fillTime.js', 'test/fillTime.test.js'],
      notYourJob: ['README.md', 'src/index.js'],
      doneWhen: ['`npm test` exits with code 0'],
      verify: ['npm test'],
      priority: 'high',
    });
  });

  it('says nothing of a field that holds nothing', () => {
    assert.deepEqual(parsePacket(packetForm({})).draft, { priority: 'normal' });
  });

  it('says on which line each entry stands', () => {
    const { fields } = parsePacket('\nTASK: a task\nSCOPE:\n- src/a.ts\n- src/b.ts');
    const places = fields.map(({ name, line: at, entries }) => [
      name,
      at,
      entries.map((entry) => entry.line),
    ]);
    assert.deepEqual(places, [
      ['TASK', 1, [1]],
      ['SCOPE', 2, [3, 4]],
    ]);
  });
});

describe('several packets in one text', () => {
  it('are parted by a line of dashes, with the lines of the whole', () => {
    const parts = parsePackets(
      'Write them here.\n\nTASK: one\nSCOPE: a.ts\n\n---\n\nTASK: two\nSCOPE: b.ts\n',
    );
    assert.deepEqual(
      parts.map(({ draft }) => draft.task),
      ['one', 'two'],
    );
    assert.deepEqual(
      parts.map(({ fields }) => fields[0]?.line),
      [2, 7],
    );
  });

  it('are none where there is no field', () => {
    assert.deepEqual(parsePackets('Nothing here.\n---\n'), []);
  });
});
