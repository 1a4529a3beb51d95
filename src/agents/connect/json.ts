import { isDeepStrictEqual } from 'node:util';
import * as jsonc from 'jsonc-parser';
import {
  cannot,
  isOurs,
  lineEndOf,
  notOurs,
  rewritten,
  type Place,
  type Rewritten,
  type Standing,
} from './written.ts';

/**
 * JSON, with or without comments, in which one thing of ours is put and taken out. What was there stays byte for byte,
 * and the way back needs no memory: an object that was there and empty gets ours between its braces, without a line of
 * its own; one that we made has ours on a line of its own, and goes with it.
 */

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A text that could be read, and its root. */
interface Read {
  readonly text: string;
  readonly root: jsonc.Node;
}

const mark = '\uFEFF';
/** The scanner's own numbers, which it exports to no program that strips types. */
const tokens = { comma: 5, end: 17 };

export function putJson(before: string | undefined, place: Place): Rewritten {
  const { pointer, value } = place;
  if (before === undefined) return rewritten(`${JSON.stringify(nested(place, pointer), null, 2)}\n`);
  const read = readJson(before);
  if (typeof read === 'string') return cannot(read);
  const found = find(read, place);
  if (typeof found === 'string') return cannot(found);
  if (found.standing === 'same') return rewritten(before);
  if (found.standing === 'theirs') return notOurs(place);
  const edits =
    found.ours === undefined
      ? inserted(read, found.container, found.missing, place)
      : [replaced(read, valueOf(found.ours), value)];
  return rewritten(edited(before, read, edits));
}

export function takeJson(before: string | undefined, place: Place): Rewritten {
  if (before === undefined) return rewritten(before);
  const read = readJson(before);
  if (typeof read === 'string') return cannot(read);
  const found = find(read, place);
  if (typeof found === 'string' || found.ours === undefined || found.standing === 'theirs')
    return rewritten(before);
  const edits = removed(read, found.ours);
  return rewritten(edits && edited(before, read, edits));
}

export function standingInJson(text: string | undefined, place: Place): Standing {
  const read = text === undefined ? '' : readJson(text);
  const found = typeof read === 'string' ? '' : find(read, place);
  return typeof found === 'string' ? 'none' : found.standing;
}

function readJson(before: string): Read | string {
  const text = before.startsWith(mark) ? before.slice(1) : before;
  if (text.trim() === '') return 'It is empty, which is no JSON. Delete it, or write `{}` into it.';
  const errors: jsonc.ParseError[] = [];
  const root = jsonc.parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error || !root) {
    const line = text.slice(0, error?.offset ?? 0).split('\n').length;
    return `It is no JSON that can be read: look at line ${line}.`;
  }
  return root.type === 'object' ? { text, root } : 'It holds no JSON object.';
}

interface Found {
  readonly standing: Standing;
  /** The property or the element that is there. */
  readonly ours?: jsonc.Node;
  /** Where it goes, and which of the keys are not there yet. */
  readonly container: jsonc.Node;
  readonly missing: readonly string[];
}

function find({ root }: Read, { pointer, isListed, value }: Place): Found | string {
  let container = root;
  for (const [index, key] of pointer.entries()) {
    const named = (container.children ?? []).filter(({ children }) => children?.[0]?.value === key);
    if (named.length > 1) return `\`${key}\` stands in it twice.`;
    const [property] = named;
    if (!property) return { standing: 'none', container, missing: pointer.slice(index) };
    const inner = valueOf(property);
    if (index === pointer.length - 1 && !isListed)
      return { standing: standingOf(inner, value), ours: property, container, missing: [] };
    const wanted = index === pointer.length - 1 ? 'array' : 'object';
    if (inner.type !== wanted)
      return `\`${pointer.slice(0, index + 1).join('.')}\` is no ${wanted === 'array' ? 'list' : 'object'} in it.`;
    container = inner;
  }
  const ours = container.children?.find((one) => isOurs(jsonc.getNodeValue(one), isListed));
  return ours
    ? { standing: standingOf(ours, value), ours, container, missing: [] }
    : { standing: 'none', container, missing: [] };
}

function standingOf(node: jsonc.Node, value: unknown): Standing {
  // Plain objects, so that they can be compared.
  const there: unknown = JSON.parse(JSON.stringify(jsonc.getNodeValue(node)));
  if (isDeepStrictEqual(there, value)) return 'same';
  return isOurs(there) ? 'older' : 'theirs';
}

function valueOf(node: jsonc.Node): jsonc.Node {
  return node.type === 'property' ? (node.children?.[1] ?? node) : node;
}

