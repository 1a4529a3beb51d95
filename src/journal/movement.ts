import { rmSync, watch, writeFileSync } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Subscription } from './port.ts';

/** A watcher may miss something all the same. */
const POLL_MS = 10_000;
/** Where nothing can be watched, or where it is not known yet. */
const BLIND_MS = 500;
const GATHER_MS = 10;

/**
 * Calls `look` soon after something has changed beside one of these files whose name starts like it, once for many
 * changes, and now and then besides; often until each folder has proved that it can be watched, for some say nothing and
 * tell of nothing. Keeps no process alive.
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
  const unproven = new Set(files);
  every(BLIND_MS);
  const watchers = files.map((file): FSWatcher | undefined => {
    try {
      const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
        if (unproven.delete(file) && unproven.size === 0) every(POLL_MS);
        if (name === null || name.startsWith(basename(file))) gather();
      });
      watcher.on('error', () => {
        watcher.close();
        unproven.add(file);
        every(BLIND_MS);
      });
      return watcher;
    } catch {
      return undefined;
    }
  });
  for (const file of files) tryOut(`${file}-watched`);
  return {
    dispose() {
      clearInterval(poll);
      clearTimeout(soon);
      for (const watcher of watchers) watcher?.close();
    },
  };
}

/** Something to tell of; where nothing can be written the next write of somebody else is. */
function tryOut(file: string): void {
  try {
    writeFileSync(file, '');
    rmSync(file);
  } catch {
    // Another window tries it out at the same time, or nothing can be written.
  }
}
