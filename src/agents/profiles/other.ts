import type { Entry, Profile, Value } from './profile.ts';
import { noTools, nothingToTrust } from './profile.ts';

/** A way in which agents keep their MCP servers. */
export interface ServerForm {
  readonly id: string;
  /** What a person knows it by. */
  readonly label: string;
  readonly format: Entry['format'];
  readonly pointer: readonly string[];
  readonly value: Value;
}

const http = (variable: string): Value => ({
  type: 'http',
  url: '{url}',
  headers: { Authorization: `Bearer ${variable}` },
});

/** The ways that are met, the most common first. None of them holds a token: each names the variable that does. */
export const serverForms: readonly ServerForm[] = [
  {
    id: 'servers-dollar',
    label: '"mcpServers", and ${NAME} for a variable',
    format: 'json',
    pointer: ['mcpServers', 'lockkeeper'],
    value: http('${LOCKKEEPER_TOKEN}'),
  },
  {
    id: 'servers-env',
    label: '"mcpServers", and ${env:NAME} for a variable',
    format: 'json',
    pointer: ['mcpServers', 'lockkeeper'],
    value: http('${env:LOCKKEEPER_TOKEN}'),
  },
  {
    id: 'plain-env',
    label: '"servers", and ${env:NAME} for a variable',
    format: 'json',
    pointer: ['servers', 'lockkeeper'],
    value: http('${env:LOCKKEEPER_TOKEN}'),
  },
  {
    id: 'mcp-env',
    label: '"mcp", and {env:NAME} for a variable',
    format: 'json',
    pointer: ['mcp', 'lockkeeper'],
    value: {
      type: 'remote',
      url: '{url}',
      headers: { Authorization: 'Bearer {env:LOCKKEEPER_TOKEN}' },
      enabled: true,
    },
  },
  {
    id: 'program',
    label: '"mcpServers", as a program that it starts, for one without HTTP',
    format: 'json',
    pointer: ['mcpServers', 'lockkeeper'],
    value: {
      command: '{runtime}',
      args: ['{stdio}'],
      env: {
        ELECTRON_RUN_AS_NODE: '1',
        LOCKKEEPER_URL: '{url}',
        LOCKKEEPER_TOKEN: '${LOCKKEEPER_TOKEN}',
      },
    },
  },
  {
    id: 'toml',
    label: '[mcp_servers], with the name of the variable',
    format: 'toml',
    pointer: ['mcp_servers', 'lockkeeper'],
    value: { url: '{url}', bearer_token_env_var: 'LOCKKEEPER_TOKEN' },
  },
];

/** In which format a file is, by its name; undefined where nothing can be written into such a one. */
function formatOf(file: string): Entry['format'] | undefined {
  if (/\.jsonc?$/i.test(file)) return 'json';
  return /\.toml$/i.test(file) ? 'toml' : undefined;
}

/** What an agent that no profile knows is kept as; without a form it stands for any, so that it can be taken out. */
export function otherId(file: string, form = ''): string {
  return `other:${form}:${file}`;
}

/** Of several, after one of them was connected or disconnected. A file holds one. */
export function othersAfter(
  ids: readonly string[],
  how: 'connect' | 'disconnect',
  id: string,
): readonly string[] {
  const fileOf = (one: string): string | undefined => /^other:[a-z-]*:(.+)$/s.exec(one)?.[1];
  const file = fileOf(id);
  if (file === undefined) return ids;
  const rest = ids.filter((one) => fileOf(one) !== file);
  return how === 'connect' ? [...rest, id] : rest;
}

/** The profile of such an agent; undefined for what is none. The file is relative to its folder, or begins with `~/`. */
export function otherOf(id: string): Profile | undefined {
  const [, form, file] = /^other:([a-z-]*):(.+)$/s.exec(id) ?? [];
  const format = file === undefined ? undefined : formatOf(file);
  if (file === undefined || format === undefined || !isPlace(file)) return undefined;
  const forms = serverForms.filter((one) => one.format === format && (form === '' || form === one.id));
  if (forms.length === 0) return undefined;
  const isHome = file.startsWith('~/');
  return {
    id,
    label: `The agent of ${file}`,
    entries: forms.map(({ pointer, value }) => ({
      what: 'server',
      in: isHome ? 'home' : 'folder',
      file: isHome ? file.slice(2) : file,
      format,
      pointer,
      value,
    })),
    trust: nothingToTrust,
    tools: noTools,
    cannot: ['Nothing holds its writes up: the review sees them.'],
  };
}

/** Inside of the folder, or of the home, by slashes. */
function isPlace(file: string): boolean {
  const parts = file.replace(/^~\//, '').split('/');
  return parts.every((part) => !['', '.', '..', '~'].includes(part)) && !/[\\:\0]/.test(file);
}
