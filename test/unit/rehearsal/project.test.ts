import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { copyProject, runProjectTests } from './story.ts';

describe('the sample project', function () {
  let folder: string;
  before(async () => {
    folder = await temporaryFolder('project');
    copyProject(folder);
  });
  after(() => removeFolder(folder));

  it('is green where it begins, with nothing installed', () => {
    assert.match(runProjectTests(folder), /fail 0/);
  });

  it('goes red when its code is wrong', () => {
    const file = join(folder, 'src/fillTime.js');
    rmSync(file);
    writeFileSync(file, 'export const fillTime = () => 0;\n');
    assert.throws(() => runProjectTests(folder));
  });
});
