import type { Packet } from '../contract/packets.ts';
import type { PacketBefore } from './planning.ts';
import type { Dispatch, State, StoredResult } from './state.ts';
import { at } from './table.ts';

/** What a TODO's worker was given at an epoch, whatever became of the TODO since; of one alone with what was granted. */
export function packetAt(state: State, dispatch: Dispatch, todo: number, epoch: number): Packet | undefined {
  const was = dispatch.changes?.find((one) => one.epoch >= epoch);
  if (dispatch.todos.length === 1) return was?.packet ?? dispatch.packet;
  return was ? was.parts[dispatch.todos.indexOf(todo)] : at(state.todos, todo)?.packet;
}

/** The whole packet as it was at an epoch. */
export function wholePacketAt({ changes, packet }: Dispatch, epoch: number): Packet {
  return changes?.find((one) => one.epoch >= epoch)?.packet ?? packet;
}

/** Why the task was changed to what it is now; undefined where it is as it was sent, or came back since. */
export function changeOf({ changes, epoch }: Dispatch): PacketBefore | undefined {
  return changes?.find((one) => one.epoch === epoch - 1);
}

/** The rejection that its next result answers to. */
export function rejectionOf(state: State, { results }: Dispatch): StoredResult['rejection'] {
  const inTime = results
    .map((n) => at(state.results, n))
    .filter((one) => one && !one.state.startsWith('late'));
  return inTime.at(-1)?.rejection;
}
