import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parsePacket } from '../../../src/contract/text/packetParse.ts';
import { checkPacket } from '../../../src/core/packetForm.ts';
import { filled, readPlaybook } from '../../../src/core/playbook.ts';
import { purposesOf } from '../../../src/core/purposes.ts';
import { root } from './manifest.ts';

const folder = join(root, 'media/playbooks');

const filling = {
  bug: 'the gate takes a negative depth',
  file: 'src/gate.js',
  test: 'test/gate.test.js',
  command: 'npm test -- gate',
};

describe('the playbooks that ship', () => {
  for (const file of readdirSync(folder)) {
    it(`the packets of ${file} pass P4, with a single purpose each, once their blanks are filled`, () => {
      const playbook = readPlaybook(file.slice(0, -3), readFileSync(join(folder, file), 'utf8'));
      assert.ok('packets' in playbook);
      assert.ok(playbook.packets.length >= 2);
      for (const { title, text } of playbook.packets) {
        const { draft } = parsePacket(filled(text, filling));
        const checked = checkPacket(draft);
        assert.deepEqual('flaws' in checked ? checked.flaws : [], [], title);
        assert.equal(purposesOf(draft.task ?? '').length, 1, title);
      }
      for (const part of [
        '## Triggers',
        '## Evidence',
        '## Steps',
        'BUG:',
        'ROOT:',
        'FIX:',
        'TEST:',
        'RESULT:',
      ])
        assert.ok(playbook.text.includes(part), part);
      assert.ok(playbook.summary.length > 40);
    });
  }
});
