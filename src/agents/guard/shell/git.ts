import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { diffedFiles } from '../patchText.ts';
import { copied } from './copies.ts';
import { filesAt, placesOf, readPlace, type Setting } from './places.ts';
import type { Word } from './draft.ts';

/**
 * The paths in the working tree that a git command plainly writes. One that may change any of them (a stash, a reset,
 * a merge) stands for the folder of the repository.
 *
 * `fed` gives the text on its standard input, where that is known.
 */
export function gitWrites(
  words: readonly Word[],
  setting: Setting,
  fed: () => string | undefined,
): readonly string[] {
  let { cwd } = setting;
  let at = 0;
  for (; words[at]?.text.startsWith('-') === true; at += 1) {
    const option = words[at]?.text ?? '';
    const value = words[at + 1];
    if ((option === '-C' || option === '--work-tree') && value) cwd = placesOf(value, cwd)[0];
    const tree = /^--work-tree=(.+)$/s.exec(option)?.[1];
    if (tree !== undefined) cwd = placesOf({ text: tree, isKnown: words[at]?.isKnown === true }, cwd)[0];
    if (/^(?:-C|-c|--git-dir|--work-tree|--namespace|--exec-path)$/.test(option)) at += 1;
  }
  const name = words[at]?.text ?? '';
  if (cwd === undefined || !Object.hasOwn(commands, name)) return [];
  return commands[name]?.(argumentsOf(words.slice(at + 1), cwd), fed) ?? [];
}

interface Arguments {
  readonly cwd: string;
  readonly options: readonly string[];
  readonly operands: readonly Word[];
  /** What stands behind `--`; undefined without it. */
  readonly paths: readonly Word[] | undefined;
}

function argumentsOf(words: readonly Word[], cwd: string): Arguments {
  const end = words.findIndex(({ text }) => text === '--');
  const before = end < 0 ? words : words.slice(0, end);
  return {
    cwd,
    options: before.filter(({ text }) => /^-./.test(text)).map(({ text }) => text),
    operands: before.filter(({ text }) => !/^-./.test(text)),
    paths: end < 0 ? undefined : words.slice(end + 1),
  };
}

type Reading = (given: Arguments, fed: () => string | undefined) => readonly string[];

const has = ({ options }: Arguments, form: RegExp): boolean => options.some((option) => form.test(option));

/** The repository's folder: the next one above that holds `.git`; none where there is none. */
export function topOf(cwd: string): readonly string[] {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return [folder];
    if (dirname(folder) === folder) return [];
  }
}

function whole({ cwd }: Arguments): readonly string[] {
  const top = topOf(cwd);
  return top.length > 0 ? top : [cwd];
}

function named(words: readonly Word[], cwd: string): readonly string[] {
  return words.flatMap((word) => placesOf(word, cwd)).flatMap(filesAt);
}

const anything: Reading = (given) => whole(given);

/** Paths behind `--`, or operands that are there on the disk; else it changes to another commit. */
const checkout: Reading = (given) => {
  if (given.paths) return named(given.paths, given.cwd);
  if (has(given, /^(?:-b|-B|--orphan)$/) && given.operands.length < 2) return [];
  const there = given.operands.filter((word) => placesOf(word, given.cwd).some((place) => existsSync(place)));
  if (there.length > 0) return named(there, given.cwd);
  if (given.operands.length > 1) return named(given.operands.slice(1), given.cwd);
  // A commit that only the run knows is one all the same; and without any, -f throws away what is not committed.
  return given.operands.length > 0 || has(given, /^(?:-[a-zA-Z]*f[a-zA-Z]*|--force)$/) ? whole(given) : [];
};

const apply: Reading = (given, fed) => {
  const reads =
    has(given, /^--(?:check|stat|numstat|summary|cached)$/) && !has(given, /^(?:--index|--apply)$/);
  if (reads) return [];
  const patches = [...given.operands, ...(given.paths ?? [])].filter(({ text }) => text !== '-');
  const texts =
    patches.length === 0 ? [fed()] : patches.map((word) => readPlace(placesOf(word, given.cwd)[0]));
  const strip = Number(
    /^-p(\d)$/.exec(given.options.find((option) => /^-p\d$/.test(option)) ?? '')?.[1] ?? 1,
  );
  return texts.flatMap((text) =>
    text === undefined ? whole(given) : diffedFiles(text, strip).map((file) => resolve(given.cwd, file)),
  );
};

const stash: Reading = (given) => {
  const verb = given.operands[0]?.text ?? 'push';
  if (/^(?:list|show|drop|clear|create|store)$/.test(verb)) return [];
  return given.paths && verb === 'push' ? named(given.paths, given.cwd) : whole(given);
};

const output: Reading = ({ options, operands, cwd }) => {
  const joined = options.map((option) => /^(?:--output=|-o)(.+)$/s.exec(option)?.[1]);
  const apart = options.includes('-o') || options.includes('--output') ? operands.slice(0, 1) : [];
  return [
    ...joined.flatMap((text) => (text === undefined ? [] : placesOf({ text, isKnown: true }, cwd))),
    ...apart.flatMap((word) => placesOf(word, cwd)),
  ];
};

const commands: Readonly<Record<string, Reading>> = {
  checkout,
  switch: (given) =>
    has(given, /^(?:-c|-C|--create|--force-create|--orphan)$/) && given.operands.length < 2
      ? []
      : whole(given),
  restore: (given) => {
    if (has(given, /^(?:-S|--staged)$/) && !has(given, /^(?:-W|--worktree)$/)) return [];
    return named(
      [
        ...(has(given, /^(?:-s|--source)$/) ? given.operands.slice(1) : given.operands),
        ...(given.paths ?? []),
      ],
      given.cwd,
    );
  },
  apply,
  stash,
  reset: (given) => (has(given, /^--(?:hard|merge|keep)$/) ? whole(given) : []),
  clean: (given) => {
    // It wants -f only where its settings do.
    if (has(given, /^(?:-[a-zA-Z]*n[a-zA-Z]*|--dry-run)$/)) return [];
    const within = [...given.operands, ...(given.paths ?? [])];
    return within.length > 0 ? named(within, given.cwd) : [given.cwd];
  },
  rm: (given) =>
    has(given, /^(?:--cached|-n|--dry-run)$/)
      ? []
      : named([...given.operands, ...(given.paths ?? [])], given.cwd),
  mv: (given) =>
    has(given, /^(?:-n|--dry-run)$/)
      ? []
      : copied({ operands: [...given.operands, ...(given.paths ?? [])], isMove: true }, given.cwd),
  am: anything,
  merge: anything,
  rebase: anything,
  pull: anything,
  'cherry-pick': anything,
  bisect: anything,
  'sparse-checkout': anything,
  'checkout-index': anything,
  submodule: (given) =>
    /^(?:status|summary|foreach)?$/.test(given.operands[0]?.text ?? '') ? [] : whole(given),
  'read-tree': (given) => (has(given, /^-[a-z]*u/) ? whole(given) : []),
  'merge-file': (given) =>
    has(given, /^(?:-p|--stdout)$/) ? [] : named(given.operands.slice(0, 1), given.cwd),
  diff: output,
  show: output,
  log: output,
  archive: output,
  revert: anything,
};
