import type { Profile, Told, Tools, Words } from '../profiles/profile.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What the profiles tell of a tool of this kind; nothing where none knows it so. */
export function toldOf(
  kind: Exclude<keyof Tools, 'reads'>,
  tool: string,
  known: readonly Profile[],
): readonly Told[] {
  return known.flatMap(({ tools }) => tools[kind].filter((one) => one.tools.includes(tool)));
}

export function fieldsOf(told: readonly Told[]): readonly string[] {
  return told.flatMap((one) => one.in);
}

/** What stands in these fields; a dot leads into each of a list. */
export function standing(input: Fields, fields: readonly string[]): readonly unknown[] {
  return fields.flatMap((field) => {
    let values: readonly unknown[] = [input];
    for (const name of field.split('.'))
      values = values.flat().flatMap((value) => (isFields(value) ? [value[name]] : []));
    return values;
  });
}

/** The words of agents that are not known. */
const otherWords: Readonly<Record<keyof Words, readonly string[]>> = {
  tool: ['tool_name', 'toolName'],
  input: ['toolInput', 'tool_args', 'arguments'],
  event: ['hook_event_name', 'hookEventName'],
  folder: ['cwd'],
};

/** How the field is called in what a hook is given, by any agent. */
export function wordsFor(what: keyof Words, known: readonly Profile[]): readonly string[] {
  return [...new Set([...known.flatMap(({ words }) => words?.[what] ?? []), ...otherWords[what]])];
}

/** What agents that are not known may write before the name of a call of a server called `lockkeeper`. */
const otherBefore = /^(?:mcp[:.]lockkeeper[:/.-]|lockkeeper[:/.])/i;
const callName = /^[a-z]+(?:_[a-z]+)*$/i;
/** Calls that name files, for agents that leave the server out: every server's could be meant, so no more than these. */
const filing = /^(?:submit_result|ask_question|check_paths|request_scope|open_conflict|conflict_resolve)$/i;

/** Calls of Lockkeeper's own are never blocked. */
export function isOwnCall(tool: string, known: readonly Profile[]): boolean {
  if (ownCallIn(tool, known) !== undefined) return true;
  return known.some(
    ({ ownCalls }) => ownCalls?.isWithoutServer && filing.test(behind(ownCalls.before, tool) ?? ''),
  );
}

/** The name of such a call, where it is told with that of its server: all of an agent's or none. */
export function ownCallIn(tool: string, known: readonly Profile[]): string | undefined {
  const befores = known.flatMap(({ ownCalls }) =>
    ownCalls && !ownCalls.isWithoutServer ? [ownCalls.before] : [],
  );
  return [...befores, ...(otherBefore.exec(tool) ?? [])]
    .map((before) => behind(before, tool))
    .find((name) => name !== undefined && callName.test(name));
}

/** What may be such a call, of an agent that leaves the server out: it is told of, and ruled on like any server's. */
export function maybeOwnCall(tool: string, known: readonly Profile[]): string | undefined {
  return known
    .flatMap(({ ownCalls }) => (ownCalls?.isWithoutServer ? [behind(ownCalls.before, tool)] : []))
    .find((name) => name !== undefined && callName.test(name));
}

function behind(before: string, tool: string): string | undefined {
  const isThere = tool.toLowerCase().startsWith(before.toLowerCase());
  return isThere ? tool.slice(before.length) : undefined;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
