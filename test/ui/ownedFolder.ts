import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Act } from '../../src/contract/acts.ts';
import type { PacketDraft } from '../../src/contract/packets.ts';

export const packet = {
  task: 'Say in src/app.ts what the app is',
  notYourJob: ['README.md'],
  doneWhen: ['src/app.ts has the words "the app"'],
  verify: ['git grep -n "the app" src/app.ts'],
  priority: 'normal',
} satisfies PacketDraft;

export const settings = {
  'files.autoSave': 'off',
  'lockkeeper.criticalFiles': ['**/*.{lock,sum}', '!(x)'],
};

/** What else the second TODO says. */
export const words = { task: 'Say in src/app.ts what the app is not' };

/** What is on the record before the person comes to the files. */
export const settled: readonly Act[] = [
  { type: 'start', objective: 'Say what the app is', constraints: [], mode: 'orchestrator-first' },
  { type: 'add-worker', name: 'carver', role: 'docs', runs: { kind: 'by-hand', where: 'elsewhere' } },
  { type: 'add-worker', name: 'joiner', role: 'words', runs: { kind: 'by-hand', where: 'elsewhere' } },
  { type: 'add-todo', role: 'docs', packet: { ...packet, scope: ['lib/'] } },
  { type: 'add-todo', role: 'words', packet: { ...packet, ...words, scope: ['src/app.ts'] } },
];

/** Two files in a folder, and a link that leads there. */
export async function fill(folder: string): Promise<void> {
  await mkdir(join(folder, 'src'));
  for (const name of ['README.md', 'src/app.ts', 'src/old.ts'])
    await writeFile(join(folder, name), 'export {};\n');
  await symlink('src', join(folder, 'lib'), 'dir');
}
