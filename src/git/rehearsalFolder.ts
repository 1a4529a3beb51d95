import { execFile } from 'node:child_process';
import { cp, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A fresh copy of the sample project, in a folder of its own, as a git repository with one commit. */
export async function makeRehearsalFolder(project: string): Promise<string> {
  const folder = join(await realpath(await mkdtemp(join(tmpdir(), 'lockkeeper-rehearsal-'))), 'locks');
  await cp(project, folder, { recursive: true });
  const git = (...args: string[]): Promise<unknown> => run('git', args, { cwd: folder });
  await git('init', '--quiet', '--initial-branch=main');
  await git('config', 'user.name', 'Lockkeeper rehearsal');
  await git('config', 'user.email', 'rehearsal@lockkeeper.invalid');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'chore: begin');
  return folder;
}
