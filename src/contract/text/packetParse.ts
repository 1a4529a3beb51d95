import type { Packet, PacketDraft, Priority } from '../packets.ts';
import type { Field } from './grammar.ts';
import { packetText } from './packetText.ts';
import { textField } from './printing.ts';
import { linesOf, listOf, readFields, textOf, type PlacedField } from './reading.ts';
import { taskField, taskIn, taskLine } from './task.ts';

const fields = [
  { name: 'TASK', holds: 'text' },
  { name: 'SCOPE', holds: 'list' },
  { name: 'NOT-YOUR-JOB', holds: 'list', also: ['NOT MY JOB', 'OUT OF SCOPE'] },
  { name: 'DONE-WHEN', holds: 'list' },
  { name: 'VERIFY', holds: 'list' },
  { name: 'PRIORITY', holds: 'word' },
] as const satisfies readonly Field[];
const contextField = { name: 'CONTEXT', holds: 'text' } as const satisfies Field;
const lists = ['SCOPE', 'NOT-YOUR-JOB', 'DONE-WHEN', 'VERIFY'] as const;

/** A packet read from text, with the places of its fields, so that a flaw can be shown where it stands. */
export interface ReadPacket {
  readonly draft: PacketDraft;
  readonly fields: readonly PlacedField[];
  readonly line: number;
  readonly lastLine: number;
}

/** P4: the six fields out of text as a person writes it. What stands before the first field is not read. */
export function parsePacket(text: string): ReadPacket {
  return readPacket(linesOf(text), 0);
}

/** The same for a text of several packets, with a line of dashes between each two; `first` is the line it begins at. */
export function parsePackets(text: string, first = 0): readonly ReadPacket[] {
  const lines = linesOf(text);
  const parts: ReadPacket[] = [];
  let from = 0;
  for (let index = 0; index <= lines.length; index += 1) {
    if (index < lines.length && !/^-{3,}\s*$/.test(lines[index] ?? '')) continue;
    const part = readPacket(lines.slice(from, index), first + from);
    if (part.fields.length > 0) parts.push(part);
    from = index + 1;
  }
  return parts;
}

function readPacket(lines: readonly string[], firstLine: number): ReadPacket {
  const placed = readFields(lines, fields, firstLine);
  return {
    draft: draftOf(placed),
    fields: placed,
    line: firstLine,
    lastLine: firstLine + Math.max(lines.length - 1, 0),
  };
}

function draftOf(placed: readonly PlacedField[]): PacketDraft {
  const task = textOf(placed, 'TASK');
  const [scope, notYourJob, doneWhen, verify] = lists.map((name) => listOf(placed, name));
  const priority = textOf(placed, 'PRIORITY')
    ?.toLowerCase()
    .replace(/[.*\s]+$/, '');
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

/** A packet as it is handed to a worker: which task it is, the six fields, and the CONTEXT beside them (T6). */
export interface HandedPacket {
  readonly task: string;
  readonly packet: Packet;
  readonly context: string;
}

export function handedText({ task, packet, context }: HandedPacket): string {
  return [...taskLine(task), packetText(packet), textField('CONTEXT', context)].join('\n');
}

/** The inverse of `handedText`, as far as the fields are there. */
export function parseHanded(
  text: string,
): Partial<Omit<HandedPacket, 'packet'>> & { readonly packet: PacketDraft } {
  const placed = readFields(linesOf(text), [...fields, contextField, taskField]);
  const context = textOf(placed, 'CONTEXT');
  return { ...taskIn(placed), packet: draftOf(placed), ...(context === undefined ? {} : { context }) };
}
