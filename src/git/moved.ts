import { access, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { oneWriter, writeGit } from './git.ts';
import { hide } from './hiding.ts';
import { linkable, makeLinks, unlinkAll } from './links.ts';
import { readRecords, writeRecord, type WorktreeRecord } from './worktreeRecords.ts';

/**
 * Joins a repository that got another name or place with its worktrees again, wherever they are: they stayed behind, or
 * moved with it. One that leads to another repository that is there is that one's, as after a copy.
 */
export async function mendMoved(top: string, commonDir: string): Promise<void> {
  for (const record of await readRecords(commonDir)) {
    if (record.state !== 'ready') continue;
    for (const path of [record.path, join(`${top}.worktrees`, record.id)]) {
      const leads = await leadsTo(path);
      if (leads === undefined) continue;
      if (leads !== join(commonDir, 'worktrees', record.admin) && (await isLost(leads, record)))
        await oneWriter(commonDir, () => mend(top, commonDir, { ...record, path }));
      break;
    }
  }
}

async function mend(top: string, commonDir: string, record: WorktreeRecord): Promise<void> {
  const { path, id, admin } = record;
  const repaired = await writeGit(top, ['worktree', 'repair', path]);
  if (!repaired.ok) return;
  // The links led to where the repository was, and so did what hides them.
  await unlinkAll(path, record.links);
  const links = await linkable(top, record.links);
  if (links.ok) await makeLinks(path, links.links);
  await hide({ path, commonDir, id, admin }, record.links);
  await writeRecord(commonDir, record);
}

/** The git folder that a worktree names; undefined where no worktree is. */
async function leadsTo(path: string): Promise<string | undefined> {
  const text = await readFile(join(path, '.git'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : resolve(path, text.replace(/^gitdir: /, '').trim());
}

async function isLost(leads: string, { admin }: WorktreeRecord): Promise<boolean> {
  if (basename(leads) !== admin) return false;
  return access(leads).then(
    () => false,
    () => true,
  );
}
