import * as z from 'zod/mini';
import { debugActs } from '../../contract/debug.ts';
import { packetDraft } from '../../contract/packets.ts';

/** The rehearsal as the editor sets it up. What the workers do in it stands in scripts of their own. */
export const story = z.object({
  objective: z.string(),
  constraints: z._default(z.array(z.string()), []),
  workers: z.array(z.object({ name: z.string(), role: z.string() })),
  steps: z.array(z.object({ title: z.string(), role: z.string(), tasks: z.array(packetDraft) })),
  /** A packet for the item that the first result leaves open. */
  reconcile: z.optional(z.extend(packetDraft, { role: z.optional(z.string()) })),
  /** What the user may say in mid-work. */
  instruction: z.optional(z.string()),
  /** The TASK that is worked in debug mode, and what is known of its bug. */
  debug: z.optional(
    z.extend(z.omit(debugActs['describe-bug'], { todo: true }), { task: z.string(), reason: z.string() }),
  ),
});
export type Story = z.output<typeof story>;
