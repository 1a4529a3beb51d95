import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

export const callsEntry = 'LOCKKEEPER_CALLS';

/** One more call of a tool, where they are counted (`toolCalls.ts`). A call is not held up for its number. */
export function countCall(file = process.env[callsEntry]): void {
  if (file === undefined) return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, '.');
  } catch {
    return;
  }
}
