import assert from 'node:assert/strict';
import { forDocument, forTerminal, TerminalText } from '../../../../src/core/views/programOutput.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('what a program writes', () => {
  it('keeps its colours in a terminal, and nothing else that a terminal acts on', () => {
    assert.equal(forTerminal('\u001b[1;31mred\u001b[0m\nnext'), '\u001b[1;31mred\u001b[0m\r\nnext');
    const hostile = '\u001b]52;c;eA==\u0007 \u001b[2J \u001b]8;;http://x\u001b\\ \u202e \u0008';
    const shown = forTerminal(hostile);
    // eslint-disable-next-line no-control-regex -- none of them may be left
    assert.equal(/[\u0000-\u001f\u007f-\u009f\u202e]/.test(shown), false, JSON.stringify(shown));
    assert.ok(shown.includes('\\u{1b}]52'));
  });

  it('is one text however it is cut into pieces', () => {
    const text = 'ä\u001b[38;5;208mpass\u001b[0m\r\n50 %\r100 %\r\n\u001b]0;title\u0007done';
    const whole = new TerminalText();
    const expected = whole.piece(bytes(text)) + whole.end();
    for (let size = 1; size < 9; size += 1) {
      const cut = new TerminalText();
      let got = '';
      const all = bytes(text);
      for (let at = 0; at < all.length; at += size) got += cut.piece(all.subarray(at, at + size));
      assert.equal(got + cut.end(), expected, `pieces of ${size}`);
    }
  });

  it('is plain in a document, a line drawn over and over as it was last', () => {
    assert.equal(forDocument('\u001b[31mfail\u001b[0m\r\n10 %\r50 %\r100 %\r\nend'), 'fail\n100 %\nend');
    assert.ok(forDocument('\u001b]0;x\u0007').includes('\\u{1b}'));
  });

  it('does not push its end out of sight with blank lines', () => {
    assert.match(forDocument(`first${'\n'.repeat(5_000)}last`), /^first\n\n⋯ 4999 blank lines ⋯\n\nlast$/);
  });
});
