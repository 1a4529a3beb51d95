import assert from 'node:assert/strict';
import { blanks, filled, readPlaybook, type Playbook } from '../../../src/core/playbook.ts';

const read = (name: string, text: string): Playbook => {
  const found = readPlaybook(name, text);
  assert.ok('packets' in found, 'why' in found ? found.why : '');
  return found;
};
const why = (text: string): string => {
  const found = readPlaybook('own', text);
  return 'why' in found ? found.why : '';
};

describe('a playbook', () => {
  it('P9: is its title, its first paragraph, and the packets in it', () => {
    const own = read(
      'own',
      '\uFEFF# Locks\r\n\r\nFor a lock\r\nthat leaks.\r\n\r\nMore.\r\n\r\n## Dispatch: stop it\r\n\r\n```packet\r\nTASK: {bug}\r\n```\r\n',
    );
    assert.deepEqual(
      [own.title, own.summary, own.packets],
      ['Locks', 'For a lock that leaks.', [{ title: 'stop it', text: 'TASK: {bug}' }]],
    );
    assert.match(why('no title'), /no title/);
    assert.match(why('# A\n\n## B\n```packet\nTASK: x\n'), /below “B” has no end/);
    assert.match(why(`# A\n${'```packet\nTASK: x\n```\n'.repeat(21)}`), /more than 20 packets/);
    const hostile = read('x', `# \u202eA${'b'.repeat(500)}\n\n\u200bs`);
    assert.ok(hostile.title.length <= 120 && hostile.title.startsWith('\\u{202e}A'));
  });

  it('leaves the blanks that nobody filled, and what looks like one', () => {
    assert.equal(filled('{bug} {file} {other}', { bug: ' a\n b ' }), 'a b {file} {other}');
    assert.deepEqual(filled('{bug}', { bug: '{file}', file: 'x' }), '{file}');
    assert.equal(blanks.length, 4);
  });
});
