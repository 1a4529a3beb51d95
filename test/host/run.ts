/** Builds the host tests and runs them inside a real extension host: `run.ts [-g text]`. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, globSync } from 'node:fs';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Writable } from 'node:stream';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import { desktopCode } from '../rig/desktop.ts';
import { root } from '../rig/places.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';

const extension = process.env.LOCKKEEPER_EXTENSION;
if (extension === undefined)
  throw new Error('Start these tests with `npm run test:host`; -g may follow `--`.');

const { values } = parseArgs({ options: { grep: { type: 'string', short: 'g' } } });

/** Inside the repository, so that the tests find mocha. */
const folder = join(root, '.rig', `host-${process.pid}`);

async function bundle(): Promise<string> {
  await mkdir(folder, { recursive: true });
  const files = globSync('test/host/**/*.test.ts', { cwd: root }).sort();
  const imports = files.map((file) => `import ${JSON.stringify(join(root, file))};`);
  await writeFile(join(folder, 'tests.ts'), imports.join('\n'));
  await writeFile(
    join(folder, 'options.json'),
    JSON.stringify(values.grep === undefined ? {} : { grep: values.grep }),
  );
  await esbuild.build({
    entryPoints: { entry: join(root, 'test/host/entry.ts'), tests: join(folder, 'tests.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    sourcemap: 'inline',
    packages: 'external',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return join(folder, 'entry.mjs');
}

/** `runTests` starts one program; ours is this Node with the launcher. */
async function workbenchLauncher(): Promise<string> {
  const program = join(folder, 'workbench');
  const script = `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'test/host/launcher.ts')}" "$@"\n`;
  await writeFile(program, script);
  await chmod(program, 0o755);
  return program;
}

/** A repository with a commit: what a worker changes there can be measured. */
function begin(project: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: project });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Person');
  git('config', 'user.email', 'person@example.invalid');
  git('add', '--all');
  git('commit', '--quiet', '--no-gpg-sign', '--message', 'chore: begin');
}

const unheard = () => new Writable({ write: (_chunk, _encoding, done) => done() });

const workspace = await temporaryFolder('folder');
try {
  await writeFile(join(workspace, 'README.md'), '# A small project\n');
  begin(workspace);
  const entry = await bundle();
  const desktop = await desktopCode();
  const run = runTests({
    vscodeExecutablePath: desktop ?? (await workbenchLauncher()),
    extensionDevelopmentPath: extension,
    extensionTestsPath: entry,
    launchArgs: [workspace],
    stdout: unheard(),
    stderr: process.stderr,
  });
  const code = await run.catch(() => 1);
  const printed = join(folder, 'console.txt');
  if (existsSync(printed))
    await once(
      createReadStream(printed).on('data', (chunk) => process.stdout.write(chunk)),
      'close',
    );
  const result = join(folder, 'result.json');
  if (!existsSync(result)) {
    process.stderr.write('The extension host ended without a result.\n');
    process.exitCode = 1;
  } else {
    const count = process.env.LOCKKEEPER_COUNT;
    if (count !== undefined) await copyFile(result, count);
    process.exitCode = code;
  }
} finally {
  await removeFolder(workspace);
  await removeFolder(folder);
}
