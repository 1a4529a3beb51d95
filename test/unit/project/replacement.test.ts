import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaced, SourceCopy } from '../../rules/replacement.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const gate = { file: 'src/core/gate.ts', find: 'if (todo) reasons.push', replace: 'reasons.push' };

describe('a change of the sources', () => {
  it('applies exactly once, or is refused by its name', () => {
    assert.equal(replaced('a b c', 'the b', { file: 'x', find: 'b', replace: '$&$1' }), 'a $&$1 c');
    const no = (find: string, times: RegExp): void =>
      assert.throws(() => replaced('a b b', 'the b', { file: 'x', find, replace: 'c' }), times);
    no('b', /^Error: the b .* 2 times in x/);
    no('d', /^Error: the b .* 0 times in x/);
    no('', /^Error: the b .* 0 times in x/);
  });

  it('is made to a copy, and taken out again', () => {
    const read = (folder: string): string => readFileSync(join(folder, gate.file), 'utf8');
    const before = read(root);
    const copy = new SourceCopy(root);
    try {
      const undo = copy.change('the gate', gate);
      assert.equal(read(copy.folder), before.replace(gate.find, gate.replace));
      assert.equal(read(root), before);
      assert.throws(() => copy.change('the gate', gate), /the gate/);
      undo();
      assert.equal(read(copy.folder), before);
      assert.ok(existsSync(join(copy.folder, 'node_modules/mocha')));
    } finally {
      copy.remove();
    }
    assert.equal(existsSync(copy.folder), false);
    assert.ok(existsSync(join(root, 'node_modules/mocha')), 'the packages are not removed with it');
  });
});
