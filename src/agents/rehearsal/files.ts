import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { Hindered } from './hindered.ts';
import type { Edit } from './script.ts';

/** Whether a packet's SCOPE holds a file: by its name, by a folder above it, or by a glob. */
export function inScope(scope: readonly string[], file: string): boolean {
  const name = file.normalize('NFC');
  return scope.some((entry) => {
    const place = entry.normalize('NFC').replace(/^\.\//, '').replace(/\/+$/, '');
    return name === place || name.startsWith(`${place}/`) || readGlob(place).test(name);
  });
}

/** `*`, `?` and `[…]` within a segment, and `**` for any number of them; all else stands for itself. */
function readGlob(glob: string): RegExp {
  const segments = glob.split('/').map((segment, index, { length }) => {
    const isLast = index === length - 1;
    if (segment === '**') return isLast ? '.+' : '(?:[^/]+/)*';
    return `${segment.replaceAll(/\*+|\?|\[([!^]?)(\][^\]]*|[^\]]+)\]|[^*?]/gu, readPart)}${isLast ? '' : '/'}`;
  });
  return new RegExp(`^${segments.join('')}$`, 'su');
}

function readPart(part: string, not?: string, within?: string): string {
  if (part.startsWith('*')) return '[^/]*';
  if (part === '?') return '[^/]';
  if (within === undefined) return part.replace(/[\\^$.|+()[\]{}/]/u, '\\$&');
  // A range from behind forwards holds nothing.
  const ranges = within.replaceAll(/(.)-(.)/gsu, (range, from: string, to: string) =>
    from <= to ? range : '',
  );
  return `(?!/)[${not === '' ? '' : '^'}${ranges.replaceAll(/[\\\][^]/gu, '\\$&')}]`;
}

/** Changes a file inside SCOPE; false where the change is already there. */
export function makeEdit(root: string, scope: readonly string[], edit: Edit): boolean {
  if (!inScope(scope, edit.file))
    throw new Hindered('blocked', `${edit.file} is outside of the SCOPE of this task.`);
  const file = placeOf(root, edit.file);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const after = edited(edit, before);
  if (after === before) return false;
  replaceWhole(file, after);
  return true;
}

/** Whether a file holds what an edit would have written. */
export function isEdited(root: string, edit: Edit): boolean {
  const text = readIfThere(root, edit.file);
  if (text === undefined) return false;
  return edit.find === undefined ? text === edit.write : text.includes(asIn(text, edit.write));
}

export function holds(root: string, file: string, words: string): boolean {
  const text = readIfThere(root, file);
  return text !== undefined && text.includes(asIn(text, words));
}

function edited({ file, find, write }: Edit, before: string | undefined): string {
  if (find === undefined) return write;
  if (before === undefined) throw new Hindered('blocked', `There is no file ${file} to change.`);
  const [old, fresh] = [asIn(before, find), asIn(before, write)];
  // The new text may hold the old one, so it is looked for first.
  if (before.includes(fresh)) return before;
  const at = before.indexOf(old);
  if (at < 0) throw new Hindered('blocked', `${file} does not hold the text that was to be replaced.`);
  if (before.includes(old, at + 1)) {
    throw new Hindered('blocked', `${file} holds the text that was to be replaced more than once.`);
  }
  return before.slice(0, at) + fresh + before.slice(at + old.length);
}

/** The text with the line ends of the file it is for. */
function asIn(file: string, text: string): string {
  return file.includes('\r\n') ? text.replace(/\r?\n/g, '\r\n') : text;
}

/**
 * The whole new text or none of it, whenever the process ends. The name beside the file is always the same one,
 * so that what a killed process left there is used up by the next.
 */
function replaceWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const beside = join(dirname(file), `.${basename(file)}.rehearsal`);
  const mode = existsSync(file) ? statSync(file).mode & 0o777 : undefined;
  writeFileSync(beside, text, mode === undefined ? {} : { mode });
  renameSync(beside, file);
}

function readIfThere(root: string, name: string): string | undefined {
  const file = placeOf(root, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The absolute path of a file of the workspace; links do not lead out of it. */
function placeOf(root: string, name: string): string {
  const outside = new Hindered('blocked', `${name} is not a file of this workspace.`);
  if (isAbsolute(name) || name.split(/[/\\]/).includes('..')) throw outside;
  const file = join(root, name);
  let above = file;
  while (!existsSync(above) && above !== root) above = dirname(above);
  const inside = relative(realpathSync(root), realpathSync(above));
  if (isAbsolute(inside) || inside.split(sep)[0] === '..') throw outside;
  return existsSync(file) ? realpathSync(file) : file;
}
