// The smaller zod, as in packets.ts; in the panel's bundle it costs 20 kB and not 95.
import * as z from 'zod/mini';

const n = z.int().check(z.minimum(1));
const text = z.string();
/** What a person may type into one field, held to what the core keeps. */
const typed = z.string().check(z.maxLength(20_000));

/** The six fields of a question (P6), by the names that a refusal or a return uses. */
export const questionFields = ['QUESTION', 'CONTEXT', 'FILES', 'OPTIONS', 'RECOMMENDED', 'BLOCKING'] as const;
const questionField = z.enum(questionFields);
export type QuestionField = z.output<typeof questionField>;

/** One open question, every text already safe to look at. Files and options are spoken of by their place. */
export const questionCard = z.object({
  n,
  /** Tells this question from one of the same number in another journal. */
  key: text,
  at: z.int(),
  worker: text,
  work: z.array(text),
  question: text,
  context: text,
  files: z.array(text),
  options: z.array(text),
  /** `option` is missing where the recommendation is none of the options. */
  recommended: z.object({ option: z.optional(z.int()), words: text }),
  blocking: z.object({ yes: z.boolean(), words: text }),
  /** What is still missing after the one return. */
  missing: z.array(z.object({ field: text, why: text })),
  /** Why it cannot be sent back any more; absent while it can. */
  noReturn: z.optional(text),
  /** Some of its text holds characters that cannot be seen. */
  hides: z.boolean(),
});
export type QuestionCard = z.output<typeof questionCard>;

/** A card as it was shown: `stamp` is the SHA-256 of its words, and comes back with the answer. */
const shownCard = z.extend(questionCard, { stamp: text });
export type ShownCard = z.output<typeof shownCard>;

/** A question that went back to its worker. */
const awaited = z.object({ n, key: text, worker: text });

/** A half-written answer. `choice` is the option's words, so that it finds its place in changed options. */
const draft = z.object({
  choice: z.optional(z.union([z.object({ option: typed }), z.object({ none: z.literal(true) })])),
  noneWords: typed,
  rationale: typed,
  constraints: typed,
  nextStep: typed,
  /** The return that is being written; present while its form is open. */
  returning: z.optional(z.object({ fields: z.array(questionField), sentence: typed })),
  /** When it was last written to, by the panel's clock: of two copies the younger one counts. */
  changed: z.int(),
});
export type Draft = z.output<typeof draft>;

/** Half-written answers by the key of their question. */
export const drafts = z.record(z.string(), draft);
export type Drafts = z.output<typeof drafts>;

const outcome = z.discriminatedUnion('ok', [
  z.object({ type: z.literal('outcome'), id: text, ok: z.literal(true), said: text }),
  z.object({
    type: z.literal('outcome'),
    id: text,
    ok: z.literal(false),
    sentence: text,
    next: text,
    flaws: z.array(z.object({ field: text, why: text, better: text })),
  }),
]);
export type Outcome = z.output<typeof outcome>;

/** Which of the open questions a snapshot holds. Pages and questions count from 1; `from` is 0 where there is none. */
const page = z.object({
  page: z.int(),
  pages: z.int(),
  from: z.int(),
  /** How many the filter lets through, and how many there are. */
  matching: z.int(),
  total: z.int(),
  filter: text,
});
export type Page = z.output<typeof page>;

/** What changed among all open questions since the snapshot before, on whatever page. */
const news = z.object({
  arrived: z.array(z.object({ worker: text, question: text, blocking: z.boolean() })),
  /** How many more arrived than are told of. */
  more: z.int(),
  gone: z.array(z.object({ n, key: text })),
});

/** What is to be seen, whole: a panel that knows nothing can draw it. Of many questions it is one page. */
const snapshot = z.object({
  type: z.literal('snapshot'),
  /** The host's clock, in epoch milliseconds. */
  now: z.int(),
  cards: z.array(shownCard),
  page,
  /** The key of the card to be at; absent where there is none. */
  selected: z.optional(text),
  news: z.optional(news),
  awaited: z.array(awaited),
  /** How many more went back to their workers than `awaited` names. */
  awaitedMore: z.int(),
  /** Why nothing can be sent just now. */
  trouble: z.optional(z.object({ sentence: text, next: text })),
  /** Somebody asked to see the panel, perhaps at one question: the focus goes there. */
  opened: z.optional(z.object({ question: z.optional(n) })),
  /** In the first snapshot after `ready`: every draft that is known. */
  drafts: z.optional(drafts),
});
export type Snapshot = z.output<typeof snapshot>;

/** Something to be told about what was clicked: a file that is not there. */
const notice = z.object({ type: z.literal('notice'), sentence: text });

export const toPanel = z.union([snapshot, outcome, notice]);
export type ToPanel = z.output<typeof toPanel>;

const act = {
  id: z.string().check(z.maxLength(100)),
  question: n,
  stamp: z.string().check(z.maxLength(100)),
};

const choice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('option'), option: z.int().check(z.minimum(0)) }),
  z.object({ kind: z.literal('none'), words: typed }),
]);
export type Choice = z.output<typeof choice>;

/** What a person looks at: questions that hold the words of `filter`, at one of them or at an end of a page. */
const look = {
  filter: z.string().check(z.maxLength(200)),
  selected: z.optional(z.string().check(z.maxLength(100))),
  turn: z.optional(z.object({ page: n, at: z.enum(['first', 'last']) })),
};

/** What the panel says. `id` is new for each act, and comes back in its outcome. */
export const fromPanel = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), drafts, ...look }),
  z.object({ type: z.literal('look'), ...look }),
  z.object({ type: z.literal('drafts'), drafts }),
  z.object({
    type: z.literal('answer'),
    ...act,
    choice,
    rationale: typed,
    constraints: typed,
    nextStep: typed,
  }),
  z.object({
    type: z.literal('return'),
    ...act,
    fields: z.array(questionField).check(z.maxLength(questionFields.length)),
    sentence: z.string().check(z.maxLength(4_000)),
  }),
  z.object({ type: z.literal('open'), question: n, file: z.int().check(z.minimum(0)) }),
]);
export type FromPanel = z.output<typeof fromPanel>;
export type Look = Omit<Extract<FromPanel, { type: 'look' }>, 'type'>;

/** The state that VS Code keeps for the panel over hide, reload and restart. */
export const kept = z.object({ drafts, selected: z.optional(text) });
export type Kept = z.output<typeof kept>;
