import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from '../rig/places.ts';
import type { benchCommands } from './questionBench.ts';

/** The staged panel with its styles, in an extension that has nothing else of Lockkeeper. */
export async function makeBench(folder: string): Promise<void> {
  const staged = process.env.LOCKKEEPER_EXTENSION;
  if (staged === undefined) throw new Error('Start these tests with `npm run test:ui`.');
  await mkdir(join(folder, 'dist'), { recursive: true });
  await cp(join(staged, 'media'), join(folder, 'media'), { recursive: true });
  for (const file of ['panel.js', 'codicon.css', 'codicon.ttf'])
    await cp(join(staged, 'dist', file), join(folder, 'dist', file));
  const titles = [
    'Ask',
    'Ask Softly',
    'Ask Badly',
    'Open Questions',
    'Open Newest',
    'Start Anew',
  ] satisfies (typeof benchCommands)[number][];
  const manifest = {
    name: 'bench',
    publisher: 'rig',
    version: '0.0.1',
    type: 'module',
    engines: { vscode: '^1.125.0' },
    main: './dist/extension.js',
    extensionKind: ['workspace'],
    activationEvents: ['onStartupFinished', 'onWebviewPanel:lockkeeper.questions'],
    contributes: {
      commands: titles.map((title) => ({
        command: `bench.${title.replace(' ', '')}`,
        title,
        category: 'Bench',
      })),
      viewsContainers: { activitybar: [{ id: 'bench', title: 'Lockkeeper', icon: 'media/lockkeeper.svg' }] },
      views: { bench: [{ id: 'bench.view', name: 'Bench' }] },
    },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await esbuild.build({
    entryPoints: { extension: join(root, 'test/ui/questionBench.ts') },
    outdir: join(folder, 'dist'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: ['vscode'],
    logLevel: 'warning',
  });
}
