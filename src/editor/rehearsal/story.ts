import * as z from 'zod';
import { packetDraft } from '../../contract/packets.ts';

/** The rehearsal as the editor sets it up. What the workers do in it stands in scripts of their own. */
export const story = z.object({
  objective: z.string(),
  constraints: z.array(z.string()).default([]),
  workers: z.array(z.object({ name: z.string(), role: z.string() })),
  steps: z.array(z.object({ title: z.string(), role: z.string(), tasks: z.array(packetDraft) })),
  /** A packet for the item that the first result leaves open. */
  reconcile: packetDraft.extend({ role: z.string().optional() }).optional(),
});
export type Story = z.output<typeof story>;
