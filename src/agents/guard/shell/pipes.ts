import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pieceOf, type Word } from './draft.ts';
import { filesAt, placesOf, readPlace } from './places.ts';
import type { Redirect, Step } from './words.ts';

/** One command of a line of pipes. */
export type Piped = Extract<Step, { kind: 'command' }>;

const isSaying = (words: readonly Word[]): boolean =>
  /^(?:echo|printf)$/.test(basename(words[0]?.text ?? ''));

/** The words that a command says, where it says its own: `echo a b`, `printf '%s\n' a`. */
function said(words: readonly Word[]): readonly Word[] {
  return words.slice(1).filter(({ text }) => !text.startsWith('-') && !text.includes('%'));
}

/** What the command before a shell says to it, where that is plain: an echo, or a here-document. */
function toldBy(last: Piped | undefined): string | undefined {
  if (last === undefined) return undefined;
  const body = last.redirects.findLast(({ op }) => op.startsWith('<'))?.body;
  if (body !== undefined) return body;
  const words = isSaying(last.words) ? said(last.words) : [];
  return words.length > 0 && words.every(({ isKnown }) => isKnown)
    ? words.map(({ text }) => text).join(' ')
    : undefined;
}

/** A shell that is told its text through a pipe has it as if from a here-document. */
export function fedBy(step: Piped, line: readonly Piped[]): readonly Redirect[] {
  const body =
    step.isPiped && step.redirects.every(({ op }) => !op.startsWith('<')) ? toldBy(line.at(-1)) : undefined;
  return body === undefined
    ? step.redirects
    : [...step.redirects, { op: '<<', target: { text: '', isKnown: true }, body }];
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

/**
 * What `while read` goes through: the files that the line of pipes before it names, the lines of a here-document behind
 * its `done`, or of a file. Where pipes do not say, any file below the folder; where only the run knows, undefined.
 */
export function loopReads(steps: readonly Step[], rest: string, cwd: string | undefined): string | undefined {
  const loop = steps.at(-1);
  if (cwd === undefined || loop?.kind !== 'command') return undefined;
  const isElsewhere = steps.some(
    (step) => step.kind === 'command' && /^(?:cd|pushd|popd)$/.test(step.words[0]?.text ?? ''),
  );
  if (isElsewhere) return undefined;
  if (loop.isPiped) {
    const line: Piped[] = [];
    for (const step of steps.slice(0, -1).toReversed()) {
      if (step.kind !== 'command') break;
      line.unshift(step);
      if (!step.isPiped) break;
    }
    return oneOf(namedBy(line, cwd) ?? [cwd]);
  }
  const [, here, quoted, file] = /\bdone\s*(?:<<-?\s*(['"]?)(\w+)\1|<\s*([\w./-]+))/.exec(rest) ?? [];
  if (quoted !== undefined && here !== undefined) {
    const body = rest.slice(rest.indexOf('\n', rest.indexOf(quoted)) + 1).split('\n');
    const end = body.findIndex((line) => line.trim() === quoted);
    return oneOf(body.slice(0, end < 0 ? body.length : end).filter((line) => line !== ''));
  }
  const text = file === undefined ? undefined : readPlace(resolve(cwd, file));
  return text === undefined ? undefined : oneOf(text.split('\n').filter((line) => line !== ''));
}

/** One of these words, as a piece that stands for each. */
function oneOf(texts: readonly string[]): string | undefined {
  const pieces = texts.map((text) => pieceOf({ text, isKnown: true }));
  return pieces.length > 1 ? `{${pieces.join(',')}}` : pieces[0];
}
