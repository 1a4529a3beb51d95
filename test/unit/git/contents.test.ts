import assert from 'node:assert/strict';
import { contentOf } from '../../../src/git/contents.ts';
import { git, Ground } from './given.ts';

describe('what a file holds in a tree', () => {
  const ground = new Ground();
  let top: string;
  let tree: string;
  const many = Array.from({ length: 120 }, (_, at) => `src/${at} ü.txt`);
  const shown = async (...paths: readonly string[]): Promise<readonly (string | undefined)[]> => {
    const all = await Promise.all(paths.map((path) => contentOf(top, tree, path)));
    return all.map((bytes) => bytes && Buffer.from(bytes).toString());
  };

  before(async () => {
    await ground.open();
    top = ground.repository({
      ...Object.fromEntries(many.map((path, at) => [path, `${path}\n`.repeat(at)])),
      'two\nlines.txt': 'odd\n',
      'abc blob 3': 'x\n',
      'bytes.bin': 'a\0\u00ffb\n\n',
    });
    tree = git(top, 'rev-parse', 'HEAD^{tree}');
  });

  after(() => ground.close());

  it('is read alone and with many others, each its own', async () => {
    assert.deepEqual(await shown('src/3 ü.txt'), ['src/3 ü.txt\n'.repeat(3)]);
    assert.deepEqual(
      await shown(...many),
      many.map((path, at) => `${path}\n`.repeat(at)),
    );
  });

  it('what is not there, or is no file, is none, and takes nothing from those around it', async () => {
    const asked = ['bytes.bin', 'src', 'not/there', 'abc blob 3', 'two\nlines.txt', '', 'src/0 ü.txt'];
    const held = ['a\0\u00ffb\n\n', undefined, undefined, 'x\n', 'odd\n', undefined, ''];
    assert.deepEqual(await shown(...asked), held);
    for (const [at, path] of asked.entries()) assert.deepEqual(await shown(path), [held[at]]);
  });

  it('of a tree that git does not know nothing is read, and the others are', async () => {
    const [none, one] = await Promise.all([
      contentOf(top, '0'.repeat(40), 'bytes.bin'),
      contentOf(top, tree, 'src/1 ü.txt'),
    ]);
    assert.equal(none, undefined);
    assert.equal(Buffer.from(one ?? []).toString(), 'src/1 ü.txt\n');
  });
});
