import { statSync, writeFileSync } from 'node:fs';

/** A file beside the journal, written anew by each window that waits for another to be gone. */
const waitingIn = (file: string): string => `${file}-waiting`;

/** Lets whoever holds the lease hear that somebody waits for it. It cannot be told where nothing can be written. */
export function tellWaiting(file: string): void {
  try {
    writeFileSync(waitingIn(file), `${process.pid}\n`);
  } catch {
    // Unheard, it counts as gone after the same time as before.
  }
}

/** Another one after each time that somebody told. */
export function markOfWaiting(file: string): bigint | undefined {
  return statSync(waitingIn(file), { bigint: true, throwIfNoEntry: false })?.mtimeNs;
}
