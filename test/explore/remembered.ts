import type { PacketDraft } from '../../src/contract/packets.ts';
import * as form from '../../src/core/packetForm.ts';
import * as purposes from '../../src/core/purposes.ts';
import * as work from '../../src/core/sameWork.ts';

/*
 * Reading the words of a packet costs a hundred times what the other rules cost together, and a model has a few
 * dozen packets. These are the core's own readers, asked once for each text: they are functions of the text alone.
 */

function once<A extends readonly unknown[], R>(
  read: (...given: A) => R,
  key: (...given: A) => string,
): typeof read {
  const known = new Map<string, R>();
  return (...given) => {
    const name = key(...given);
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = read(...given)));
    return found;
  };
}

const named = (packet: PacketDraft, folders: readonly string[] = [], whole = false): string =>
  `${whole}\n${folders.join('\n')}\n\n${packet.task}\n${packet.doneWhen?.join('\n')}\n\n${packet.scope?.join('\n')}\n\n${packet.verify?.join('\n')}\n${packet.notYourJob?.join('\n')}\n${packet.priority}`;

export const checkPacket = once(form.checkPacket, named);
export const purposesOf = once(purposes.purposesOf, (task) => task);
export const isSameWork = once(
  work.isSameWork,
  (one, other) => `${one.task}\n${one.doneWhen.join('\n')}\n\n${other.task}\n${other.doneWhen.join('\n')}`,
);
