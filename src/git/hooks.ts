import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { writeGit } from './git.ts';

/** A commit that is about to be made, as the repository's hooks are shown it. */
export interface Shown {
  readonly top: string;
  readonly gitDir: string;
  /** An index that holds exactly what would be committed. */
  readonly index: string;
  readonly signal?: AbortSignal;
}

/** Runs one hook of the repository, where it has that one, as `git commit` would. */
async function runHook(
  { top, index, signal }: Shown,
  name: string,
  args: readonly string[],
): Promise<Refusal | undefined> {
  const answer = await writeGit(
    top,
    ['hook', 'run', '--ignore-missing', name, ...(args.length > 0 ? ['--', ...args] : [])],
    { index, hooks: true, ...(signal ? { signal } : {}) },
  );
  if (answer.ok) return undefined;
  if (answer.refusal.code === 'cancelled') return answer.refusal;
  const said = `${answer.text}\n${answer.output}`.trim();
  return refusal(
    'hook-refused',
    `The hook ${name} of the repository refuses the commit${said === '' ? '.' : `: ${said.slice(-400)}`}`,
    'Reject the result with what the hook says, or mend the hook, and approve again.',
  );
}

/** What may refuse or change a commit before it is made; gives the message as the hooks leave it. */
export async function askHooks(
  shown: Shown,
  message: string,
): Promise<{ ok: true; message: string } | { ok: false; refusal: Refusal }> {
  const file = join(shown.gitDir, 'COMMIT_EDITMSG');
  const refused = await runHook(shown, 'pre-commit', []);
  if (refused) return { ok: false, refusal: refused };
  await writeFile(file, message);
  for (const [name, ...args] of [
    ['prepare-commit-msg', file, 'message'] as const,
    ['commit-msg', file] as const,
  ]) {
    const why = await runHook(shown, name, args);
    if (why) return { ok: false, refusal: why };
  }
  return { ok: true, message: await readFile(file, 'utf8') };
}

/** Its word counts for nothing any more. */
export async function tellHooks(shown: Shown): Promise<void> {
  await runHook(shown, 'post-commit', []);
}
