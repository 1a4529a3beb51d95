import type { Flaw } from '../../contract/packets.ts';
import type { WayOut } from '../wayOut.ts';
import { readPlannedPacket } from '../../core/packet.ts';
import type { ReadPacket } from '../../contract/text/packetParse.ts';
import type { PlacedEntry, PlacedField } from '../../contract/text/reading.ts';

/** A flaw with the lines it is about, and what to write in their place. */
export interface PlacedFlaw {
  readonly flaw: Flaw;
  readonly line: number;
  readonly lastLine: number;
  /** The lines that mend it, in place of those from `line` to `lastLine`. */
  readonly mended: string;
  /** What can be done about it where that is not `mended`, the likeliest first. */
  readonly fixes?: readonly Fix[];
}

/** One thing to do about a flaw: other words for some lines, or the command that is the way out. */
export interface Fix {
  readonly title: string;
  readonly edit?: { readonly line: number; readonly lastLine: number; readonly text: string };
  readonly way?: WayOut;
}

/** Every flaw of a packet at the place where it stands in the text. */
export function placedFlaws(
  read: ReadPacket,
  lines: readonly string[],
  folders: readonly string[] = [],
): readonly PlacedFlaw[] {
  const reading = readPlannedPacket(read.draft, folders);
  if (!('refusal' in reading)) return [];
  return (reading.refusal.flaws ?? []).map((flaw) => placeFlaw(read, lines, flaw));
}

/** One flaw at the place where its field stands; at the end where the field is missing. */
export function placeFlaw(
  read: Pick<ReadPacket, 'fields' | 'lastLine'>,
  lines: readonly string[],
  flaw: Flaw,
): PlacedFlaw {
  const fields = read.fields.filter(({ name }) => name === flaw.field);
  const entry = fields.flatMap((field) => field.entries).find(({ text }) => isAbout(text, flaw.words));
  const [field] = fields;
  if (entry)
    return { flaw, line: entry.line, lastLine: entry.lastLine, mended: rewritten(lines, entry, flaw.better) };
  if (field)
    return { flaw, line: field.line, lastLine: field.line, mended: filled(lines, field, flaw.better) };
  const { lastLine } = read;
  const last = lines[lastLine] ?? '';
  const added = `${flaw.field}: ${flaw.better}`;
  return { flaw, line: lastLine, lastLine, mended: last.trim() === '' ? added : `${last}\n${added}` };
}

function isAbout(text: string, words: string): boolean {
  return words !== '' && (text === words || text.includes(words));
}

/** What stands before the entry's words (a heading, a bullet) stays. */
function rewritten(lines: readonly string[], entry: PlacedEntry, better: string): string {
  const first = lines[entry.line] ?? '';
  const begins = first.indexOf(entry.text.split('\n', 1)[0] ?? '');
  const head = begins > 0 ? first.slice(0, begins) : (/^\s*(?:[-*•]|\d{1,3}[.)])\s+/.exec(first)?.[0] ?? '');
  return `${head}${better}`;
}

function filled(lines: readonly string[], field: PlacedField, better: string): string {
  const line = lines[field.line] ?? '';
  const colon = line.search(/[:\uff1a]/);
  const heading = colon < 0 ? `${line.trimEnd()}:` : line.slice(0, colon + 1);
  return !lists.has(field.name) ? `${heading} ${better}` : `${line.trimEnd()}\n- ${better}`;
}

const lists = new Set([
  'SCOPE',
  'NOT-YOUR-JOB',
  'DONE-WHEN',
  'VERIFY',
  'FILES',
  'OPTIONS',
  'EVIDENCE',
  'EARLIER-ITEMS',
  'BUNDLE',
]);
