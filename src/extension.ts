import type { ExtensionContext } from 'vscode';
import { compose } from './compose.ts';

/** The bundle sets it in its first line, before anything else of ours has run (`.tools/build.mjs`). */
const { lockkeeperBegan = performance.now() } = globalThis as { lockkeeperBegan?: number };
/** Between this and `activate` VS Code may wait for its own things; that is none of our time. */
const evaluated = performance.measure('lockkeeper/evaluate', { start: lockkeeperBegan });

export async function activate(context: ExtensionContext): Promise<void> {
  const start = performance.now();
  const log = await compose(context);
  const { duration } = performance.measure('lockkeeper/activate', { start });
  log.info(
    `Lockkeeper is ready: ${evaluated.duration.toFixed(1)} and ${duration.toFixed(1)} ms of the start were its own.`,
  );
}
