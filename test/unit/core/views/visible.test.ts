import assert from 'node:assert/strict';
import { folded } from '../../../../src/core/views/folded.ts';
import { hidesSomething, visible, visibleName } from '../../../../src/core/views/visible.ts';

describe('text from an agent', () => {
  it('shows as escapes what could obey a terminal, turn the text around or hide', () => {
    for (const code of [0x1b, 0x07, 0x0d, 0x9b, 0x202e, 0x2066, 0x200b, 0x2800, 0xe0041, 0xfeff, 0xd800]) {
      const text = `a${String.fromCodePoint(code)}b`;
      assert.equal(visible(text), `a\\u{${code.toString(16)}}b`);
      assert.equal(hidesSomething(text), true);
    }
    assert.equal(hidesSomething('é, 日本, 👍\n\tplain'), false);
  });

  it('leaves no control character of ANSI, OSC 8, OSC 52 or the end of a bracketed paste', () => {
    for (const text of [
      '\u001b[31mred\u001b[0m',
      '\u001b]8;;http://a.b\u0007c\u001b]8;;\u0007',
      '\u001b]52;c;cm0=\u0007',
      'a\u001b[201~rm -rf ~\r',
    ]) {
      // eslint-disable-next-line no-control-regex -- the purpose
      assert.doesNotMatch(visible(text), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      assert.equal(visible(visible(text)), visible(text));
    }
  });

  it('shows letters that pass for Latin ones in a word of Latin letters, and leaves honest words alone', () => {
    assert.equal(visible('src/p\u0430yment.ts'), 'src/p\\u{430}yment.ts');
    assert.equal(
      visible('g\u03bfogle and \uff50ayment and \u{1d429}ay'),
      'g\\u{3bf}ogle and \\u{ff50}ayment and \\u{1d429}ay',
    );
    for (const honest of [
      'документ.ts',
      'src/тест/a.ts',
      'Ελλάδα',
      '5 µm, 3 kΩ, Δt, λx',
      '日本語.md',
      'naïve café',
      'Straße',
    ]) {
      assert.equal(visible(honest), honest);
      assert.equal(visibleName(honest), honest);
    }
  });

  it('shows the part of a file’s name that is made of look-alikes alone', () => {
    assert.equal(visibleName('src/\u0430\u0440\u0440.ts'), 'src/\\u{430}\\u{440}\\u{440}.ts');
    assert.equal(visible('\u0430\u0440\u0440'), '\u0430\u0440\u0440', 'in a sentence it may be a word');
  });

  it('counts the blank lines and the blanks that push something out of sight', () => {
    assert.equal(folded(`a${'\n'.repeat(5_001)}b`), 'a\n\n⋯ 5000 blank lines ⋯\n\nb');
    assert.equal(folded(`a${' \t\n'.repeat(500)}b`), 'a\n\n⋯ 499 blank lines ⋯\n\nb');
    assert.equal(folded(`a${' '.repeat(5_000)}b`), 'a ⋯ 5000 blanks ⋯ b');
    assert.equal(folded(`a${'\u00a0'.repeat(5_000)}b`), 'a ⋯ 5000 blanks ⋯ b');
    assert.equal(folded('a\n\n\nb\n    c  d'), 'a\n\n\nb\n    c  d');
  });
});
