import * as z from 'zod';

/** What an agent that leads says of the budget of what it sends. */
export const budget = {
  budget_minutes: z.int().min(1).max(10_080).optional(),
  budget_calls: z.int().min(1).max(100_000).optional(),
};
