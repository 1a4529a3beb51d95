/** Opens VS Code with Lockkeeper on a small project in a new git repository, until Ctrl+C. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensure } from '../../.tools/ensure.mjs';
import { desktopCode } from './desktop.ts';
import { root } from './places.ts';
import { startServer } from './server.ts';
import { quiet } from './settings.ts';
import { removeFolder, temporaryFolder } from './temporary.ts';

const firstPort = 8617;

const settings = { ...quiet, 'workbench.activityBar.location': 'default', 'git.autofetch': false };

async function project(folder: string): Promise<string> {
  const repository = join(folder, 'locks');
  await cp(join(root, 'media/rehearsal/project'), repository, { recursive: true });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Lockkeeper');
  git('config', 'user.email', 'lockkeeper@example.com');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'chore: begin');
  return repository;
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const free = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (free) {
    probe.close();
    await once(probe, 'close');
  }
  return free;
}

async function nextFreePort(port: number): Promise<number> {
  return (await isFree(port)) ? port : nextFreePort(port + 1);
}

const say = (text: string) => process.stdout.write(`${text}\n`);

/** One Ctrl+C can arrive twice, from the terminal and from npm; the listeners stay, so that neither cuts the cleaning short. */
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
});

async function openDesktop(code: string, repository: string, home: string): Promise<void> {
  const userData = join(home, 'u');
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(join(userData, 'User/settings.json'), JSON.stringify(settings, undefined, 2));
  const args = [
    repository,
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${join(home, 'e')}`,
    '--disable-workspace-trust',
    '--skip-welcome',
    '--skip-release-notes',
  ];
  if (process.platform === 'linux' && process.getuid?.() === 0) args.push('--no-sandbox');
  const child = spawn(code, args, { stdio: 'ignore' });
  say(`VS Code is open on ${repository}. Click the lock gate in the activity bar. Ctrl+C ends it.`);
  await Promise.race([once(child, 'close'), interrupted]);
  if (child.exitCode === null) {
    const ended = once(child, 'close');
    child.kill();
    await ended;
  }
}

async function serve(repository: string): Promise<void> {
  await ensure({ withRig: true });
  const server = await startServer({ linked: [root], settings, port: await nextFreePort(firstPort) });
  try {
    say(`Lockkeeper is open at ${server.url(repository)}`);
    say('Click the lock gate in the activity bar. Ctrl+C ends it.');
    await interrupted;
  } finally {
    await server.stop();
  }
}

const home = await temporaryFolder('start');
try {
  const repository = await project(home);
  const code = await desktopCode();
  if (code === undefined) await serve(repository);
  else await openDesktop(code, repository, home);
} finally {
  await removeFolder(home);
}
