import { basename, resolve } from 'node:path';
import { diffedFiles, patchedFiles } from '../patchText.ts';
import { copied } from './copies.ts';
import { gitWrites, topOf } from './git.ts';
import { isXargs, withoutLead } from './lead.ts';
import { fedBy, loopReads, namedBy, type Piped } from './pipes.ts';
import { filesAt, placesOf, readPlace, type Setting } from './places.ts';
import { calledPowerShell, isPowerShell, powershellWrites } from './powershell.ts';
import { programs, type Program } from './programs.ts';
import { interpreterOf, scriptWrites } from './scripts.ts';
import { topLevel, type Variables } from './variables.ts';
import type { Word } from './draft.ts';
import { stepsIn, type Given, type Redirect } from './words.ts';

/** Commands in commands: `sh -c`, `eval`, `find -exec`. */
const deepest = 6;

/**
 * The absolute paths that a shell's text plainly writes: by redirection, or by a program that is known to. What
 * cannot be told before the run (a variable, a program that is not known) is not among them.
 */
export function shellWrites(text: string, setting: Setting, depth = 0): readonly string[] {
  if (depth > deepest) return [];
  // Nobody says which shell it is.
  const found: string[] = isPowerShell(text) ? [...powershellWrites(text, setting)] : [];
  const outer: (string | undefined)[] = [];
  let { cwd } = setting;
  let line: Piped[] = [];
  const given: Given = (steps, rest) => loopReads(steps, rest, setting.cwd);
  for (const step of stepsIn(text, setting.home, variablesIn(setting), 0, given)) {
    if (step.kind === 'enter') outer.push(cwd);
    else if (step.kind === 'leave') cwd = outer.length > 0 ? outer.pop() : cwd;
    else {
      if (!step.isPiped) line = [];
      const here = { ...setting, cwd };
      found.push(...redirectsInto(step.redirects, cwd));
      const words = withoutLead(step.words);
      const name = basename(words[0]?.text ?? '');
      if (name === 'cd' || name === 'pushd') cwd = movedTo(words, here);
      else if (name === 'popd') cwd = undefined;
      else if (isXargs(step.words)) found.push(...eachWrites(words, step.words, line, here, depth));
      else found.push(...commandWrites(words, fedBy(step, line), here, depth));
      line.push({ ...step, words });
    }
  }
  return distinct(found);
}

/** The repository's folder is asked for so often that it is no unknown. */
function variablesIn({ cwd }: Setting): Variables {
  return new Map(
    cwd === undefined ? [] : topOf(cwd).map((top) => [topLevel, top.replaceAll(/[*?[\]{},\\]/g, '\\$&')]),
  );
}

/** What xargs runs writes the files it is given; where nobody says which, any below the folder. */
function eachWrites(
  words: readonly Word[],
  all: readonly Word[],
  line: readonly Piped[],
  setting: Setting,
  depth: number,
): readonly string[] {
  const options = all.slice(0, all.length - words.length);
  const at = options.findIndex(({ text }) => /^(?:-[Ii]|-J)$/.test(text));
  const joined = options.find(({ text }) => /^-[IiJ]./.test(text))?.text.slice(2);
  const mark = joined ?? (at < 0 ? undefined : (options[at + 1]?.text ?? '{}'));
  const given = (places: readonly string[]): readonly string[] => {
    const inputs = places.map((text) => ({ text, isKnown: true }));
    const put =
      mark === undefined
        ? [...words, ...inputs]
        : words.flatMap((word) => (word.text === mark ? inputs : [word]));
    return commandWrites(put, [], setting, depth);
  };
  const named = namedBy(line, setting.cwd);
  if (named) return given(named);
  const alone = commandWrites(words, [], setting, depth);
  if (setting.cwd === undefined) return alone;
  const isMore = given([setting.cwd]).some((place) => !alone.includes(place));
  return isMore ? [...alone, setting.cwd] : alone;
}

/** The same of a command that came as a list of arguments. */
export function argumentsWrite(list: readonly string[], setting: Setting): readonly string[] {
  const words = list.map((text) => ({ text, isKnown: true }));
  return distinct(commandWrites(withoutLead(words), [], setting, 0));
}

/** Each once, without the devices that nobody owns. */
function distinct(places: readonly string[]): readonly string[] {
  return [...new Set(places)].filter((place) => !place.startsWith('/dev/'));
}

