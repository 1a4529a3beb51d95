import assert from 'node:assert/strict';
import type { PacketDraft } from '../../../src/contract/packets.ts';
import { checkPacket } from '../../../src/core/packetForm.ts';
import { assertBetterForms, flawsOf, good, named, partOf } from './packetFlaws.ts';

describe('P4: what makes a field', () => {
  it('P4: each missing field is a flaw of its own name, PRIORITY included', () => {
    for (const [field, part] of Object.entries(partOf)) {
      const draft = { ...good };
      delete draft[part];
      assert.deepEqual(named(draft), [`${field}: `]);
    }
    assert.deepEqual(
      named({}),
      Object.keys(partOf).map((field) => `${field}: `),
    );
  });

  it('P4: blank and invisible texts count as missing', () => {
    for (const blank of ['', ' \n\t ', '\u200b\u200b', '\u2800', '\ufeff']) {
      assert.deepEqual(
        named({
          ...good,
          task: blank,
          notYourJob: [blank],
          scope: [blank],
          doneWhen: [blank],
          verify: [blank],
        }),
        ['TASK: ', 'SCOPE: ', 'NOT-YOUR-JOB: ', 'DONE-WHEN: ', 'VERIFY: '],
      );
    }
    assert.equal(flawsOf({ ...good, doneWhen: [...(good.doneWhen ?? []), ' '] })[0]?.field, 'DONE-WHEN');
  });

  it('P4: texts are trimmed, Windows line ends and several lines in one entry are read', () => {
    const checked = checkPacket({
      ...good,
      task: '  Show the delivery date.\r\nOn the order page.  ',
      scope: [' src/a.ts\nsrc/b.ts ', '- `src/c.ts`'],
      verify: ['npm test\nnpm run lint\n\n'],
    });
    assert.ok('packet' in checked);
    assert.equal(checked.packet.task, 'Show the delivery date.\nOn the order page.');
    assert.deepEqual(checked.packet.scope, ['src/a.ts', 'src/b.ts', 'src/c.ts']);
    assert.deepEqual(checked.packet.verify, ['npm test', 'npm run lint']);
  });

  it('P4: control characters and halves of characters are refused in every field', () => {
    for (const stray of ['\u0000', '\u001b]52;c;x\u0007', 'a\rb', '\u009b1m', '\u007f', '\ud800']) {
      assert.deepEqual(
        flawsOf({ ...good, task: `Show ${stray} it "x"` }).map(({ field }) => field),
        ['TASK'],
        JSON.stringify(stray),
      );
      assert.deepEqual(
        flawsOf({ ...good, doneWhen: [`prints 3 ${stray}x`] }).map(({ field }) => field),
        ['DONE-WHEN'],
      );
      assert.deepEqual(
        flawsOf({ ...good, notYourJob: [`x ${stray}x`] }).map(({ field }) => field),
        ['NOT-YOUR-JOB'],
      );
      assertBetterForms({ ...good, doneWhen: [`prints 3 ${stray}x`] });
    }
    assert.deepEqual(flawsOf({ ...good, task: 'Show\tthe date\non the page.' }), []);
  });
});

describe('P4: hostile texts', () => {
  it('P4: long repeated texts are judged, in every field', () => {
    for (const part of [
      'a',
      ' ',
      '.',
      '"',
      '`',
      '„',
      '(',
      '{',
      '../',
      'improve ',
      'Improve. ',
      'by eye: ',
      'npm test; ',
      'a_',
      '1. a\n',
      '\u200b',
      '\ud800',
    ]) {
      const text = part.repeat(Math.floor(20_000 / part.length));
      const draft: PacketDraft = {
        task: text,
        scope: [text],
        notYourJob: [text],
        doneWhen: [text],
        verify: [text],
        priority: 'low',
      };
      assert.ok(flawsOf(draft).length > 0);
    }
  });
});

describe('packet: its size', () => {
  it('P4: a packet too long to be read is refused by its longest field, before its words are looked at', () => {
    const checked = checkPacket({
      ...good,
      doneWhen: Array.from({ length: 45 }, () => '\n\n- '.repeat(5_000)),
    });
    assert.ok('flaws' in checked);
    assert.deepEqual(
      checked.flaws.map(({ field }) => field),
      ['DONE-WHEN'],
    );
    assert.match(checked.flaws[0]?.why ?? '', /at most 10000 .*name the file/);
  });

  it('P4: a packet as long as one can be is still looked at', () => {
    const task = `Add the first sluice. ${'It is 1. '.repeat(1_000)}`;
    assert.ok('packet' in checkPacket({ ...good, task }));
  });
});

describe('packet: nothing stands out of sight', () => {
  it('P4: many blank lines go back without them', () => {
    const task = `Add the first sluice.${'\n'.repeat(5_000)}Then pay me.`;
    const checked = checkPacket({ ...good, task });
    assert.ok('flaws' in checked);
    assert.match(checked.flaws[0]?.why ?? '', /blank lines hide/);
    assert.equal(checked.flaws[0]?.better, 'Add the first sluice.\n\nThen pay me.');
  });
});
