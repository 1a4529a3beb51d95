import { packet as packetShape, type Packet, type PacketDraft } from '../contract/packets.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { forms } from './forms.ts';
import { stepName } from './labels.ts';
import { isSameWork } from './sameWork.ts';
import { stepsOf, unreleasedSteps } from './steps.ts';
import type { State } from './state.ts';
import { each } from './table.ts';

export type PacketReading = { readonly packet: Packet } | { readonly refusal: Refusal };

/** What goes with a packet: the user's word that SCOPE may be the whole workspace, and whether an agent wrote it. */
interface Written {
  readonly whole?: boolean;
  readonly byAgent?: boolean;
}

/**
 * Reads a packet for the list: complete and provable (P4), one purpose (T6), and not the work of a step
 * that is still planned (T7, T8 momentum).
 */
export function readPacket(
  state: State,
  draft: PacketDraft,
  folders: readonly string[] | undefined,
  { whole = false, byAgent = false }: Written = {},
): PacketReading {
  const single = readPlannedPacket(draft, folders, whole);
  if ('refusal' in single) return single;
  const planned =
    stepWorkIn(state, single.packet) ?? (byAgent ? formerWorkIn(state, single.packet) : undefined);
  return planned ? { refusal: planned } : single;
}

/** T8, momentum: why this is not work of the list but of a step that is still planned. */
export function stepWorkIn(state: State, packet: Packet): Refusal | undefined {
  const step = unreleasedSteps(state).find(({ tasks }) => tasks.some((task) => isSameWork(task, packet)));
  return (
    step &&
    refusal(
      'next-step-work',
      `This is the work of ${stepName(step)}, which is not released.`,
      `Finish what is on the list, then release ${stepName(step)}; or, if it is other work, say in TASK and DONE-WHEN what sets it apart.`,
    )
  );
}

/**
 * T8, momentum: what a replan took out of the plan an agent does not bring to the list past the gate. What some
 * step has released since is no such work.
 */
function formerWorkIn(state: State, packet: Packet): Refusal | undefined {
  for (const step of each(state.steps)) {
    if (step.orchestration !== state.orchestration?.n || step.releasedAt !== undefined) continue;
    const former = [
      ...(step.was ?? []).flatMap(({ tasks }) => tasks),
      ...(step.dropped === undefined ? [] : step.tasks),
    ];
    const found = former.find((task) => isSameWork(task, packet));
    if (
      !found ||
      stepsOf(state).some(
        (one) => one.releasedAt !== undefined && one.tasks.some((task) => isSameWork(task, found)),
      )
    )
      continue;
    return refusal(
      'former-step-work',
      `This was the work of ${stepName(step)}, which a replan took out of the plan.`,
      'Plan it as a step again, and release that; or ask the user, who can add it.',
    );
  }
  return undefined;
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
