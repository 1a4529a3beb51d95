import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { filesAt, placesOf } from './places.ts';
import type { Word } from './draft.ts';
import type { Step } from './words.ts';

/** One command of a line of pipes. */
export type Piped = Extract<Step, { kind: 'command' }>;

const isSaying = (words: readonly Word[]): boolean =>
  /^(?:echo|printf)$/.test(basename(words[0]?.text ?? ''));

/** The words that a command says, where it says its own: `echo a b`, `printf '%s\n' a`. */
function said(words: readonly Word[]): readonly Word[] {
  return words.slice(1).filter(({ text }) => !text.startsWith('-') && !text.includes('%'));
}

/** What the command before a shell says to it, where that is plain: an echo, or a here-document. */
export function toldBy(last: Piped | undefined): string | undefined {
  if (last === undefined) return undefined;
  const body = last.redirects.findLast(({ op }) => op.startsWith('<'))?.body;
  if (body !== undefined) return body;
  const words = isSaying(last.words) ? said(last.words) : [];
  return words.length > 0 && words.every(({ isKnown }) => isKnown)
    ? words.map(({ text }) => text).join(' ')
    : undefined;
}

/**
 * The files that a line of pipes names at most: what it says, or what it was told to look through. Undefined where it
 * does not say.
 */
export function namedBy(line: readonly Piped[], cwd: string | undefined): readonly string[] | undefined {
  for (const { words } of line.toReversed()) {
    if (isSaying(words)) {
      const names = said(words);
      return names.every(({ isKnown }) => isKnown)
        ? names
            .flatMap(({ text }) => text.split(/\s+/))
            .flatMap((text) => placesOf({ text, isKnown: true }, cwd))
        : undefined;
    }
    const places = words
      .slice(1)
      .filter(({ text }) => !text.startsWith('-'))
      .flatMap((word) => placesOf(word, cwd))
      .filter((place) => existsSync(place));
    if (places.length > 0) return places.flatMap(filesAt);
  }
  return undefined;
}
