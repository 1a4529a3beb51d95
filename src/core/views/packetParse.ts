import type { PacketDraft, Priority } from '../../contract/packets.ts';

type PacketField = 'TASK' | 'SCOPE' | 'NOT-YOUR-JOB' | 'DONE-WHEN' | 'VERIFY' | 'PRIORITY';

/** One entry of a field as it stands in the text; lines count from 0, the last one included. */
export interface PlacedEntry {
  readonly text: string;
  readonly line: number;
  readonly lastLine: number;
}

export interface PlacedField {
  readonly name: PacketField;
  readonly line: number;
  readonly entries: readonly PlacedEntry[];
}

/** A packet read from text, with the places of its fields, so that a flaw can be shown where it stands. */
export interface ReadPacket {
  readonly draft: PacketDraft;
  readonly fields: readonly PlacedField[];
  readonly line: number;
  readonly lastLine: number;
}

interface OpenEntry {
  lines: string[];
  line: number;
}

interface OpenField {
  readonly name: PacketField;
  readonly line: number;
  readonly entries: OpenEntry[];
  bulleted: boolean;
}

const names: Readonly<Record<string, PacketField>> = {
  task: 'TASK',
  scope: 'SCOPE',
  notyourjob: 'NOT-YOUR-JOB',
  donewhen: 'DONE-WHEN',
  verify: 'VERIFY',
  priority: 'PRIORITY',
};
const heading =
  /^\s{0,3}(?:#{1,6}\s+|[-*]\s+(?=\*\*))?\*{0,2}([a-z][a-z _-]{2,14}?)\*{0,2}\s*[:\uff1a]\*{0,2}[ \t]*(.*)$/i;
const bullet = /^\s*(?:[-*•]|\d{1,3}[.)])(?:\s+|$)(.*)$/;
const rule = /^-{3,}\s*$/;
const lists: readonly PacketField[] = ['SCOPE', 'NOT-YOUR-JOB', 'DONE-WHEN', 'VERIFY'];

/** P4: the six fields out of text as a person writes it. What stands before the first field is not read. */
export function parsePacket(text: string, firstLine = 0): ReadPacket {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const fields: OpenField[] = [];
  lines.forEach((line, index) => take(fields, line, firstLine + index));
  const placed = fields.map(close);
  return {
    draft: draftOf(placed),
    fields: placed,
    line: firstLine,
    lastLine: firstLine + Math.max(lines.length - 1, 0),
  };
}

/** The same for a text of several packets, with a line of dashes between each two. */
export function parsePackets(text: string): readonly ReadPacket[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const parts: ReadPacket[] = [];
  let from = 0;
  for (let index = 0; index <= lines.length; index += 1) {
    if (index < lines.length && !rule.test(lines[index] ?? '')) continue;
    const part = parsePacket(lines.slice(from, index).join('\n'), from);
    if (part.fields.length > 0) parts.push(part);
    from = index + 1;
  }
  return parts;
}

/** A packet, or what there is of one, as text to be edited: every field has its heading. */
export function packetForm(draft: PacketDraft): string {
  const list = (name: PacketField, entries: readonly string[] | undefined): string =>
    [`${name}:`, ...(entries && entries.length > 0 ? entries : ['']).map((entry) => `- ${entry}`)].join('\n');
  return [
    `TASK: ${draft.task ?? ''}`,
    list('SCOPE', draft.scope),
    list('NOT-YOUR-JOB', draft.notYourJob),
    list('DONE-WHEN', draft.doneWhen),
    list('VERIFY', draft.verify),
    `PRIORITY: ${draft.priority ?? 'normal'}`,
  ].join('\n');
}

function take(fields: OpenField[], text: string, line: number): void {
  const match = heading.exec(text);
  const name = match ? names[(match[1] ?? '').toLowerCase().replaceAll(/[ _-]/g, '')] : undefined;
  if (name) {
    const inline = match?.[2] ?? '';
    const entries = inline.trim() === '' ? [] : [{ lines: [inline], line }];
    fields.push({ name, line, entries, bulleted: entries.length > 0 });
    return;
  }
  const field = fields.at(-1);
  if (!field) return;
  const last = field.entries.at(-1);
  const item = lists.includes(field.name) ? bullet.exec(text) : null;
  if (item) {
    field.entries.push({ lines: [item[1] ?? ''], line });
    field.bulleted = true;
  } else if (last && (field.bulleted || !lists.includes(field.name))) {
    last.lines.push(text);
  } else if (text.trim() !== '') {
    field.entries.push({ lines: [text], line });
  }
}

function close(field: OpenField): PlacedField {
  const entries = field.entries.flatMap((entry): PlacedEntry[] => {
    while (entry.lines.length > 1 && entry.lines.at(-1)?.trim() === '') entry.lines.pop();
    const text = entry.lines.join('\n').trim();
    return text === '' ? [] : [{ text, line: entry.line, lastLine: entry.line + entry.lines.length - 1 }];
  });
  return { name: field.name, line: field.line, entries };
}

function draftOf(fields: readonly PlacedField[]): PacketDraft {
  const texts = (name: PacketField): string[] | undefined => {
    const found = fields
      .filter((field) => field.name === name)
      .flatMap((field) => field.entries.map(({ text }) => text));
    return found.length === 0 ? undefined : found;
  };
  const task = texts('TASK')?.join('\n');
  const [scope, notYourJob, doneWhen, verify] = lists.map(texts);
  const priority = texts('PRIORITY')?.[0]
    ?.toLowerCase()
    .replace(/[.*]+$/, '')
    .trim();
  return {
    ...(task === undefined ? {} : { task }),
    ...(scope === undefined ? {} : { scope }),
    ...(notYourJob === undefined ? {} : { notYourJob }),
    ...(doneWhen === undefined ? {} : { doneWhen }),
    ...(verify === undefined ? {} : { verify }),
    // Any other word goes on as it is: the check names it together with the words that pass.
    ...(priority === undefined ? {} : { priority: priority as Priority }),
  };
}
