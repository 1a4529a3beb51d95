import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../../rig/places.ts';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the long run', () => {
  const suite = /\n  long: \{[\s\S]*?\n  \},/.exec(read('.tools/test.mjs'))?.[0] ?? '';
  const seldom = /const seldom = \[(.*)\]/.exec(read('.tools/test.mjs'))?.[1] ?? '';
  const marked = globSync('test/{ui,unit,host}/**/*.test.ts', { cwd: root }).filter((file) =>
    / from '.*\/rig\/long\.ts'/.test(read(file)),
  );

  it('plays each file that has a long form', () => {
    const played = [...`${suite} ${seldom}`.matchAll(/(\w+)(?:\.test\.ts'|')/g)].map(([, name]) => name);
    for (const file of marked) assert.ok(played.includes(basename(file, '.test.ts')), file);
    assert.ok(marked.length >= 5);
  });

  it('is played wherever npm test is played for all', () => {
    for (const run of ['npm test', 'npm run test:long'])
      assert.ok(read('.ci/run').includes(`\n${run} </dev/null\n`), run);
  });
});
