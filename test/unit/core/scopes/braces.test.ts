import assert from 'node:assert/strict';
import { withoutBraces } from '../../../../src/core/scopes/braces.ts';
import { inArea } from '../../../../src/core/scopes/area.ts';
import { unreadGlobs } from '../../../../src/core/scopes/unreadGlobs.ts';

describe('braces in the globs of critical files', () => {
  it('P7: are spread, nested ones too', () => {
    assert.deepEqual(withoutBraces('**/*.lock'), ['**/*.lock']);
    assert.deepEqual(withoutBraces('**/*.{sql,prisma}'), ['**/*.sql', '**/*.prisma']);
    assert.deepEqual(withoutBraces('{a,b}/{c, d}.ts'), ['a/c.ts', 'a/d.ts', 'b/c.ts', 'b/d.ts']);
    assert.deepEqual([...withoutBraces('a/{b,{c,d}}')].sort(), ['a/b', 'a/c', 'a/d'].sort());
    assert.deepEqual(withoutBraces('a{,.bak}'), ['a', 'a.bak']);
  });

  it('P7: protect what they name', () => {
    const area = { scope: ['db/'], notYourJob: [] };
    const holds = (globs: readonly string[]): boolean =>
      inArea(area, 'db/1.sql', { criticalFiles: globs, folders: [] });
    assert.equal(holds(withoutBraces('**/*.{sql,prisma}')), false);
    assert.equal(holds(['**/*.{sql,prisma}']), true, 'as they are they protect nothing');
  });

  it('P7: are named as a fault where they cannot be spread', () => {
    assert.deepEqual(unreadGlobs(['**/*.{sql,prisma}', '**/*.lock', 'src/[id]/**']), []);
    for (const glob of ['a/{b', 'a/b}', '{1,2,3,4,5,6,7,8,9,0}{1,2,3,4,5,6,7,8,9,0}{1,2}']) {
      assert.deepEqual(withoutBraces(glob), [glob]);
      assert.equal(unreadGlobs([glob])[0]?.[0], glob);
    }
  });

  it('P7: are not the only fault: each entry that protects nothing is named with its reason', () => {
    assert.deepEqual(
      unreadGlobs(['**/*.lock', '!(a)', '../x', 7]).map(([entry]) => entry),
      ['!(a)', '../x', '7'],
    );
    assert.match(
      unreadGlobs(['!(a)'])[0]?.[1] ?? '',
      /^Patterns with brackets are not taken in this setting/,
    );
  });
});
