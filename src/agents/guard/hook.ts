import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Profile } from '../profiles/profile.ts';
import { profiles } from '../profiles/profiles.ts';
import {
  commandFields,
  folderFields,
  isPathField,
  patchFields,
  plainCommandFields,
  verbs,
} from './fields.ts';
import {
  fieldsOf,
  isFields,
  isOwnCall,
  maybeOwnCall,
  ownCallIn,
  standing,
  toldOf,
  wordsFor,
  type Fields,
} from './known.ts';
import { diffedFiles, patchedFiles } from './patchText.ts';
import { powershellWrites } from './shell/powershell.ts';
import { argumentsWrite, shellWrites } from './shell/writes.ts';

/** What a hook's call is about: the absolute paths that are to be written, if any; or why that cannot be seen. */
export type Hooked =
  | {
      readonly tool: string;
      readonly cwd: string;
      readonly paths: readonly string[];
      /** The call of Lockkeeper's own that it is. */
      readonly call?: string;
    }
  | { readonly unclear: string };

/**
 * Reads the JSON that an agent gives to its hook before a tool runs. `home` is where a shell's `~` leads. One agent
 * reads another one's hooks with tools of its own, so everything is looked up in all profiles.
 */
export function readHook(text: string, home: string, known: readonly Profile[] = profiles): Hooked {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { unclear: 'what the agent says of its tool is not JSON' };
  }
  if (!isFields(json)) return { unclear: 'what the agent says of its tool is no object' };
  const cwd = folderOf(json, wordsFor('folder', known));
  const event = textIn(json, wordsFor('event', known)) ?? '';
  // Wired to anything but the moment before a tool: there is nothing to rule on.
  if (event !== '' && !/^(?:pre|before)/i.test(event)) return { tool: event, cwd, paths: [] };
  const tool = textIn(json, wordsFor('tool', known)) ?? toolOfEvent(event, known);
  if (tool === undefined) return { unclear: 'the agent does not say which tool it is about to use' };
  const call = ownCallIn(tool, known);
  if (call !== undefined) return { tool, cwd, paths: [], call };
  const maybe = maybeOwnCall(tool, known);
  const told = maybe === undefined ? {} : { call: maybe };
  if (isOwnCall(tool, known)) return { tool, cwd, paths: [], ...told };
  const input = inputOf(json, wordsFor('input', known));
  if (input === undefined) return { unclear: `the agent does not say what ${tool} is to do` };
  const found = pathsOf(tool, input, { cwd, home }, known);
  if (!Array.isArray(found)) return found as { unclear: string };
  return { tool, cwd, paths: [...new Set(found)], ...told };
}

/** Some have events of their own for what others call tools. */
function toolOfEvent(event: string, known: readonly Profile[]): string | undefined {
  const named = known.find(({ events }) => events && Object.hasOwn(events, event));
  return named?.events?.[event];
}

function folderOf(json: Fields, names: readonly string[]): string {
  const [named] = names.flatMap((name) => textsIn(json[name]).slice(0, 1));
  return resolve(named ?? '');
}

/** The tool's input: an object, the same as text, or a bare text (a patch). */
function inputOf(json: Fields, names: readonly string[]): Fields | undefined {
  const input = names.map((name) => json[name]).find((value) => value !== undefined);
  if (isFields(input)) return input;
  if (typeof input !== 'string') return input === undefined ? json : undefined;
  try {
    const inner: unknown = JSON.parse(input);
    return isFields(inner) ? inner : undefined;
  } catch {
    return { input };
  }
}

function pathsOf(
  tool: string,
  input: Fields,
  { cwd, home }: { readonly cwd: string; readonly home: string },
  known: readonly Profile[],
): readonly string[] | { readonly unclear: string } {
  const placed = (files: readonly string[]): readonly string[] => files.map((file) => placeOf(file, cwd));
  const patches = toldOf('patches', tool, known);
  if (patches.length > 0) {
    const texts = [...standing(input, fieldsOf(patches)), ...patchFields.map((field) => input[field])];
    const files = texts.flatMap((text) => patchedFiles(patchIn(text)));
    return files.length === 0 ? { unclear: `${tool} brings a patch that names no file` } : placed(files);
  }
  const shells = toldOf('shells', tool, known);
  if (shells.length > 0) {
    const read = shells.some((one) => one.isPowershell) ? powershellWrites : shellWrites;
    const named = [...shells.flatMap(({ folder = [] }) => folder), ...folderFields];
    const folders = placed(textsIn(standing(input, named)));
    const texts = [...standing(input, fieldsOf(shells)), ...commandFields.map((field) => input[field])];
    const found = (folders.length === 0 ? [cwd] : [...new Set(folders)]).flatMap((folder) =>
      [...new Set(texts)].map((text) => commandWrites(text, { cwd: folder, home }, read)),
    );
    const told = found.filter((paths) => paths !== undefined);
    return told.length === 0 ? { unclear: `${tool} says no command` } : told.flat();
  }
  const files = filesIn(input);
  const writes = toldOf('writes', tool, known);
  if (writes.length > 0) {
    if (writes.every(({ readsWith }) => readsWith && holds(input, readsWith))) return [];
    const all = [...filesIn(standing(input, fieldsOf(writes))), ...files];
    return all.length === 0 ? { unclear: `${tool} does not say which file it writes` } : placed(all);
  }
  if (known.some(({ tools }) => tools.reads.includes(tool))) return [];
  if (!verbs.writes.test(tool) && verbs.reads.test(tool)) return [];
  const run = plainCommandFields.flatMap((field) => commandWrites(input[field], { cwd, home }) ?? []);
  const texts = patchFields.map((field) => patchIn(input[field]));
  const patched = texts.flatMap((text) => [...patchedFiles(text), ...diffedFiles(text, 1)]);
  return [...placed([...files, ...patched]), ...run];
}

const holds = (input: Fields, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([field, word]) => input[field] === word);

function commandWrites(
  command: unknown,
  setting: { readonly cwd: string; readonly home: string },
  read: typeof powershellWrites = shellWrites,
): readonly string[] | undefined {
  if (typeof command === 'string') return read(command, setting);
  if (!Array.isArray(command) || !command.every((part) => typeof part === 'string')) return undefined;
  return argumentsWrite(command, setting);
}

/** A patch is a text, or the last of a list of arguments. */
function patchIn(value: unknown): string {
  if (typeof value === 'string') return value;
  const last: unknown = Array.isArray(value) ? value.at(-1) : undefined;
  return typeof last === 'string' ? last : '';
}

/** Every path in the fields that hold one, whether alone, in a list, or one level down. */
function filesIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (depth > 3) return [];
  if (Array.isArray(value)) return value.flatMap((one) => filesIn(one, depth + 1));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => (isPathField(name) ? filesIn(one, depth + 1) : []));
}

function placeOf(file: string, cwd: string): string {
  return resolve(cwd, file.startsWith('file://') ? fileURLToPath(file) : file);
}

function textIn(fields: Fields, names: readonly string[]): string | undefined {
  return names.map((name) => fields[name]).find((value) => typeof value === 'string');
}

/** Every text of a value that is one, or a list of them. */
function textsIn(value: unknown): readonly string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}
