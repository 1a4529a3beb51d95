import * as z from 'zod/mini';
import { standingInstructions } from '../../core/instruction.ts';
import { openOrchestration } from '../../core/state.ts';
import { noOrchestration } from '../../core/listed.ts';
import { replanActs } from '../../contract/replan.ts';
import { action, refused, type Action } from '../action.ts';
import type { PacketDesk } from '../packets/packetDesk.ts';
import type { Room } from '../room.ts';
import { baseOf } from './planDocument.ts';

/** P1: plan and list in one document; with the act itself as argument it is done as it is. */
export function replan(room: Room, packets: PacketDesk): Action {
  return action(z.partial(replanActs.replan), async (given) => {
    const whole = replanActs.replan.safeParse(given);
    if (whole.success) return room.submit({ type: 'replan', ...whole.data });
    if (room.shut) return refused(room.shut);
    if (!openOrchestration(room.state)) return refused(noOrchestration.refusal);
    const [first] = standingInstructions(room.state);
    const base = baseOf(room.state);
    return packets.open({ kind: 'replan', base, ...(first ? { instruction: first.n } : {}) }, []);
  });
}
