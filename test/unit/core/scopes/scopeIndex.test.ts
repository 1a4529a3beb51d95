import assert from 'node:assert/strict';
import { inArea, type Area } from '../../../../src/core/scopes/area.ts';
import { indexOf } from '../../../../src/core/scopes/scopeIndex.ts';
import { randomFrom } from '../../journal/bitFlips.ts';
import { anyArea, anyEntry, names } from './oracle.ts';

describe('the index of scopes', () => {
  it('P7: gives the areas that hold a name, in their order, and says what inArea says', () => {
    const random = randomFrom(7);
    const entries: [string, ...string[]] = ['a', ...Array.from({ length: 200 }, () => anyEntry(random))];
    const areas = Array.from({ length: 120 }, (_, n): [number, Area] => [n, anyArea(random, entries)]);
    for (const caseBlind of [false, true]) {
      const matching = { caseBlind, criticalFiles: ['**/a*', 'b/'], folders: [] };
      const index = indexOf(areas, matching);
      let several = 0;
      for (const name of [...names, './a//b', 'a/../b', '../a', '/a']) {
        const expected = areas.filter(([, area]) => inArea(area, name, matching)).map(([n]) => n);
        assert.deepEqual(index.at(name), expected, name);
        if (expected.length > 1) several += 1;
      }
      assert.ok(several > 100, String(several));
    }
  });

  it('P7: holds the whole of a folder, a file and a glob under one worker', () => {
    const index = indexOf(
      new Map([
        ['web', { scope: ['src/web', 'docs/web.md'], notYourJob: ['src/web/generated/'] }],
        ['api', { scope: ['src/api/**/*.ts', '**/*.sql'], notYourJob: ['Anything else'] }],
      ]),
      { criticalFiles: ['migrations/**'] },
    );
    const rows: [string, string][] = [
      ['src/web/a/b.ts', 'web'],
      ['src/web', 'web'],
      ['src/website/a.ts', ''],
      ['src/web/generated/a.ts', ''],
      ['docs/web.md', 'web'],
      ['src/api/x.ts', 'api'],
      ['src/api/x.js', ''],
      ['src/web/q.sql', 'web,api'],
      ['migrations/1.sql', ''],
    ];
    for (const [name, owners] of rows) assert.equal(index.at(name).join(), owners, name);
  });
});
