import type { Flaw } from '../../contract/packets.ts';
import { readPlannedPacket } from '../../core/packet.ts';
import type { PlacedEntry, PlacedField, ReadPacket } from '../../core/views/packetParse.ts';

/** A flaw with the lines it is about, and what to write in their place. */
export interface PlacedFlaw {
  readonly flaw: Flaw;
  readonly line: number;
  readonly lastLine: number;
  /** The lines that mend it, in place of those from `line` to `lastLine`. */
  readonly mended: string;
}

/** Every flaw of a packet at the place where it stands in the text. */
export function placedFlaws(
  read: ReadPacket,
  lines: readonly string[],
  folders: readonly string[] = [],
): readonly PlacedFlaw[] {
  const reading = readPlannedPacket(read.draft, folders);
  if (!('refusal' in reading)) return [];
  return (reading.refusal.flaws ?? []).map((flaw) => place(read, lines, flaw));
}

function place(read: ReadPacket, lines: readonly string[], flaw: Flaw): PlacedFlaw {
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
  return `${begins > 0 ? first.slice(0, begins) : ''}${better}`;
}

function filled(lines: readonly string[], field: PlacedField, better: string): string {
  const line = lines[field.line] ?? '';
  const heading = line.slice(0, line.search(/[:\uff1a]/) + 1);
  const isInline = field.name === 'TASK' || field.name === 'PRIORITY';
  return isInline ? `${heading} ${better}` : `${line.trimEnd()}\n- ${better}`;
}
