import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Room } from '../room.ts';

/** How a person ends a run; any other end is not theirs, and the run may be taken up again. */
export type Cancelled = 'said' | 'closed';

/** A window that goes away takes its terminals along. */
const going = 1_000;

/** P8: what a person cancelled is run again by a word, and not by itself. */
export async function noteCancelled(
  { house: { desk, log } }: Room,
  result: number,
  signal: AbortSignal,
): Promise<void> {
  const why: unknown = signal.reason;
  if (why === 'closed') {
    // Only a window that is still there answers: then a person closed the terminal.
    await new Promise((resolve) => setTimeout(resolve, going));
    await vscode.commands.getCommands(true);
  } else if (why !== 'said') return;
  const act = { type: 'note-cancelled', result } as const;
  const reply = await desk?.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });
  if (reply?.ok === false && reply.refusal.code !== 'not-in-review') log.warn(reply.refusal.sentence);
}
