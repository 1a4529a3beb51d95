import fc from 'fast-check';
import type {
  DebugReport,
  Answer,
  Flaw,
  Packet,
  QuestionDraft,
  Result,
} from '../../../../src/contract/packets.ts';

/** Lines that look like what the grammar itself writes. */
const tricky = [
  '',
  ' ',
  '\\',
  '\\ TASK: x',
  '\\u{41}',
  'none',
  'None.',
  'Nothing',
  'TASK: another one',
  '  VERIFY: npm test',
  '**STILL-OPEN:** Nothing',
  '**Scope**: of it',
  '_Options (two):_ of it',
  '## Scope',
  '- a bullet',
  '1. a number',
  '[TODO 3, DONE-WHEN 1] words',
  'DONE-WHEN 1: it runs',
  'TODO 5: closed: seen',
  '```ts',
  '```',
  '~~~',
  '> FILES: quoted',
  '---',
  'ends in a blank ',
  '\tindented',
  'yes',
  'no: because',
  'a:b:c',
  '日本語: はい、👩\u200d🚀',
  'e\u0301\u202e \u200b\u001b[31m',
  '\u0000',
  'half \ud83d',
  'a\rb',
  '\u2028',
];

const line = fc.oneof(
  fc.constantFrom(...tricky),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('\n', ' ')),
  fc.string({ unit: 'binary', maxLength: 10 }).map((text) => text.replaceAll('\n', ' ')),
);
/** Any text at all: of no line, of one, of several. */
export const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
const list = fc.array(text, { maxLength: 4 });
const n = fc.integer({ min: 1, max: 999 });
export const task = fc.tuple(n, n).map(([dispatch, epoch]) => `${dispatch}.${epoch}`);
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true });
const some = <T extends object>(model: {
  [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>>;
}): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true, requiredKeys: [] }) as unknown as fc.Arbitrary<T>;

export const packet: fc.Arbitrary<Packet> = record({
  task: text,
  scope: list,
  notYourJob: list,
  doneWhen: list,
  verify: list,
  priority: fc.constantFrom('high', 'normal', 'low'),
});

export const question: fc.Arbitrary<QuestionDraft> = some<QuestionDraft>({
  question: text,
  context: text,
  files: list,
  options: list,
  recommended: text,
  blocking: fc.oneof(fc.boolean(), text),
});

export const answer: fc.Arbitrary<Answer> = record({
  chosen: text,
  rationale: text,
  constraints: text,
  nextStep: text,
});

export const flaws: fc.Arbitrary<Flaw[]> = fc.array(
  record({ field: text, words: text, why: text, better: text }),
  { minLength: 1, maxLength: 3 },
);

export const rejection = record({ task, reason: text, missing: text, next: text });

const also = <T extends object, M extends object>(
  base: fc.Arbitrary<T>,
  more: { [K in keyof M]-?: fc.Arbitrary<Exclude<M[K], undefined>> },
): fc.Arbitrary<T & Partial<M>> =>
  fc.tuple(base, some<M>(more)).map(([one, other]) => ({ ...one, ...other }));

const plainResult: fc.Arbitrary<Omit<Result, 'debug'>> = record({
  outcome: fc.constantFrom('done', 'partial', 'failed', 'blocked'),
  summary: text,
  evidence: fc.array(
    also<{ doneWhen: number; shows: string }, { todo: number }>(record({ doneWhen: n, shows: text }), {
      todo: n,
    }),
    { maxLength: 4 },
  ),
  files: list,
  planAffected: record({ affected: fc.boolean(), why: text }),
  open: fc.array(
    also<{ words: string }, { todo: number; doneWhen: number }>(record({ words: text }), {
      todo: n,
      doneWhen: n,
    }),
    { maxLength: 4 },
  ),
  earlierItems: fc.array(
    also<{ todo: number; closed: boolean }, { evidence: string }>(record({ todo: n, closed: fc.boolean() }), {
      evidence: text,
    }),
    { maxLength: 3 },
  ),
  bundle: fc.array(record({ todo: n, state: fc.constantFrom('done', 'open') }), { maxLength: 3 }),
});

export const result: fc.Arbitrary<Result> = also<Omit<Result, 'debug'>, { debug: DebugReport }>(plainResult, {
  debug: record({ bug: text, root: text, fix: text, test: text, result: text }),
});
