import { constants } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readPlaybook, type Playbook } from '../core/playbook.ts';
import type { NamedFolder } from './folders.ts';

/** A playbook with the place of its file. */
export type KeptPlaybook = Playbook & { readonly path: string };

export interface Playbooks {
  readonly playbooks: readonly KeptPlaybook[];
  /** Files beside them that cannot be used, and why. */
  readonly bad: readonly { readonly name: string; readonly why: string }[];
}

const ownFolder = ['.lockkeeper', 'playbooks'] as const;
const mostBytes = 64 * 1024;
const mostFiles = 50;
// What is put there between two looks is not waited for either; Windows has no such flag.
const flags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/** P9: the playbooks in a folder of ours, then those of each folder of the workspace. They are read, never written. */
export async function readPlaybooks(shipped: string, folders: readonly NamedFolder[]): Promise<Playbooks> {
  const found = await Promise.all([
    readFolder(shipped, undefined),
    ...folders.map(({ name, fsPath }) => readFolder(join(fsPath, ...ownFolder), name)),
  ]);
  return {
    playbooks: found.flatMap(({ playbooks }) => playbooks),
    bad: found.flatMap(({ bad }) => bad),
  };
}

async function readFolder(path: string, folder: string | undefined): Promise<Playbooks> {
  const names = await namesIn(path);
  const prefix = folder === undefined ? '' : `${folder}/`;
  const playbooks: KeptPlaybook[] = [];
  const bad: { name: string; why: string }[] = [];
  for (const file of names.slice(0, mostFiles)) {
    const place = join(path, file);
    const read = await readOne(place, `${prefix}${file.slice(0, -3)}`);
    if ('why' in read) bad.push({ name: `${prefix}${[...ownFolder, file].join('/')}`, why: read.why });
    else playbooks.push({ ...read, path: place, ...(folder === undefined ? {} : { folder }) });
  }
  if (names.length > mostFiles) {
    bad.push({
      name: `${prefix}${ownFolder.join('/')}`,
      why: `it holds ${names.length} files, and ${mostFiles} are read`,
    });
  }
  return { playbooks, bad };
}

async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(path)).filter((name) => /\.md$/i.test(name)).sort();
  } catch {
    return [];
  }
}

async function readOne(path: string, name: string): Promise<Playbook | { readonly why: string }> {
  try {
    // A pipe by that name would be waited for.
    if (!(await stat(path)).isFile()) return { why: 'it is no file' };
    const handle = await open(path, flags);
    try {
      if ((await handle.stat()).size > mostBytes) return { why: `it is larger than ${mostBytes / 1024} kB` };
      const bytes = await handle.readFile();
      return readPlaybook(name, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { why: error instanceof TypeError ? 'it is no text in UTF-8' : String(error) };
  }
}
