import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { filesIn } from '../rig/filesIn.ts';
import { descendants } from '../rig/processes.ts';
import { git } from '../unit/git/given.ts';
import type { Workshop } from './workshop.ts';

/** What can be overheard while real agents work: the endpoint and the model are both served by this process. */
export interface Overheard {
  /** Each address that was asked for. */
  readonly urls: readonly string[];
  /** The argument lists of all that ran below this process whenever somebody asked: the agent, or its guard. */
  readonly argv: ReadonlySet<string>;
  stop(): void;
}

export function overhear(): Overheard {
  const urls: string[] = [];
  const argv = new Set<string>();
  const hear = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    urls.push(request.url ?? '');
    for (const { command } of descendants(process.pid)) argv.add(command);
  };
  const channel = 'http.server.request.start';
  subscribe(channel, hear);
  return { urls, argv, stop: () => void unsubscribe(channel, hear) };
}

/**
 * Where these words stand: what was overheard, what was logged, files (what is written for the agent, its own home, the
 * repository with its worktrees), and what git keeps, which no search of files would find, since it is packed.
 */
export function placesOf(words: readonly string[], shop: Workshop, overheard: Overheard): readonly string[] {
  const texts: (readonly [string, string])[] = [
    ...overheard.urls.map((url) => ['a URL', url] as const),
    ...[...overheard.argv].map((command) => ['an argument', command] as const),
    ...shop.logged.map((text) => ['the log of the door', text] as const),
    ...shop.house.log.map((text) => ['the log of the desk', text] as const),
    ['what its terminals were opened with', JSON.stringify(shop.terminals.orders)],
    ['what its terminals showed', shop.terminals.said],
    ...shop.model.requests.map(({ body }) => ['what its model was told', body] as const),
  ];
  const files = [dirname(shop.top), shop.own, shop.home].flatMap(filesIn);
  for (const file of files) texts.push([file, readFileSync(file, 'latin1')]);
  const trees = git(shop.top, 'worktree', 'list', '--porcelain', '-z').split('\0');
  const folders = trees.flatMap((line) => /^worktree (.*)$/s.exec(line)?.[1] ?? []);
  for (const folder of folders)
    texts.push(['what git keeps', git(folder, 'cat-file', '--batch-all-objects', '--batch')]);
  // Each search has something to search in.
  assert.ok(overheard.urls.some((url) => url.startsWith('/mcp')) && overheard.urls.includes('/guard'));
  assert.ok(folders.length > 0 && files.some((file) => file.startsWith(shop.home)));
  return texts.filter(([, text]) => words.some((word) => text.includes(word))).map(([place]) => place);
}
