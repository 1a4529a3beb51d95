import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { programNamed } from '../../../src/running/finding.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';

describe('an installed program', () => {
  let folder: string;

  before(async () => {
    folder = await temporaryFolder('find');
    for (const name of ['one', 'two', 'project/node_modules/.bin'])
      mkdirSync(join(folder, name), { recursive: true });
    const program = (path: string, mode = 0o755): void => {
      writeFileSync(join(folder, path), '#!/bin/sh\n');
      chmodSync(join(folder, path), mode);
    };
    program('one/plain', 0o644);
    program('two/plain');
    program('two/agent');
    program('project/node_modules/.bin/agent');
    mkdirSync(join(folder, 'one', 'agent'));
  });

  after(() => removeFolder(folder));

  const found = (name: string, ...folders: string[]): string | undefined =>
    programNamed(name, { path: folders.join(delimiter), apart: [join(folder, 'project')] });

  it('is the first on the PATH that can be run; a folder or a plain file is none', function () {
    if (process.platform === 'win32') return this.skip();
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    assert.equal(found('plain', one, two), join(two, 'plain'));
    assert.equal(found('agent', one, two), join(two, 'agent'));
    assert.equal(found('other', one, two), undefined);
    assert.equal(found('agent'), undefined);
  });

  it('is never one of the project that is open, nor one that depends on where we are', () => {
    assert.equal(found('agent', join(folder, 'project', 'node_modules', '.bin')), undefined);
    assert.equal(found('agent', '.', 'two'), undefined);
  });
});
