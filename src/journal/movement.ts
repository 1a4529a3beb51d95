import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Subscription } from './port.ts';

/** A watcher may miss something all the same. */
const POLL_MS = 10_000;
/** Where nothing can be watched. */
const BLIND_MS = 500;
const GATHER_MS = 10;

/**
 * Calls `look` soon after something has changed beside one of these files whose name starts like it, once for many
 * changes, and now and then besides; often where a folder cannot be watched. Keeps no process alive.
 */
export function watchFiles(files: readonly string[], look: () => void): Subscription {
  let poll: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  const every = (milliseconds: number): void => {
    clearInterval(poll);
    poll = setInterval(look, milliseconds).unref();
  };
  const gather = (): void => {
    soon ??= setTimeout(() => {
      soon = undefined;
      look();
    }, GATHER_MS).unref();
  };
  every(POLL_MS);
  const watchers = files.map((file): FSWatcher | undefined => {
    try {
      const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
        if (name === null || name.startsWith(basename(file))) gather();
      });
      watcher.on('error', () => {
        watcher.close();
        every(BLIND_MS);
      });
      return watcher;
    } catch {
      every(BLIND_MS);
      return undefined;
    }
  });
  return {
    dispose() {
      clearInterval(poll);
      clearTimeout(soon);
      for (const watcher of watchers) watcher?.close();
    },
  };
}
