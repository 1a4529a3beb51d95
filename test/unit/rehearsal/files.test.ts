import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holds, inScope, isEdited, makeEdit } from '../../../src/agents/rehearsal/files.ts';
import type { Edit } from '../../../src/agents/rehearsal/script.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';

describe('an edit of the rehearsal', () => {
  let folder: string;
  let root: string;
  beforeEach(async () => {
    folder = await temporaryFolder('edit');
    root = join(folder, 'root');
    mkdirSync(join(root, 'src'), { recursive: true });
    writeFileSync(join(root, 'src/a.js'), 'one\ntwo\n');
    writeFileSync(join(folder, 'outside.js'), 'one\n');
  });
  afterEach(() => removeFolder(folder));

  const scope = ['src/a.js', 'docs/'];
  const read = (name: string): string => readFileSync(join(root, name), 'utf8');
  const edit = (part: Partial<Edit>): Edit => ({
    do: 'edit',
    file: 'src/a.js',
    find: 'two\n',
    write: 'two\nthree\n',
    ...part,
  });

  it('is made once, although the new text holds the old', () => {
    assert.equal(isEdited(root, edit({})), false);
    assert.equal(makeEdit(root, scope, edit({})), true);
    assert.equal(makeEdit(root, scope, edit({})), false);
    assert.equal(read('src/a.js'), 'one\ntwo\nthree\n');
    assert.equal(isEdited(root, edit({})), true);
    assert.deepEqual(readdirSync(join(root, 'src')), ['a.js']);
  });

  it('uses up what a killed process left beside the file', () => {
    writeFileSync(join(root, 'src/.a.js.rehearsal'), 'ha');
    makeEdit(root, scope, edit({}));
    assert.deepEqual(readdirSync(join(root, 'src')), ['a.js']);
    assert.equal(read('src/a.js'), 'one\ntwo\nthree\n');
  });

  it('keeps the line ends of the file', () => {
    writeFileSync(join(root, 'src/a.js'), 'one\r\ntwo\r\n');
    assert.equal(makeEdit(root, scope, edit({})), true);
    assert.equal(read('src/a.js'), 'one\r\ntwo\r\nthree\r\n');
    assert.equal(makeEdit(root, scope, edit({})), false);
    assert.ok(holds(root, 'src/a.js', 'two\nthree'));
  });

  it('writes a whole new file', () => {
    const whole: Edit = { do: 'edit', file: 'docs/new/b.md', write: 'all\n' };
    assert.equal(makeEdit(root, scope, whole), true);
    assert.equal(makeEdit(root, scope, whole), false);
    assert.equal(read('docs/new/b.md'), 'all\n');
  });

  const wrong: [string, Partial<Edit>, RegExp][] = [
    ['outside of SCOPE', { file: 'src/b.js' }, /src\/b\.js is outside of the SCOPE/],
    ['outside of the workspace', { file: 'docs/../../outside.js' }, /not a file of this workspace/],
    ['of a text that is not there', { find: 'four' }, /does not hold/],
    ['of a text that is there twice', { find: 'o', write: 'zero' }, /more than once/],
    ['of a file that is not there', { file: 'docs/c.md' }, /no file docs\/c\.md/],
  ];
  for (const [what, part, words] of wrong) {
    it(`${what} is not made`, () => {
      assert.throws(() => makeEdit(root, scope, edit(part)), words);
      assert.equal(read('src/a.js'), 'one\ntwo\n');
    });
  }

  it('does not follow a link out of the workspace', function () {
    symlinkSync(folder, join(root, 'docs'), 'junction');
    const through = edit({ file: 'docs/outside.js', find: 'one' });
    assert.throws(() => makeEdit(root, scope, through), /not a file of this workspace/);
    assert.equal(readFileSync(join(folder, 'outside.js'), 'utf8'), 'one\n');
  });

  it('takes a scope as a file, a folder or a glob', () => {
    const rows: [string, string, boolean][] = [
      ['src/a.js', 'src/a.js', true],
      ['src/a.js', 'src/a.jsx', false],
      ['src', 'src/deep/a.js', true],
      ['src/', 'srcs/a.js', false],
      ['src/*.js', 'src/a.js', true],
      ['src/*.js', 'src/deep/a.js', false],
      ['src/**', 'src/deep/.a.js', true],
      ['src/**/a.js', 'src/a.js', true],
      ['src/**/a.js', 'src/x/y/a.js', true],
      ['src/**/a.js', 'src/xa.js', false],
      ['src/?.js', 'src/a.js', true],
      ['src/?.js', 'src/ab.js', false],
      ['src/[a-c].js', 'src/b.js', true],
      ['src/[!a-c].js', 'src/b.js', false],
      ['src/[!a-c].js', 'src/d.js', true],
      ['src/[c-a].js', 'src/b.js', false],
      ['src[/]a.js', 'src/a.js', false],
      ['src/[]^].js', 'src/^.js', true],
      ['src/a[.js', 'src/a[.js', true],
      ['src/(a|b)+$.js', 'src/a.js', false],
      ['src/(a|b)+$*.js', 'src/(a|b)+$.js', true],
      ['{src,docs}/a.js', 'src/a.js', false],
      ['!src/a.js', 'src/b.js', false],
    ];
    for (const [entry, file, expected] of rows)
      assert.equal(inScope([entry], file), expected, `${entry} ${file}`);
  });
});
