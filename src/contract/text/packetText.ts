import type { Packet, PacketDraft } from '../packets.ts';
import { listField, spreadField, textField } from './printing.ts';

/** P4: the six fields as text. */
export function packetText(packet: Packet): string {
  return [
    textField('TASK', packet.task),
    listField('SCOPE', packet.scope),
    listField('NOT-YOUR-JOB', packet.notYourJob),
    listField('DONE-WHEN', packet.doneWhen),
    listField('VERIFY', packet.verify),
    textField('PRIORITY', packet.priority),
  ].join('\n');
}

/** A packet, or what there is of one, as text to be edited: every field has its heading. */
export function packetForm(draft: PacketDraft): string {
  const list = (name: string, entries: readonly string[] | undefined): string =>
    entries === undefined || entries.length === 0 ? `${name}:\n- ` : spreadField(name, entries);
  return [
    draft.task === undefined ? 'TASK: ' : textField('TASK', draft.task),
    list('SCOPE', draft.scope),
    list('NOT-YOUR-JOB', draft.notYourJob),
    list('DONE-WHEN', draft.doneWhen),
    list('VERIFY', draft.verify),
    textField('PRIORITY', draft.priority ?? 'normal'),
  ].join('\n');
}
