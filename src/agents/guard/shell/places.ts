import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Word } from './draft.ts';

/** Where a command runs; the folder is unknown behind a `cd` whose end only the run knows. */
export interface Setting {
  readonly cwd: string | undefined;
  readonly home: string;
}

/** More files than these below one folder are asked for as the folder. */
const mostBelow = 500;
const mostAlternatives = 64;
/** No file system takes a longer path. */
const longest = 4_096;

/** The absolute paths a word stands for in a folder; none where only the run knows them. */
export function placesOf(word: Word, cwd: string | undefined): readonly string[] {
  // `{}` is a file's place in the command of xargs and find.
  if (!word.isKnown || word.text === '' || word.text === '{}' || word.text.length > longest) return [];
  const names = word.pattern === undefined ? [word.text] : alternatives(word.pattern);
  return names.flatMap((name) => {
    if (!isAbsolute(name) && cwd === undefined) return [];
    const base = isAbsolute(name) ? '/' : (cwd ?? '/');
    return word.pattern === undefined ? [resolve(base, name)] : matching(base, name);
  });
}

/** The files below a folder, or the place itself where it is none, is empty, or holds too many. */
export function filesAt(place: string): readonly string[] {
  const found: string[] = [];
  const left = [place];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) {
          if (entry.name !== '.git') left.push(join(folder, entry.name));
        } else found.push(join(folder, entry.name));
      }
    } catch {
      if (folder !== place) found.push(folder);
    }
    if (found.length + left.length > mostBelow) return [place];
  }
  return found.length === 0 ? [place] : found;
}

export function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

export function readPlace(place: string | undefined): string | undefined {
  try {
    return place === undefined ? undefined : readFileSync(place, 'utf8');
  } catch {
    return undefined;
  }
}

/** `a{b,c}` is `ab` and `ac`, as in bash. */
function alternatives(pattern: string): readonly string[] {
  const done: string[] = [];
  const left = [pattern];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    const found = /^((?:[^{\\]|\\.)*)\{((?:[^{}\\]|\\.)*,(?:[^{}\\]|\\.)*)\}(.*)$/s.exec(one);
    if (!found || done.length + left.length > mostAlternatives) done.push(one);
    else for (const part of (found[2] ?? '').split(',')) left.push(`${found[1]}${part}${found[3]}`);
  }
  return done;
}

/** The paths below a folder that a glob matches; where there are none the shell passes the glob on as it is. */
function matching(base: string, pattern: string): readonly string[] {
  let found = [base];
  for (const part of pattern.split('/').filter((name) => name !== '')) {
    if (!/(?<!\\)[*?[]/.test(part)) {
      found = found.map((place) => resolve(place, plain(part)));
      continue;
    }
    const test = expression(part);
    found = found.flatMap((place) =>
      namesIn(place)
        .filter((name) => test.test(name) && (part.startsWith('.') || !name.startsWith('.')))
        .map((name) => join(place, name)),
    );
  }
  return found.length === 0 ? [resolve(base, plain(pattern))] : found;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const plain = (pattern: string): string => pattern.replaceAll(/\\(.)/gs, '$1');

function expression(part: string): RegExp {
  const source = part.replaceAll(/\\.|\[[^\]]+\]|\*+|\?|[^\\*?[]+|\[/gs, (piece) => {
    if (piece.startsWith('*')) return '[^]*';
    if (piece === '?') return '[^]';
    if (piece.startsWith('[') && piece.length > 1)
      return piece.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return plain(piece).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    // A range that is none, such as [z-a], matches nothing.
    return /(?!)/;
  }
}
