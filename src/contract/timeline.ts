// The smaller zod, as in panelMessages.ts.
import * as z from 'zod/mini';

const n = z.int().check(z.minimum(1));
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

export interface MarkAbout {
  readonly kind:
    | 'orchestration'
    | 'step'
    | 'instruction'
    | 'replan'
    | 'todo'
    | 'dispatch'
    | 'question'
    | 'result'
    | 'conflict';
  readonly n: number;
}

/** One event. `id` is its place in the journal, `at` epoch milliseconds, `lane` counts from 0. */
export interface Mark {
  readonly id: number;
  readonly at: number;
  readonly lane: number;
  readonly kind: MarkKind;
  readonly about: MarkAbout;
  readonly words: string;
}

/** Without `until` it lasts still. */
export interface Span {
  readonly lane: number;
  readonly kind: SpanKind;
  readonly from: number;
  readonly until?: number;
  readonly words: string;
}

/**
 * One orchestration as a picture, every text safe to look at. Lane 0 is the orchestration's own, each other one a
 * worker's. Marks stand in the order of the journal, and no time in it is before the one in front.
 */
export interface Timeline {
  readonly orchestration: number;
  readonly objective: string;
  readonly from: number;
  readonly until: number;
  readonly isOver: boolean;
  readonly lanes: readonly { readonly name: string; readonly role: string }[];
  readonly marks: readonly Mark[];
  readonly spans: readonly Span[];
}

/** Our own host drew it of events it had checked: to go through thousands of marks again would cost a frame. */
const timeline = z.custom<Timeline>(
  (told: unknown) => typeof told === 'object' && told !== null && 'marks' in told,
);

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
