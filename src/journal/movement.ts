import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Subscription } from './port.ts';

const POLL_MS = 500;
const GATHER_MS = 10;

/**
 * Calls `look` soon after something in the folder of `file` whose name starts like it has changed, once for many
 * changes, and every half second besides: a watcher may miss changes or not exist. Keeps no process alive.
 */
export function watchFile(file: string, look: () => void): Subscription {
  const poll = setInterval(look, POLL_MS).unref();
  let soon: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  const gather = (): void => {
    soon ??= setTimeout(() => {
      soon = undefined;
      look();
    }, GATHER_MS).unref();
  };
  try {
    watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
      if (name === null || name.startsWith(basename(file))) gather();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    // The poll is enough.
  }
  return {
    dispose() {
      clearInterval(poll);
      clearTimeout(soon);
      watcher?.close();
    },
  };
}
