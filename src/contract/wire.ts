import * as z from 'zod';
import { longestName, longestWords } from './acts.ts';
import { longestText, packet, result } from './packets.ts';

/** The packets as they go over MCP: the same fields in snake_case. What is missing, the core names. */

const text = z.string().max(longestText);
const lines = z.array(text).max(200);
const number = z.int().min(1);

export const wirePacket = z
  .strictObject({
    task: text.describe('TASK: one purpose, in the imperative'),
    scope: lines.describe('SCOPE: the files that may be changed'),
    not_your_job: lines.describe('NOT-YOUR-JOB: what stays as it is'),
    done_when: lines.describe('DONE-WHEN: each names a path, command, number or quoted text'),
    verify: lines.describe('VERIFY: command lines, or "by eye: what is to be seen"'),
    priority: packet.shape.priority,
  })
  .partial();

/** The same without its words, which the list of tools holds often enough. */
export const barePacket = z
  .strictObject({
    task: text,
    scope: lines,
    not_your_job: lines,
    done_when: lines,
    verify: lines,
    priority: packet.shape.priority,
  })
  .partial();

export type WirePacket = z.output<typeof wirePacket>;

export const wireAnswer = {
  chosen: text.optional().describe('One of the options, or "None of these: what to do instead"'),
  rationale: text.optional(),
  constraints: text.optional().describe('What the worker must keep to; "none" if nothing'),
  next_step: text.optional().describe('What the worker does now'),
};

export const wireQuestion = {
  question: text.optional().describe('QUESTION: one thing'),
  context: text.optional().describe('CONTEXT: what led to it'),
  files: lines.optional().describe('FILES: path or path:line; [] if none'),
  options: lines.optional().describe('OPTIONS: at least two'),
  recommended: text.optional().describe('RECOMMENDED: one of the options, word for word'),
  blocking: z
    .union([z.boolean(), z.string().max(200)])
    .optional()
    .describe('BLOCKING: can you not go on without the answer?'),
};

export const wireResult = {
  outcome: text.optional().describe('done, partial, failed or blocked'),
  summary: text.optional().describe('What was changed, in a sentence or two'),
  evidence: z
    .array(z.strictObject({ todo: number.optional(), done_when: number.optional(), shows: text.optional() }))
    .max(200)
    .optional()
    .describe('For each DONE-WHEN, by its number from 1: what shows that it is met'),
  files: lines.optional().describe('Every file you changed; [] if none'),
  plan_affected: z
    .union([text, z.boolean(), z.strictObject({ affected: z.boolean(), why: text.optional() })])
    .optional()
    .describe('"no", or why the plan does not hold any more'),
  still_open: z
    .union([
      text,
      z
        .array(
          z.union([
            text,
            z.strictObject({ words: text, todo: number.optional(), done_when: number.optional() }),
          ]),
        )
        .max(200),
    ])
    .optional()
    .describe('What is still open: the word "Nothing", or each thing that is left to do'),
  earlier_items: z
    .array(z.strictObject({ todo: number, closed: z.boolean(), evidence: text.optional() }))
    .max(200)
    .optional()
    .describe('For each of earlier_items of the task: closed with evidence, or still open'),
  bundle: z.optional(result.shape.bundle).describe('For a task of several TODOs: which are done'),
  debug: z
    .strictObject({
      bug: text.optional(),
      root: text.optional(),
      fix: text.optional(),
      test: text.optional(),
      result: text.optional(),
    })
    .optional()
    .describe('In debug mode: BUG, ROOT, FIX (each file by name), TEST, RESULT'),
};

/** A field of a question that is missing, as the orchestrator names it. */
export const wireMissing = z.strictObject({
  field: z.string().max(40),
  why: text,
  better: text.default(''),
});

/** How the orchestrator judges one line: a DONE-WHEN, a line of VERIFY or a reproduction by eye, a gate reviewed hard. */
export const wireJudged = z.strictObject({
  todo: number.optional(),
  done_when: number.optional(),
  by_eye: number.optional(),
  reproduction: z.literal(true).optional(),
  gate: z.enum(['scope', 'conflict', 'evidence']).optional(),
  pass: z.boolean(),
  word: z.string().min(1).max(longestWords),
});

export type WireJudged = z.output<typeof wireJudged>;

/** The limits of the acts themselves: what is parsed here goes to the core as it is. */
export const wireWords = z.string().max(longestWords);
export const wireName = z.string().max(longestName);
