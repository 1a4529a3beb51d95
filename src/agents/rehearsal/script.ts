import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** A text, or its lines: a list of lines is easier to read in a JSON file. */
const text = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (Array.isArray(given) ? given.join('\n') : given));

/** A regular expression (Unicode, any case), checked when the script is read. */
const pattern = z.string().refine(isPattern, { error: 'This is not a regular expression.' });

/** Which TASKs a scene is for: the exact words, or a pattern that some of the words match. */
const taskName = z.union([z.string().min(1), z.strictObject({ pattern })]);

const openItem = z.strictObject({ words: text, doneWhen: z.int().min(1).optional() });

const submit = z.strictObject({
  do: z.literal('submit'),
  outcome: z.enum(['done', 'partial', 'failed', 'blocked']).default('done'),
  summary: text,
  /** One text for each DONE-WHEN, in their order. */
  evidence: z.array(text).default([]),
  planAffected: text.optional(),
  /** In debug mode. */
  debug: z.strictObject({ bug: text, root: text, fix: text, test: text, result: text }).optional(),
  stillOpen: z.union([z.literal('Nothing'), z.array(openItem).min(1)]).default('Nothing'),
  /** Items of an earlier, rejected result that are closed by now; the others are still open. */
  closes: z.array(z.strictObject({ words: pattern, evidence: text })).default([]),
});
export type Submit = z.output<typeof submit>;

const edit = z.strictObject({
  do: z.literal('edit'),
  file: z.string().min(1),
  /** The exact text to replace; without it, the whole file is written. */
  find: text.optional(),
  write: text,
});
export type Edit = z.output<typeof edit>;

const run = z.strictObject({
  do: z.literal('run'),
  name: z.string().min(1),
  argv: z.array(z.string()).min(1),
  /** Keeps only the lines of the output that match; without it, the last ten lines. */
  keep: pattern.optional(),
  seconds: z.number().positive().default(120),
});
export type Run = z.output<typeof run>;

const questionPacket = {
  question: text,
  context: text,
  files: z.array(z.string()),
  options: z.array(z.string()).min(2),
  recommended: z.string(),
  blocking: z.boolean(),
};

/** What stands in an act's lists of further acts. */
type Inner = readonly Act[];

export type Ask = {
  do: 'ask';
  name: string;
  /** Added to CONTEXT when the question is sent back. */
  more: string;
  branches: { chosen: string; acts: Inner }[];
  otherwise: Inner;
} & z.output<z.ZodObject<typeof questionPacket>>;

interface When {
  do: 'when';
  file: string;
  has: string;
  then: Inner;
  otherwise: Inner;
}

export type Act =
  | Edit
  | Run
  | Submit
  | Ask
  | When
  | { do: 'part'; name: string }
  | { do: 'progress'; text: string }
  | { do: 'pause'; milliseconds: number };

const inner: z.ZodType<Act[]> = z.lazy(() => acts);

const ask = z.strictObject({
  do: z.literal('ask'),
  name: z.string().min(1),
  ...questionPacket,
  more: text.default('There is no more to tell than this.'),
  branches: z.array(z.strictObject({ chosen: pattern, acts: inner })).default([]),
  otherwise: inner.default([]),
});

/** Looks into a file, as a worker does who must know what is there. */
const when = z.strictObject({
  do: z.literal('when'),
  file: z.string().min(1),
  has: text,
  then: inner.default([]),
  otherwise: inner.default([]),
});

const act = z.discriminatedUnion('do', [
  edit,
  run,
  submit,
  ask,
  when,
  z.strictObject({ do: z.literal('part'), name: z.string().min(1) }),
  z.strictObject({ do: z.literal('progress'), text }),
  z.strictObject({ do: z.literal('pause'), milliseconds: z.int().min(0).max(60_000) }),
]);

const acts: z.ZodType<Act[]> = z.array(act);

const scene = z.strictObject({
  task: z.union([taskName, z.array(taskName).min(1)]),
  acts,
  /** Played instead of `acts` when the result was rejected. */
  again: acts.optional(),
});
export type Scene = z.output<typeof scene>;

/** What else stands in the file, such as the plan of a story, is no concern of a worker. */
const script = z
  .object({
    /** Seconds without a task after which the worker ends; without it, it stays and waits. */
    idleSeconds: z.number().positive().optional(),
    /** Acts with a name, for scenes that have some in common. */
    parts: z.record(z.string(), acts).default({}),
    scenes: z.array(scene).min(1),
  })
  .superRefine(({ parts, scenes }, context) => {
    const plays = [...Object.values(parts), ...scenes.flatMap((one) => [one.acts, one.again ?? []])];
    for (const name of plays.flatMap((play) => partsNamed(play))) {
      if (!Object.hasOwn(parts, name))
        context.addIssue({ code: 'custom', message: `There is no part "${name}".` });
    }
    for (const name of Object.keys(parts)) {
      if (reaches(parts, name, name, new Set())) {
        context.addIssue({ code: 'custom', message: `Part "${name}" plays itself.` });
      }
    }
  });
export type Script = z.output<typeof script>;

/** Reads a script, or throws with every place that is wrong. */
export function parseScript(json: string): Script {
  const parsed = script.safeParse(JSON.parse(json));
  if (parsed.success) return parsed.data;
  throw new Error(`The script is not right:\n${z.prettifyError(parsed.error)}`);
}

export function readScript(file: string): Script {
  return parseScript(readFileSync(file, 'utf8'));
}

/** The scene for a TASK: one that names its exact words before one whose pattern matches. */
export function sceneFor(script: Script, task: string): Scene | undefined {
  const names = (one: Scene): readonly z.output<typeof taskName>[] =>
    Array.isArray(one.task) ? one.task : [one.task];
  const exact = script.scenes.find((one) =>
    names(one).some((name) => typeof name === 'string' && name.trim() === task.trim()),
  );
  return (
    exact ??
    script.scenes.find((one) =>
      names(one).some((name) => typeof name !== 'string' && matches(name.pattern, task)),
    )
  );
}

export function matches(source: string, words: string): boolean {
  return new RegExp(source, 'imu').test(words);
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'imu') instanceof RegExp;
  } catch {
    return false;
  }
}

/** An act's own lists of acts. */
export function innerActs(act: Act): readonly (readonly Act[])[] {
  if (act.do === 'ask') return [...act.branches.map((branch) => branch.acts), act.otherwise];
  return act.do === 'when' ? [act.then, act.otherwise] : [];
}

function partsNamed(play: readonly Act[]): readonly string[] {
  return play.flatMap((one) => (one.do === 'part' ? [one.name] : innerActs(one).flatMap(partsNamed)));
}

function reaches(parts: Script['parts'], from: string, to: string, seen: Set<string>): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  return partsNamed(parts[from] ?? []).some((name) => name === to || reaches(parts, name, to, seen));
}
