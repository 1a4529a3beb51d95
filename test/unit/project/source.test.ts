import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { commands, contextKeys, settings, views } from '../../../src/editor/ids.ts';
import { root } from './manifest.ts';

const binary = /\.(png|ttf|woff2?|sqlite|db|vsix|gif|jpe?g)$/;
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((name) => name !== '' && existsSync(join(root, name)));
const texts = files
  .filter((name) => !binary.test(name) && !name.startsWith('test/fixtures/'))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));
const source = texts.filter(({ name }) => name.startsWith('src/') && name.endsWith('.ts'));

/** Controls, bidirectional marks, zero width and other characters that hide in a text. */
const invisible =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e01ef}]/u;

describe('the repository', () => {
  it('hides no character', () => {
    for (const { name, text } of texts) {
      const at = text.search(invisible);
      const code = at < 0 ? '' : (text.codePointAt(at) ?? 0).toString(16);
      assert.equal(at, -1, `${name}:${text.slice(0, at).split('\n').length} holds U+${code}`);
    }
  });

  it('knows no path of the machine it is on', () => {
    const own = [root, `${homedir()}/`].filter((path) => path.length > 2);
    for (const { name, text } of texts)
      for (const path of own) assert.ok(!text.includes(path), `${name} names ${path}`);
  });

  it('locks packages of the public registry alone, each with its checksum', () => {
    const locks = texts.filter(({ name }) => basename(name) === 'package-lock.json');
    assert.ok(locks.length >= 2);
    for (const { name, text } of locks) {
      const { packages } = JSON.parse(text) as { packages: Record<string, Record<string, unknown>> };
      for (const [path, entry] of Object.entries(packages)) {
        if (path === '' || entry.link === true || entry.inBundle === true) continue;
        const from = (entry.resolved as string | undefined) ?? 'https://registry.npmjs.org/';
        assert.match(from, /^https:\/\/registry\.npmjs\.org\//, `${name}: ${path}`);
        assert.match(String(entry.integrity), /^sha512-/, `${name}: ${path}`);
      }
      for (const [, host] of text.matchAll(/"resolved": "[a-z+]+:\/\/([^/"]+)/g))
        assert.equal(host, 'registry.npmjs.org');
    }
  });

  it('names files for their topic', () => {
    for (const { name } of source)
      assert.doesNotMatch(
        basename(name),
        /^(index|utils?|helpers?|misc|common)\.|(manager|service|helper|utils?)\./i,
        name,
      );
  });
});

describe('the ids in the source', () => {
  const known = new Set<string>([...commands, ...views, ...settings, ...contextKeys]);

  // What a file keeps in workspace state under its own `key` is nobody else's business.
  it('all stand in the table', () => {
    for (const { name, text } of source) {
      if (name === 'src/editor/ids.ts' || !name.startsWith('src/editor/')) continue;
      for (const [, id] of text.matchAll(/(?<!const key = )['"`](lockkeeper\.[\w.]+)['"`]/g))
        assert.ok(known.has(id ?? ''), `${name} names ${id}`);
    }
  });
});
