import { packet as packetShape, type Packet, type PacketDraft } from '../contract/packets.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { forms } from './forms.ts';
import { stepName } from './labels.ts';
import { isSameWork } from './sameWork.ts';
import { unreleasedSteps } from './steps.ts';
import type { State } from './state.ts';

export type PacketReading = { readonly packet: Packet } | { readonly refusal: Refusal };

/**
 * Reads a packet for the list: complete and provable (P4), one purpose (T6), and not the work of a step
 * that is still planned (T7, T8 momentum). `whole`: the user's word that SCOPE may be the whole workspace.
 */
export function readPacket(
  state: State,
  draft: PacketDraft,
  folders: readonly string[] | undefined,
  whole = false,
): PacketReading {
  const single = readPlannedPacket(draft, folders, whole);
  if ('refusal' in single) return single;
  for (const step of unreleasedSteps(state)) {
    if (step.tasks.some((task) => isSameWork(task, single.packet))) {
      return {
        refusal: refusal(
          'next-step-work',
          `This is the work of ${stepName(step)}, which is not released.`,
          `Finish what is on the list, then release ${stepName(step)}; or, if it is other work, say in TASK and DONE-WHEN what sets it apart.`,
        ),
      };
    }
  }
  return single;
}

/** Whether a packet put together from others is still one that the journal takes. */
export function isKeepable(packet: Packet): boolean {
  return packetShape.safeParse(packet).success;
}

/** Reads a packet for the plan: as above, without the look at the steps. */
export function readPlannedPacket(
  draft: PacketDraft,
  folders: readonly string[] | undefined,
  whole = false,
): PacketReading {
  const checked = forms().checkPacket(draft, folders, whole);
  if ('flaws' in checked) {
    const first = checked.flaws[0];
    return {
      refusal: refusal(
        'packet-flawed',
        first ? `${first.field}: ${first.why}` : 'The packet is not complete.',
        first ? `Write for example: ${first.better}` : 'Fill in all six fields.',
        checked.flaws,
      ),
    };
  }
  const purposes = forms().purposesOf(checked.packet.task);
  if (purposes.length > 1) {
    return {
      refusal: refusal(
        'two-purposes',
        `TASK has ${purposes.length} purposes; one worker gets a single one.`,
        `Split it: ${purposes.map((purpose, index) => `(${index + 1}) ${purpose}`).join(' ')}`,
        purposes.map((better) => ({
          field: 'TASK',
          words: checked.packet.task,
          why: 'One TODO has one purpose.',
          better,
        })),
      ),
    };
  }
  return { packet: checked.packet };
}
