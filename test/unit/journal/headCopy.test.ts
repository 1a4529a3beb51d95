import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { readHeadCopy, replaceHeadCopy, writeHeadCopy } from '../../../src/journal/headCopy.ts';
import { newFolder, sweep } from './folder.ts';

const at = (seq: number): { seq: number; hash: string } => ({ seq, hash: String(seq % 10).repeat(64) });
const none = (): void => undefined;

describe('journal: the copy of the head', () => {
  afterEach(sweep);

  it('gives back the last one written', () => {
    const { headFile } = newFolder();
    assert.equal(readHeadCopy(headFile), 'none');
    for (const seq of [1, 2, 3, 4, 9, 17, 2 ** 40]) {
      writeHeadCopy(headFile, at(seq), none);
      assert.deepEqual(readHeadCopy(headFile), at(seq));
    }
    replaceHeadCopy(headFile, at(5), none);
    assert.deepEqual(readHeadCopy(headFile), at(5));
  });

  it('torn or changed at any byte it gives the one before, or none, never one that was not', () => {
    const { headFile } = newFolder();
    for (const seq of [6, 7, 8]) writeHeadCopy(headFile, at(seq), none);
    const bytes = readFileSync(headFile);
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 0x04;
      for (const content of [changed, bytes.subarray(0, index)]) {
        writeFileSync(headFile, content);
        const found = readHeadCopy(headFile);
        assert.ok(
          found === 'unreadable' || found === 'none' || found.seq === 7 || found.seq === 8,
          JSON.stringify(found),
        );
        if (typeof found === 'object') assert.deepEqual(found, at(found.seq));
      }
    }
    writeHeadCopy(headFile, at(9), none);
    assert.deepEqual(readHeadCopy(headFile), at(9));
  });
});
