import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Outputs } from '../../../src/running/outputs.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';

let folder = '';
beforeEach(async () => void (folder = await temporaryFolder('outputs')));
afterEach(() => removeFolder(folder));

describe('what programs wrote', () => {
  it('is kept under its SHA-256, word for word', async () => {
    const outputs = new Outputs(join(folder, 'outputs'));
    const text = '\u001b[31mred\u001b[0m\r\nü\n';
    const sha256 = await outputs.keep(text);
    assert.equal(sha256, createHash('sha256').update(text).digest('hex'));
    assert.equal(await outputs.read(sha256), text);
    assert.equal(await outputs.keep(text), sha256);
    assert.deepEqual(readdirSync(join(folder, 'outputs')), [sha256]);
  });

  it('is not shown when it is not what was kept, or gone', async () => {
    const outputs = new Outputs(folder);
    const sha256 = await outputs.keep('pass 12');
    writeFileSync(join(folder, sha256), 'pass 13');
    assert.equal(await outputs.read(sha256), undefined);
    assert.equal(await outputs.read('0'.repeat(64)), undefined);
    assert.equal(await outputs.read('../teller.json'), undefined);
  });

  it('goes, the oldest first, when it is too much', async () => {
    const outputs = new Outputs(folder, 25);
    const texts = ['first text', 'second one'];
    const kept: string[] = [];
    for (const [index, text] of texts.entries()) {
      const sha256 = await outputs.keep(text);
      utimesSync(join(folder, sha256), index + 1, index + 1);
      kept.push(sha256);
    }
    kept.push(await outputs.keep('third text'));
    const read = await Promise.all(kept.map((sha256) => outputs.read(sha256)));
    assert.deepEqual(read, [undefined, 'second one', 'third text']);
  });
});
