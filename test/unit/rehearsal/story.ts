import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { debugActs } from '../../../src/contract/debug.ts';
import { packetDraft } from '../../../src/contract/packets.ts';

const shipped = fileURLToPath(new URL('../../../media/rehearsal/', import.meta.url));
export const storyFile = join(shipped, 'story.json');

/** The part of the story that the window sets up; the scenes are the worker's. */
const plan = z.object({
  objective: z.string(),
  constraints: z.array(z.string()),
  workers: z.array(z.object({ name: z.string(), role: z.string() })),
  steps: z.array(z.object({ title: z.string(), role: z.string(), tasks: z.array(packetDraft) })),
  reconcile: z.object({ ...packetDraft.shape, role: z.string() }),
  instruction: z.string(),
  debug: z.object({
    ...debugActs['describe-bug'].shape,
    todo: z.optional(z.int()),
    task: z.string(),
    reason: z.string(),
  }),
});

export const story = plan.parse(JSON.parse(readFileSync(storyFile, 'utf8')));

export function copyProject(to: string): void {
  cpSync(join(shipped, 'project'), to, { recursive: true });
}

/** The project in a git repository of its own, as the rehearsal opens it. */
export function projectRepository(to: string): void {
  copyProject(to);
  const git = (...args: string[]): void => {
    execFileSync('git', args, { cwd: to, stdio: 'ignore' });
  };
  git('init', '-q');
  git('add', '.');
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', 'commit', '-q', '-m', 'chore: begin');
}

/** Runs the project's own tests; throws with their output when one fails. */
export function runProjectTests(project: string): string {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return execFileSync(process.execPath, ['--test'], { cwd: project, encoding: 'utf8', env });
}

/** The files that differ from the first commit, new ones included. */
export function changedFiles(project: string): readonly string[] {
  const shown = execFileSync('git', ['status', '--porcelain', '-uall', '--no-renames'], {
    cwd: project,
    encoding: 'utf8',
  });
  return shown
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(3))
    .sort();
}
