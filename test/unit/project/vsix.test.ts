import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { staticSize } from './bundle.ts';
import { root } from './manifest.ts';
import { namesInZip } from './zip.ts';

/** What a user receives, file by file. A hash stands for the name of a chunk. */
const allowed = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/dist/extension.js',
  'extension/dist/guard.js',
  'extension/dist/launch.js',
  'extension/dist/acp.js',
  'extension/dist/rehearsal.js',
  'extension/dist/stdio.js',
  'extension/dist/verify.js',
  'extension/dist/panel.js',
  'extension/dist/codicon.css',
  'extension/dist/codicon.ttf',
  'extension/media/page.css',
  'extension/media/panel.css',
  'extension/media/playbooks/01-security-debug-pentest.md',
  'extension/media/playbooks/02-backend-reliability-resilience.md',
  'extension/media/timeline.css',
  'extension/media/icon.png',
  'extension/media/lockkeeper.svg',
  'extension/media/window.png',
  'extension/media/rehearsal/project/CHANGELOG.md',
  'extension/media/rehearsal/project/README.md',
  'extension/media/rehearsal/project/package.json',
  'extension/media/rehearsal/project/src/chamberVolume.js',
  'extension/media/rehearsal/project/src/fillTime.js',
  'extension/media/rehearsal/project/src/index.js',
  'extension/media/rehearsal/project/src/lockages.js',
  'extension/media/rehearsal/project/test/chamberVolume.test.js',
  'extension/media/rehearsal/project/test/fillTime.test.js',
  'extension/media/rehearsal/project/test/lockages.test.js',
  'extension/media/rehearsal/story.json',
  'extension/media/walkthrough/lead.md',
  'extension/media/walkthrough/plan.md',
  'extension/media/walkthrough/rehearse.md',
  'extension/media/walkthrough/start.md',
  'extension/media/walkthrough/workers.md',
  'extension/package.json',
  'extension/readme.md',
];
const chunk = /^extension\/dist\/[A-Z0-9]{8}\.js$/;

describe('the VSIX', function () {
  this.timeout(120_000);
  let folder: string;
  let files: string[];

  before(async () => {
    const staged = process.env['LOCKKEEPER_VSIX'];
    folder = staged === undefined ? await mkdtemp(join(tmpdir(), 'lk-vsix-')) : dirname(staged);
    if (staged === undefined)
      await promisify(execFile)(process.execPath, ['.tools/stage.mjs', folder], { cwd: root });
    files = namesInZip(await readFile(join(folder, 'lockkeeper.vsix')));
  });

  after(async () => {
    if (process.env['LOCKKEEPER_VSIX'] === undefined) await rm(folder, { recursive: true, force: true });
  });

  it('holds exactly the files it should', () => {
    assert.deepEqual(files.filter((name) => !chunk.test(name)).sort(), [...allowed].sort());
  });

  it('is as small as promised', async () => {
    const sizes = files
      .filter((name) => name.startsWith('extension/dist/') && name.endsWith('.js'))
      .map(async (name) => (await stat(join(folder, name))).size);
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    assert.ok(total <= 1_500_000, `${total} bytes of code`);
  });

  it('starts with as little as promised', async () => {
    const total = await staticSize(join(folder, 'extension/dist/extension.js'));
    assert.ok(total <= 250_000, `${total} bytes at every start`);
  });

  it('refers to no source map', async () => {
    for (const name of files.filter((file) => file.endsWith('.js')))
      assert.doesNotMatch(await readFile(join(folder, name), 'utf8'), /\/\/# sourceMappingURL=/, name);
  });
});