function redirectsInto(redirects: readonly Redirect[], cwd: string | undefined): readonly string[] {
  return redirects
    .filter(({ op }) => op.includes('>'))
    .filter(({ op, target }) => !(op === '>&' && /^(?:\d+|-)-?$/.test(target.text)))
    .flatMap(({ target }) => placesOf(target, cwd));
}

function movedTo(words: readonly Word[], { cwd, home }: Setting): string | undefined {
  const [to] = words.slice(1).filter(({ text }) => !/^-[LPe@]+$/.test(text) && text !== '--');
  if (to === undefined) return home;
  const [place, ...more] = to.text === '-' ? [] : placesOf(to, cwd);
  return more.length === 0 ? place : undefined;
}

function commandWrites(
  words: readonly Word[],
  redirects: readonly Redirect[],
  setting: Setting,
  depth: number,
): readonly string[] {
  const [first, ...rest] = words;
  if (first === undefined || !first.isKnown) return [];
  const name = basename(first.text).replace(/\.exe$/i, '');
  const { cwd } = setting;
  const inner = (text: string): readonly string[] => shellWrites(text, setting, depth + 1);
  if (/^(?:ba|z|da|k|a|fi)?sh$/.test(name)) {
    const at = rest.findIndex(({ text }) => /^-[A-Za-z]*c[A-Za-z]*$/.test(text));
    const script = at < 0 ? undefined : rest.slice(at + 1).find(({ text }) => !/^[-+]./.test(text));
    if (script) return script.isKnown ? inner(script.text) : [];
    return inner(redirects.map(({ body }) => body ?? '').join('\n'));
  }
  if (/^(?:pwsh|powershell)$/i.test(name)) return calledPowerShell(rest, fed(redirects, cwd), setting);
  if (name === 'eval') return rest.every(({ isKnown }) => isKnown) ? inner(textOf(rest)) : [];
  if (name === 'trap') return rest[0]?.isKnown ? inner(rest[0].text) : [];
  const option = interpreterOf(name);
  if (option) {
    const at = rest.findIndex(({ text }) => option.test(text));
    const isFed = rest.every(({ text }) => text.startsWith('-'));
    const code = at >= 0 ? rest[at + 1] : { text: isFed ? (fed(redirects, cwd) ?? '') : '', isKnown: true };
    const written = code ? scriptWrites(code.text, cwd, inner) : [];
    if (!Object.hasOwn(programs, name)) return written;
    return [...written, ...(programs[name] ? programWrites(programs[name], rest, cwd) : [])];
  }
  if (name === 'git') return gitWrites(rest, setting, () => fed(redirects, cwd));
  if (name === 'find') return findWrites(rest, setting, depth);
  if (name === 'apply_patch' || name === 'applypatch') {
    const patch = rest[0]?.text ?? fed(redirects, cwd) ?? '';
    return cwd === undefined ? [] : patchedFiles(patch).map((file) => resolve(cwd, file));
  }
  if (name === 'patch') return patchWrites(rest, redirects, setting);
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  return program ? programWrites(program, rest, cwd) : [];
}

const textOf = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');

/** What is fed to a command's standard input from a here-document or a file; undefined where that is not known. */
function fed(redirects: readonly Redirect[], cwd: string | undefined): string | undefined {
  const from = redirects.findLast(({ op }) => op.startsWith('<'));
  if (from?.body !== undefined) return from.body;
  if (from?.op === '<<<') return from.target.isKnown ? from.target.text : undefined;
  return from?.op === '<' ? readPlace(placesOf(from.target, cwd)[0]) : undefined;
}

function programWrites(program: Program, rest: readonly Word[], cwd: string | undefined): readonly string[] {
  const { operands, values } = divided(rest, program.valued);
  if (program.only && !program.only(rest.map(({ text }) => text))) return [];
  const named = (program.named ?? []).flatMap((option) => values.get(option) ?? []);
  if (program.kind === 'named') {
    const prefixed = rest.filter(
      ({ text }) => program.prefix !== undefined && text.startsWith(program.prefix),
    );
    const cut = prefixed.map(({ text, isKnown }) => ({ text: text.slice(program.prefix?.length), isKnown }));
    return [...named, ...cut].flatMap((word) => placesOf(word, cwd));
  }
  if (program.kind === 'unpacks') {
    const into = named.at(-1);
    return into ? placesOf(into, cwd) : cwd === undefined ? [] : [cwd];
  }
  if (program.kind === 'copies')
    return copied(
      {
        operands,
        into: named.at(-1),
        isMove: program.moves,
        isLink: program.links,
        isHard: isHard(program, rest),
        spreads: program.spreads,
      },
      cwd,
    );
  const isDeep = rest.some(({ text }) => program.deep?.test(text) === true);
  const skipped = program.skipped?.(rest.map(({ text }) => text)) ?? 0;
  const places = operands.slice(skipped).flatMap((word) => placesOf(word, cwd));
  return isDeep ? places.flatMap(filesAt) : places;
}

