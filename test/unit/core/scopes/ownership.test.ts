import assert from 'node:assert/strict';
import { criticalIn, inArea, type Area, type Matching } from '../../../../src/core/scopes/area.ts';
import { plainName } from '../../../../src/core/scopes/name.ts';
import { areasOverlap } from '../../../../src/core/scopes/overlap.ts';

const area = (scope: string | string[], notYourJob: string[] = []): Area => ({
  scope: [scope].flat(),
  notYourJob,
});
const held = (scope: string | string[], name: string, matching: Matching = {}): boolean =>
  inArea(area(scope), name, matching);
const meet = (left: string, right: string, matching: Matching = {}): string | undefined =>
  areasOverlap(area(left), area(right), matching)?.example;

describe('ownership of names', () => {
  it('P7: an entry is a file, a folder or a glob', () => {
    const rows: [string, string, boolean][] = [
      ['src/a.ts', 'src/a.ts', true],
      ['src/a.ts', 'src/a.tsx', false],
      ['src', 'src/deep/a.ts', true],
      ['src', 'src', true],
      ['src', 'srcs/a.ts', false],
      ['src/', 'src/deep/a.ts', true],
      ['src/*', 'src/.env', true],
      ['src/*', 'src/deep/a.ts', false],
      ['src/*/', 'src/deep/er/a.ts', true],
      ['src/**', 'src/deep/er/.a.ts', true],
      ['src/**', 'src', false],
      ['src/**', 'a/src/b', false],
      ['**/a.ts', 'a.ts', true],
      ['**/a.ts', 'x/y/a.ts', true],
      ['**/a.ts', 'x/ba.ts', false],
      ['a/**/b/*.ts', 'a/b/c.ts', true],
      ['a/**/b/*.ts', 'a/x/b/b/c.ts', true],
      ['a**b', 'axxb', true],
      ['a**b', 'a/b', false],
      ['src/[ab].ts', 'src/b.ts', true],
      ['src/[a-c]?.ts', 'src/c1.ts', true],
      ['src/[!a].ts', 'src/a.ts', false],
      ['src/[!a].ts', 'src/b.ts', true],
      ['src/[^a].ts', 'src/a.ts', false],
      ['s[!x]c/a', 's/c/a', false],
      ['x[]a]', 'x]', true],
      ['x[!]a]', 'xb', true],
      ['x[!]a]', 'xa', false],
      ['x[ab', 'x[ab', true],
      ['x?y', 'x😀y', true],
      ['x[😀]y', 'x😀y', true],
    ];
    for (const [entry, name, expected] of rows) assert.equal(held(entry, name), expected, `${entry} ${name}`);
  });

  it('P7: a class is also what it looks like, for folders are named [id]', () => {
    for (const name of ['app/[id]/page.tsx', 'app/i/page.tsx'])
      assert.ok(held('app/[id]/page.tsx', name), name);
    assert.ok(held('app/[id]', 'app/[id]/page.tsx'));
    assert.ok(!held('app/[id]', 'app/i/page.tsx'));
    assert.ok(held('app/[id]/**', 'app/[id]/x/page.tsx'));
    assert.ok(!held('app/[id]/page.tsx', 'app/id/page.tsx'));
    assert.equal(meet('app/[id]/page.tsx', 'app/*]/**'), 'app/[id]/page.tsx');
  });

  it('P7: a path that ends as files do is that file only; with / at its end it is the folder', () => {
    assert.ok(!held('src/app.ts', 'src/app.ts/a.md'));
    assert.ok(!held('Makefile', 'Makefile/a.md'));
    assert.ok(held('packages/next.js/', 'packages/next.js/a.md'));
    assert.ok(held('src/Company.Web', 'src/Company.Web/a.md'));
    assert.equal(meet('**/*.md', 'src/app.ts'), undefined);
    assert.equal(meet('**/*.md', 'src/app'), 'src/app/b.md');
  });

  it('P7: src/** meets src/a.ts, src/[ab].ts meets src/a.ts', () => {
    assert.deepEqual(areasOverlap(area('src/**'), area('src/a.ts'), {}), {
      left: 'src/**',
      right: 'src/a.ts',
      example: 'src/a.ts',
    });
    assert.deepEqual(areasOverlap(area('src/a.ts'), area('src/[ab].ts'), {}), {
      left: 'src/a.ts',
      right: 'src/[ab].ts',
      example: 'src/a.ts',
    });
    const met = areasOverlap(area(['docs', 'src/web/**']), area(['test', 'src/**/*.ts']), {});
    assert.deepEqual(met, { left: 'src/web/**', right: 'src/**/*.ts', example: 'src/web/a.ts' });
    assert.equal(meet('src/*.ts', 'src/*.js'), undefined);
    assert.equal(meet('src/*', 'src/*/*'), undefined);
    assert.equal(meet('src/[a-c]', 'src/[d-f]'), undefined);
    assert.equal(meet('src/[!a]', 'src/?'), 'src/b');
    for (const [left, right] of [
      ['[.]/**', '?/a'],
      ['src/[.]', 'src/?'],
      ['src/[.][.]', 'src/??'],
    ] as const)
      assert.equal(meet(left, right), undefined, `no segment is a dot: ${left}`);
  });

  it('P7: two classes meet in any of their characters', () => {
    assert.match(meet('x[m-o]', 'x?') ?? '', /^x[m-o]$/);
    assert.match(meet('[k-o]', '[m-q]') ?? '', /^[mno]$/);
    assert.equal(meet('[k-m]', '[n-q]'), undefined);
    assert.equal(areasOverlap(area('src/m[m-n]'), area('src/??', ['src/mm']), {})?.example, 'src/mn');
    assert.equal(areasOverlap(area('x[k-q]', ['x[k-m]']), area('x?'), {})?.example, 'xn');
    assert.equal(areasOverlap(area('x[m-o]', ['xm', 'xo']), area('x?'), {})?.example, 'xn');
    assert.equal(areasOverlap(area('x[k-q]', ['x[k-m]', 'x[n-q]']), area('x?'), {}), undefined);
  });

  it('P7: ./src//a.ts, src/x/../a.ts, other case on a case-blind disk and NFD é are the same file', () => {
    for (const name of ['./src//a.ts', 'src/x/../a.ts', 'src/./a.ts', 'src/a.ts/'])
      assert.ok(held('src/a.ts', name), name);
    assert.ok(held('./src//a.ts', 'src/a.ts'));
    assert.ok(held('caf\u0065\u0301/*', 'caf\u00e9/a.ts'));
    assert.ok(held('caf\u00e9/*', 'caf\u0065\u0301/a.ts'));
    assert.equal(meet('caf\u0065\u0301', 'caf\u00e9'), 'caf\u00e9');
    for (const [entry, name] of [
      ['Src/A.ts', 'src/a.TS'],
      ['SRC/**', 'src/x/Y'],
      ['src/[A-C].ts', 'SRC/b.TS'],
      ['Ünder/*', 'üNDER/a'],
      ['Ä[À-Þ]*', 'äéX'],
      ['ΣΑΣ', 'σας'],
    ] as const) {
      assert.ok(held(entry, name, { caseBlind: true }), entry);
      assert.ok(!held(entry, name), entry);
      assert.notEqual(meet(entry, name, { caseBlind: true }), undefined, entry);
      assert.equal(meet(entry, name), undefined, entry);
    }
    assert.ok(!held('src/[!A].ts', 'src/a.ts', { caseBlind: true }));
    const letters = area('src/?', ['src/[a-z]', 'src/[!a-z]']);
    assert.equal(areasOverlap(letters, area('src/?'), { caseBlind: true }), undefined);
    assert.equal(areasOverlap(area('src/?', ['src/[!A-Z]']), letters, { caseBlind: true }), undefined);
  });

  it('P7: a name that leads out of the workspace is in no area', () => {
    for (const name of ['../a', 'src/../../a', '/etc/passwd', '', '.', '..', 'src/..'])
      assert.equal(plainName(name), undefined, name);
    for (const name of ['../a', '/a', '']) assert.ok(!held(['**', 'a', '../a', '/a'], name), name);
    assert.equal(plainName('a/..b/...'), 'a/..b/...');
  });

  it('P7: the same relative path in two folders is two files', () => {
    assert.ok(!held('api/src/a.ts', 'web/src/a.ts'));
    assert.equal(meet('api/src/**', 'web/src/**'), undefined);
  });

  it('P7: NOT-YOUR-JOB cuts paths out of SCOPE, prose does not', () => {
    const cut = area('src/**', [
      '`src/web/`',
      '- src/[ab].ts',
      'src/b/*.md',
      'Anything in docs/',
      'The rest',
    ]);
    const rows: [string, boolean][] = [
      ['src/web/x/a.ts', false],
      ['src/a.ts', false],
      ['src/c.ts', true],
      ['src/b/a.md', false],
      ['src/b/a.ts', true],
    ];
    for (const [name, expected] of rows) assert.equal(inArea(cut, name, {}), expected, name);
    assert.equal(areasOverlap(cut, area('src/web/**/*.ts'), {}), undefined);
    assert.equal(areasOverlap(area('src/web/**/*.ts'), cut, {}), undefined);
    assert.equal(areasOverlap(cut, area('src/*/*.ts'), {})?.example, 'src/x/x.ts');
    assert.equal(areasOverlap(area('src', ['src/*']), area('src', ['src/*/**']), {})?.example, 'src');
    const everything = area('src/a.ts', ['**', 'everything', 'any']);
    assert.ok(inArea(everything, 'src/a.ts', {}));
  });

  it('P7: a critical file is in an area only if named letter by letter', () => {
    const matching = { criticalFiles: ['**/package-lock.json', 'migrations/'] };
    assert.ok(!held('**/*.json', 'web/package-lock.json', matching));
    assert.ok(!held('migrations', 'migrations/1.sql', matching));
    assert.ok(held(['**', 'migrations/1.sql'], 'migrations/1.sql', matching));
    assert.ok(!held(['**', 'Migrations/1.sql'], 'migrations/1.sql', matching));
    assert.ok(held('Migrations/1.sql', 'migrations/1.SQL', { ...matching, caseBlind: true }));
    assert.ok(held('**/*.json', 'web/package.json', matching));
    assert.ok(!inArea(area('package-lock.json', ['*.json']), 'package-lock.json', matching));
    assert.equal(meet('**/package-lock.json', 'package-lock.json', matching), undefined);
    assert.equal(meet('package-lock.json', './package-lock.json', matching), 'package-lock.json');
    assert.equal(meet('migrations', 'migrations/*.sql', matching), undefined);
    assert.equal(meet('migrations', 'migrations/*.sql'), 'migrations/b.sql');
    assert.deepEqual(criticalIn(area(['src/**', 'migrations/1.sql', 'migrations/']), matching), [
      { entry: 'migrations/1.sql', glob: 'migrations/' },
    ]);
  });

  it('P7: each folder of several has its own critical files', () => {
    const matching = { criticalFiles: ['package-lock.json'], folders: ['api', 'web'] };
    assert.ok(!held('web/*', 'web/package-lock.json', matching));
    assert.ok(held('api/*', 'api/package-lock.json', { ...matching, folders: ['web', 'docs'] }));
    assert.ok(held('web/*', 'web/package-lock.json', { ...matching, folders: ['web'] }));
    assert.ok(!held('*', 'package-lock.json', { ...matching, folders: ['web'] }));
  });

  it('P7: what takes too long to decide is called an overlap', () => {
    const hard = (n: number): [Area, Area] => {
      const cuts = Array.from({ length: n }, (_, index) => `src/*[ab${index}]???[b${index}]*`);
      return [area('src/x*', [...cuts, 'src/[!x]*']), area('src/*', [...cuts, 'src/x*'])];
    };
    assert.equal(areasOverlap(...hard(1), {}), undefined);
    assert.deepEqual(areasOverlap(...hard(90), {}), { left: 'src/x*', right: 'src/*' });
    const files = (n: number): Area =>
      area(Array.from({ length: n }, (_, index) => `src/${'name'.repeat(9)}${index}.ts`));
    const globs = (n: number): Area => area(Array.from({ length: n }, (_, index) => `**/*n*a*m*e*-${index}`));
    assert.equal(areasOverlap(files(9), globs(9), {}), undefined);
    for (const pair of [
      [files(200), globs(200)],
      [globs(200), files(200)],
    ] as const) {
      const met = areasOverlap(...pair, {});
      assert.ok(met && met.example === undefined);
    }
  });
});
