// The smaller zod: what is kept and what is asked for is needed at every start (src/README.md).
import * as z from 'zod/mini';

/** Longest text one field may hold, in UTF-16 units; a whole call is held to 1 MiB at the door. */
export const longestText = 20_000;
const mostEntries = 200;

const text = z.string().check(z.maxLength(longestText));
const number = z.int().check(z.minimum(1));
const several = <T extends z.ZodMiniType>(one: T) => z.array(one).check(z.maxLength(mostEntries));
const lines = several(text);

const priority = z.enum(['high', 'normal', 'low']);
export type Priority = z.output<typeof priority>;

/** The six fields of P4, complete. VERIFY holds command lines, or lines that begin with "by eye:". */
export const packet = z.object({
  task: text,
  scope: lines,
  notYourJob: lines,
  doneWhen: lines,
  verify: lines,
  priority,
});
export type Packet = z.output<typeof packet>;

/** A packet as somebody writes it: anything may be missing, so that the core can say what (P4). */
export const packetDraft = z.partial(packet);
export type PacketDraft = z.output<typeof packetDraft>;

/** Why a field was not taken: the field, the words it is about, the reason, and a form that would pass. */
export const flaw = z.object({ field: z.string(), words: z.string(), why: z.string(), better: z.string() });
export type Flaw = z.output<typeof flaw>;

/** P6, complete. `files` are workspace names, with `:line` where a line is meant. */
const question = z.object({
  question: text,
  context: text,
  files: lines,
  options: lines,
  recommended: text,
  blocking: z.boolean(),
});
export type Question = z.output<typeof question>;

/** A question as a worker sends it: fields may be missing, or words where yes or no is meant. */
export const questionDraft = z.partial(
  z.extend(question, { blocking: z.union([z.boolean(), z.string().check(z.maxLength(200))]) }),
);
export type QuestionDraft = z.output<typeof questionDraft>;

/** P6: the four parts of an answer. `chosen` is one of the options, or "None of these: …". */
export const answer = z.object({ chosen: text, rationale: text, constraints: text, nextStep: text });
export type Answer = z.output<typeof answer>;

export const answerDraft = z.partial(answer);

/**
 * One thing a worker leaves open; `doneWhen` numbers (from 1) the DONE-WHEN that is unmet because of it, and
 * `todo` says of which TODO where the work is a bundle.
 */
const openItem = z.object({
  words: text,
  todo: z.optional(number),
  doneWhen: z.optional(number),
});
export type OpenItem = z.output<typeof openItem>;

const evidence = z.object({
  todo: z.optional(number),
  doneWhen: number,
  shows: text,
});
export type Evidence = z.output<typeof evidence>;

/** What a later result says of an item that an earlier, rejected result listed. */
const itemAnswer = z.object({
  todo: number,
  closed: z.boolean(),
  evidence: z.optional(text),
});
export type ItemAnswer = z.output<typeof itemAnswer>;

/** P9: what a result in debug mode says besides. FIX names each file. */
const debugReport = z.object({ bug: text, root: text, fix: text, test: text, result: text });
export type DebugReport = z.output<typeof debugReport>;

/** A result, complete. `open` is empty only where the worker wrote "Nothing". */
export const result = z.object({
  outcome: z.enum(['done', 'partial', 'failed', 'blocked']),
  summary: text,
  evidence: several(evidence),
  files: lines,
  planAffected: z.object({ affected: z.boolean(), why: text }),
  open: several(openItem),
  earlierItems: several(itemAnswer),
  bundle: several(z.object({ todo: number, state: z.enum(['done', 'open']) })),
  debug: z.optional(debugReport),
});
export type Result = z.output<typeof result>;

/** A result as a worker sends it. `stillOpen` is the word "Nothing" or a list (T4). */
export const resultDraft = z.partial(
  z.object({
    outcome: text,
    summary: text,
    evidence: several(z.partial(evidence)),
    files: lines,
    planAffected: z.union([text, z.boolean(), z.object({ affected: z.boolean(), why: z.optional(text) })]),
    stillOpen: z.union([text, several(z.union([text, openItem]))]),
    earlierItems: result.shape.earlierItems,
    bundle: result.shape.bundle,
    debug: z.partial(debugReport),
  }),
);
export type ResultDraft = z.output<typeof resultDraft>;

/** P8: what each of the four approval gates came to, in words. */
const judgement = z.object({ pass: z.boolean(), word: text });
export const gates = z.object({
  objective: judgement,
  scope: judgement,
  conflict: judgement,
  evidence: judgement,
});
export type Gates = z.output<typeof gates>;
