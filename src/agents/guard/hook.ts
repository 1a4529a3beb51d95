import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { profiles } from '../profiles/profiles.ts';
import type { Tools } from '../profiles/profile.ts';
import {
  commandFields,
  folderFields,
  isOwnCall,
  isPathField,
  ownCallIn,
  patchFields,
  plainCommandFields,
  verbs,
} from './fields.ts';
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

type Fields = Readonly<Record<string, unknown>>;

/** Reads the JSON that an agent gives to its hook before a tool runs. `home` is where a shell's `~` leads. */
export function readHook(text: string, home: string): Hooked {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { unclear: 'what the agent says of its tool is not JSON' };
  }
  if (!isFields(json)) return { unclear: 'what the agent says of its tool is no object' };
  const cwd = folderOf(json);
  const event = textIn(json, ['hook_event_name', 'hookEventName']) ?? '';
  // Wired to anything but the moment before a tool: there is nothing to rule on.
  if (event !== '' && !/^(?:pre|before)/i.test(event)) return { tool: event, cwd, paths: [] };
  const tool = textIn(json, ['tool_name', 'toolName']) ?? toolOfEvent(event);
  if (tool === undefined) return { unclear: 'the agent does not say which tool it is about to use' };
  const call = ownCallIn(tool);
  if (call !== undefined) return { tool, cwd, paths: [], call };
  if (isOwnCall(tool)) return { tool, cwd, paths: [] };
  const input = inputOf(json);
  if (input === undefined) return { unclear: `the agent does not say what ${tool} is to do` };
  const found = pathsOf(tool, input, cwd, home);
  return Array.isArray(found) ? { tool, cwd, paths: [...new Set(found)] } : (found as { unclear: string });
}

/** Some have events of their own for what others call tools. */
function toolOfEvent(event: string): string | undefined {
  const named = profiles.find(({ events }) => events && Object.hasOwn(events, event));
  return named?.events?.[event];
}

function folderOf(json: Fields): string {
  const roots = json['workspace_roots'];
  const first: unknown = Array.isArray(roots) ? roots[0] : undefined;
  const named = textIn(json, ['cwd']) ?? (typeof first === 'string' ? first : '');
  return resolve(named);
}

/** The tool's input: an object, the same as text, or a bare text (a patch). */
function inputOf(json: Fields): Fields | undefined {
  const input = ['tool_input', 'toolInput', 'toolArgs', 'tool_args', 'arguments']
    .map((name) => json[name])
    .find((value) => value !== undefined);
  if (isFields(input)) return input;
  if (typeof input !== 'string') return input === undefined ? json : undefined;
  try {
    const inner: unknown = JSON.parse(input);
    return isFields(inner) ? inner : undefined;
  } catch {
    return { input };
  }
}

/** One agent reads another one's hooks with tools of its own, so a tool is looked up in all profiles. */
const isOf = (kind: keyof Tools, tool: string): boolean =>
  profiles.some(({ tools }) => tools[kind].includes(tool));

function pathsOf(
  tool: string,
  input: Fields,
  cwd: string,
  home: string,
): readonly string[] | { readonly unclear: string } {
  const named = (): readonly string[] => filesIn(input).map((file) => placeOf(file, cwd));
  if (isOf('patches', tool)) {
    const paths = patchFields.flatMap((field) => patchedFiles(patchIn(input[field])));
    if (paths.length === 0) return { unclear: `${tool} brings a patch that names no file` };
    return paths.map((file) => placeOf(file, cwd));
  }
  if (isOf('shells', tool)) {
    const setting = { cwd: placeOf(textIn(input, folderFields) ?? '.', cwd), home };
    const read = /powershell/i.test(tool) ? powershellWrites : shellWrites;
    const found = commandFields.map((field) => commandWrites(input[field], setting, read));
    const told = found.filter((paths) => paths !== undefined);
    return told.length === 0 ? { unclear: `${tool} says no command` } : told.flat();
  }
  if (isOf('writes', tool)) {
    if (input['command'] === 'view' && /^str_replace/.test(tool)) return [];
    const paths = named();
    return paths.length === 0 ? { unclear: `${tool} does not say which file it writes` } : paths;
  }
  if (isOf('reads', tool)) return [];
  if (!verbs.writes.test(tool) && verbs.reads.test(tool)) return [];
  const run = plainCommandFields.flatMap((field) => commandWrites(input[field], { cwd, home }) ?? []);
  const texts = patchFields.map((field) => patchIn(input[field]));
  const patched = texts.flatMap((text) => [...patchedFiles(text), ...diffedFiles(text, 1)]);
  return [...named(), ...run, ...patched.map((file) => placeOf(file, cwd))];
}

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

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
