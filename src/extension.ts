import type { ExtensionContext } from 'vscode';
import { compose } from './compose.ts';

/** The bundle sets it in its first line, before anything else of ours has run (`.tools/build.mjs`). */
const { lockkeeperBegan = performance.now() } = globalThis as { lockkeeperBegan?: number };

export async function activate(context: ExtensionContext): Promise<void> {
  const log = await compose(context);
  const { duration } = performance.measure('lockkeeper/activate', { start: lockkeeperBegan });
  log.info(`Lockkeeper is ready, ${duration.toFixed(1)} ms after its first line.`);
}
