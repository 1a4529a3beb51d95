import { basename, join, relative } from 'node:path';
import { filesAt, isFolder, placesOf } from './places.ts';
import type { Word } from './draft.ts';

interface Copy {
  /** Sources, and the target as the last one where it is not `into`. */
  readonly operands: readonly Word[];
  /** The folder that is copied into, where an option names it. */
  readonly into?: Word | undefined;
  /** Whether the sources are gone afterwards. */
  readonly isMove?: boolean | undefined;
  /** Whether a single operand is a source, for the folder it is called in. */
  readonly isLink?: boolean | undefined;
  /** Whether what is made is the source itself under another name, so that writing the one writes the other. */
  readonly isHard?: boolean | undefined;
  readonly spreads?: boolean | undefined;
}

/**
 * What a copy writes: its target, or what lies in that under the names of the sources; what a move takes
 * away; and what a hard link opens to whoever may write its other name.
 */
export function copied(
  { operands, into, isMove, isLink, isHard, spreads }: Copy,
  cwd: string | undefined,
): readonly string[] {
  const isLone = isLink === true && operands.length === 1 && into === undefined;
  const target = into ?? (isLone ? { text: '.', isKnown: true } : operands.at(-1));
  const named = into !== undefined || isLone ? operands : operands.slice(0, -1);
  const sources = named.flatMap((word) => placesOf(word, cwd));
  const taken = isMove === true || isHard === true ? sources.flatMap(filesAt) : [];
  const [place] = target === undefined ? [] : placesOf(target, cwd);
  if (target === undefined || place === undefined || named.length === 0) return taken;
  const isInto =
    into !== undefined ||
    named.length > 1 ||
    sources.length > 1 ||
    target.text.endsWith('/') ||
    isFolder(place);
  if (!isInto && sources.length === 0) return [place];
  const open = new Set(spreads === true ? named.filter(({ text }) => text.endsWith('/')) : []);
  const spread = [...open].flatMap((word) => placesOf(word, cwd));
  const made = sources.flatMap((source) => {
    if (spread.includes(source)) return filesAt(source).map((file) => join(place, relative(source, file)));
    const end = isInto ? join(place, basename(source)) : place;
    if (isLink === true) return [end];
    return filesAt(source).map((file) => (file === source ? end : join(end, relative(source, file))));
  });
  return [...taken, ...made];
}