/** `ln` without `-s`, and `cp -l`. */
function isHard({ links }: Program, rest: readonly Word[]): boolean {
  const has = (form: RegExp): boolean => rest.some(({ text }) => form.test(text));
  return links === true
    ? !has(/^(?:-[A-Za-z]*s[A-Za-z]*|--symbolic)$/)
    : has(/^(?:-[A-Za-z]*l[A-Za-z]*|--link)$/);
}

/** Operands, and the values of options that take one, `-o value`, `-ovalue` and `--option=value` alike. */
function divided(
  rest: readonly Word[],
  valued: readonly string[] = [],
): { operands: readonly Word[]; values: Map<string, Word[]> } {
  const operands: Word[] = [];
  const values = new Map<string, Word[]>();
  const keep = (option: string, word: Word | undefined): void => {
    if (word) values.set(option, [...(values.get(option) ?? []), word]);
  };
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at];
    if (word === undefined) continue;
    const { text } = word;
    if (text === '--') {
      operands.push(...rest.slice(at + 1));
      break;
    }
    if (!text.startsWith('-') || text === '-') {
      if ((text !== '' && text !== '-') || !word.isKnown) operands.push(word);
      continue;
    }
    const exact = valued.find((option) => option === text || endsCluster(text, option));
    if (exact !== undefined) {
      at += 1;
      keep(exact, rest[at]);
      continue;
    }
    const joined = valued.find((option) => option.startsWith('--') && text.startsWith(`${option}=`));
    if (joined !== undefined) keep(joined, { text: text.slice(joined.length + 1), isKnown: word.isKnown });
  }
  return { operands, values };
}

/** `-sSLo` ends with the option `-o`. */
function endsCluster(text: string, option: string): boolean {
  return /^-[A-Za-z]$/.test(option) && /^-[A-Za-z]{2,6}$/.test(text) && text.endsWith(option.slice(1));
}

function patchWrites(
  rest: readonly Word[],
  redirects: readonly Redirect[],
  setting: Setting,
): readonly string[] {
  const { operands, values } = divided(rest, [
    '-p',
    '-i',
    '-d',
    '-o',
    '-D',
    '-B',
    '-z',
    '-F',
    '--input',
    '--directory',
  ]);
  if (rest.some(({ text }) => text === '--dry-run')) return [];
  const [folder] = [...(values.get('-d') ?? []), ...(values.get('--directory') ?? [])];
  const cwd = folder ? placesOf(folder, setting.cwd)[0] : setting.cwd;
  const [original] = operands;
  if (original) return placesOf(original, cwd);
  const [named] = [...(values.get('-i') ?? []), ...(values.get('--input') ?? [])];
  const text = named ? readPlace(placesOf(named, setting.cwd)[0]) : fed(redirects, setting.cwd);
  const strip =
    values.get('-p')?.[0]?.text ??
    /^-p(\d)$/.exec(rest.find((word) => /^-p\d$/.test(word.text))?.text ?? '')?.[1];
  if (cwd === undefined) return [];
  // It plainly writes, and nobody sees where: anywhere in its folder.
  if (text === undefined) return [cwd];
  return diffedFiles(text, Number(strip ?? 0)).map((file) => resolve(cwd, file));
}

function findWrites(rest: readonly Word[], setting: Setting, depth: number): readonly string[] {
  const begin = rest.findIndex(({ text }) => /^[-(!]/.test(text));
  const starts = rest.slice(0, begin < 0 ? rest.length : begin);
  const places = (starts.length === 0 ? [{ text: '.', isKnown: true }] : starts).flatMap((word) =>
    placesOf(word, setting.cwd),
  );
  if (rest.some(({ text }) => text === '-delete')) return places.flatMap(filesAt);
  return rest.flatMap(({ text }, at) => {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(text)) return [];
    const command = rest.slice(at + 1);
    const end = command.findIndex((word) => word.text === ';' || word.text === '+');
    const each = command.slice(0, end < 0 ? command.length : end);
    return places.flatMap((place) =>
      commandWrites(
        withoutLead(each.map((word) => (word.text === '{}' ? { text: place, isKnown: true } : word))),
        [],
        setting,
        depth + 1,
      ).flatMap(filesAt),
    );
  });
}