const endOf = ({ offset, length }: jsonc.Node): number => offset + length;

/** The value inside of the keys that lead to it. */
function nested({ isListed, value }: Place, keys: readonly string[]): unknown {
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), isListed ? [value] : value);
}

function inserted(
  read: Read,
  container: jsonc.Node,
  missing: readonly string[],
  place: Place,
): readonly Edit[] {
  const { text } = read;
  const [key, ...rest] = missing;
  const written = (indent: string): string =>
    key === undefined
      ? shown(read, place.value, indent)
      : `${JSON.stringify(key)}: ${shown(read, nested(place, rest), indent)}`;
  const close = endOf(container) - 1;
  const last = container.children?.at(-1);
  if (!last) {
    const indent = indentAt(text, container.offset) + unitOf(read);
    return [{ from: close, to: close, text: written(indent) }];
  }
  const after = lastInk(text, close);
  const isAlone = text.slice(after, close).includes('\n');
  const own = isFirstInLine(text, last.offset) ? indentAt(text, last.offset) : undefined;
  const indent = own ?? indentAt(text, container.offset) + unitOf(read);
  const hasComma = commaIn(text, endOf(last), close) !== undefined;
  const lead = isAlone ? lineEndOf(text) + indent : ' ';
  return [
    ...(hasComma ? [] : [{ from: endOf(last), to: endOf(last), text: ',' }]),
    { from: after, to: after, text: `${lead}${written(indent)}${hasComma ? ',' : ''}` },
  ];
}

/** Undefined where nothing is left of what was there. */
function removed(read: Read, node: jsonc.Node): readonly Edit[] | undefined {
  const { text } = read;
  const container = node.parent;
  if (!container) return undefined;
  const close = endOf(container) - 1;
  const all = container.children ?? [];
  const [before, next] = [all[all.indexOf(node) - 1], all[all.indexOf(node) + 1]];
  const comma = commaIn(text, endOf(node), next?.offset ?? close);
  const from = lastInk(text, node.offset);
  if (next && comma !== undefined)
    return [
      { from, to: endOf(node), text: '' },
      { from: comma, to: comma + 1, text: '' },
    ];
  if (before) {
    const one = comma ?? commaIn(text, endOf(before), node.offset);
    const rest = { from, to: endOf(node), text: '' };
    return one === undefined ? [rest] : [rest, { from: one, to: one + 1, text: '' }];
  }
  const around = text.slice(container.offset + 1, node.offset) + text.slice(endOf(node), close);
  if (endOf(node) === close || around.trim() !== '') {
    const cut = comma === undefined ? [] : [{ from: comma, to: comma + 1, text: '' }];
    return [{ from: node.offset, to: endOf(node), text: '' }, ...cut];
  }
  if (!container.parent)
    return text.slice(0, container.offset).trim() + text.slice(close + 1).trim() === ''
      ? undefined
      : [{ from: container.offset + 1, to: close, text: '' }];
  return removed(read, container.parent.type === 'property' ? container.parent : container);
}

function replaced(read: Read, node: jsonc.Node, value: unknown): Edit {
  return { from: node.offset, to: endOf(node), text: shown(read, value, indentAt(read.text, node.offset)) };
}

function edited(before: string, { text }: Read, edits: readonly Edit[]): string {
  // From the end on; of two in one place the later one goes in first.
  const order = edits.map((edit, index) => ({ ...edit, index }));
  order.sort((one, other) => other.from - one.from || other.index - one.index);
  let made = text;
  for (const edit of order) made = made.slice(0, edit.from) + edit.text + made.slice(edit.to);
  return before.startsWith(mark) ? mark + made : made;
}

function shown(read: Read, value: unknown, indent: string): string {
  const lines = JSON.stringify(value, null, unitOf(read)).split('\n');
  return lines.join(lineEndOf(read.text) + indent);
}

/** How far the first line that is indented is. */
function unitOf({ text }: Read): string {
  return /\n(\t|[ ]{1,8})(?=["[{])/.exec(text)?.[1] ?? '  ';
}

function indentAt(text: string, offset: number): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line))?.[0] ?? '';
}

function isFirstInLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}

/** Behind the last character before `end` that is no white space. */
function lastInk(text: string, end: number): number {
  return text.slice(0, end).trimEnd().length;
}

/** The comma between two places, comments left out. */
function commaIn(text: string, from: number, to: number): number | undefined {
  const scanner = jsonc.createScanner(text.slice(from, to), true);
  for (let token: number = scanner.scan(); token !== tokens.end; token = scanner.scan())
    if (token === tokens.comma) return from + scanner.getTokenOffset();
  return undefined;
}
