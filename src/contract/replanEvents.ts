// The smaller zod, as in packets.ts.
import * as z from 'zod/mini';
import { packet } from './packets.ts';

const number = z.int().check(z.minimum(1));
const text = z.string();
const list = z.array(number);

export const replanEvents = {
  /** Why, and what it answers. What follows in the same transaction is what it changed. */
  replanned: z.object({ replan: number, reason: text, instruction: z.optional(number), answers: list }),
  'step-changed': z.object({ step: number, title: text, role: text, tasks: z.array(packet) }),
  'step-dropped': z.object({ step: number, reason: text }),
  /** The steps that are not released, in their new order. */
  'plan-ordered': z.object({ steps: list }),
  'list-ordered': z.object({ todos: list }),
  /** A replan change of live work: the packet as it goes out anew, and what it is of each TODO. */
  'task-changed': z.object({
    dispatch: number,
    packet,
    parts: z.array(z.object({ todo: number, packet })),
    context: text,
    reason: text,
  }),
} as const;
