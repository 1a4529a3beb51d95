import type { PacketDraft } from '../../../src/contract/packets.ts';

export type Row = readonly [
  task: string,
  scope: string,
  notYourJob: string,
  doneWhen: string,
  verify: string,
];

/** Entries are parted by " ¦ ". */
const split = (entries: string): string[] => (entries === '' ? [] : entries.split(' ¦ '));

export const draftOf = ([task, scope, notYourJob, doneWhen, verify]: Row): PacketDraft => ({
  task,
  scope: split(scope),
  notYourJob: split(notYourJob),
  doneWhen: split(doneWhen),
  verify: split(verify),
  priority: 'normal',
});
