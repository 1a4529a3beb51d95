// The smaller zod, as in panelMessages.ts.
import * as z from 'zod/mini';

const n = z.int().check(z.minimum(1));
const whole = z.int().check(z.minimum(0));
const text = z.string();

/** What can stand on a timeline as a mark, with the words for it. */
export const markNames = {
  started: 'Orchestration started',
  released: 'Step released',
  override: 'Override',
  closed: 'Orchestration closed',
  instructed: 'Instruction',
  'carried-on': 'Carried on',
  replanned: 'Replan',
  debug: 'Debug mode',
  dispatched: 'Dispatch',
  asked: 'Question',
  returned: 'Question sent back',
  revised: 'Question revised',
  answered: 'Answer',
  moot: 'Question moot',
  resulted: 'Result',
  late: 'Late result',
  approved: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  undone: 'Approval undone',
  fired: 'Rollback trigger fired',
  nudged: 'Nudge',
  feedback: 'Feedback',
  silent: 'Silent',
  back: 'Back',
  ended: 'Ended',
  conflict: 'Conflict',
  resumed: 'Conflict resumed',
} as const;
export type MarkKind = keyof typeof markNames;

/** What lasts: the time from one event to another. */
export const spanNames = {
  shut: 'Gate shut',
  work: 'At work',
  review: 'Waits for a verdict',
  question: 'Waits for an answer',
  blocked: 'Blocked by a question',
  silent: 'Silent',
  conflict: 'Conflict open',
} as const;
export type SpanKind = keyof typeof spanNames;

const about = z.object({
  kind: z.enum([
    'orchestration',
    'step',
    'instruction',
    'replan',
    'todo',
    'dispatch',
    'question',
    'result',
    'conflict',
  ]),
  n,
});
export type MarkAbout = z.output<typeof about>;

/** One event. `id` is its place in the journal, `at` epoch milliseconds, `lane` counts from 0. */
const mark = z.object({
  id: n,
  at: z.int(),
  lane: whole,
  kind: z.enum(Object.keys(markNames) as [MarkKind, ...MarkKind[]]),
  about,
  words: text,
});
export type Mark = z.output<typeof mark>;

/** Without `until` it lasts still. */
const span = z.object({
  lane: whole,
  kind: z.enum(Object.keys(spanNames) as [SpanKind, ...SpanKind[]]),
  from: z.int(),
  until: z.optional(z.int()),
  words: text,
});
export type Span = z.output<typeof span>;

/**
 * One orchestration as a picture, every text safe to look at. Lane 0 is the orchestration's own, each other one a
 * worker's. Marks stand in the order of the journal, and no time in it is before the one in front.
 */
const timeline = z.object({
  orchestration: n,
  objective: text,
  from: z.int(),
  until: z.int(),
  isOver: z.boolean(),
  lanes: z.array(z.object({ name: text, role: text })),
  marks: z.array(mark),
  spans: z.array(span),
});
export type Timeline = z.output<typeof timeline>;

/** What the page of the timeline is told. */
export const toTimeline = z.discriminatedUnion('type', [
  z.object({ type: z.literal('timeline'), timeline: z.nullable(timeline), focus: z.boolean() }),
  /** The words behind one mark. */
  z.object({ type: z.literal('packet'), mark: n, text }),
]);
export type ToTimeline = z.output<typeof toTimeline>;

/** What it says: it is there, a person looks at a mark, or wants to open it. */
export const fromTimeline = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('look'), mark: n }),
  z.object({ type: z.literal('open'), mark: n }),
  z.object({ type: z.literal('save') }),
]);
export type FromTimeline = z.output<typeof fromTimeline>;
