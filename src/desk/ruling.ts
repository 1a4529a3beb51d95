import { actorName } from '../contract/actor.ts';
import type { Recorded } from '../contract/events.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { isRefused, type Asked, type Decision, type Facts } from '../core/decision.ts';
import { evolve } from '../core/evolution.ts';
import { decide } from '../core/orchestration.ts';
import type { State } from '../core/state.ts';
import type { Workspace } from '../core/workspace.ts';
import type { NewRow } from '../journal/port.ts';
import { notAllowed } from './authority.ts';
import type { Command, Reply } from './command.ts';
import { checkEvent, toRow } from './record.ts';

/** What a command comes to: the reply, and what is to be kept before it is given. */
export interface Ruling {
  readonly after: State;
  readonly rows: readonly NewRow[];
  readonly events: readonly Recorded[];
  readonly reply: Reply;
}

/** One command on one state. A defect of ours in it refuses that command, and no other that waits with it. */
export function ruleOn(
  state: State,
  command: Command,
  now: number,
  workspace?: Workspace,
  facts?: Facts,
): Ruling {
  try {
    const decision = rule(state, command, { now, workspace, ...facts });
    const reply: Reply = isRefused(decision)
      ? { ok: false, refusal: decision.refusal }
      : { ok: true, said: decision.said, made: decision.made };
    let after = state;
    const events: Recorded[] = [];
    const rows: NewRow[] = [];
    for (const event of decision.events) {
      const recorded: Recorded = { at: now, actor: actorName(command.actor), command: command.id, event };
      checkEvent(event);
      after = evolve(after, recorded);
      events.push(recorded);
      rows.push(toRow(event, command, now, after.orchestration?.n ?? 0));
    }
    return { after, rows, events, reply };
  } catch (error) {
    return { after: state, rows: [], events: [], reply: { ok: false, refusal: defect(command, error) } };
  }
}

function defect({ act }: Command, error: unknown): Refusal {
  return refusal(
    'defect',
    `Lockkeeper failed over “${act.type}”; nothing was changed. ${error instanceof Error ? error.message : ''}`,
    'Report it; everything else goes on.',
  );
}

/** Tries of one agent that are put on the record. By then it is told; a loop of tries is to fill no disk. */
const mostTries = 1_000;

function rule(state: State, command: Command, given: Omit<Asked, 'actor' | 'act'>): Decision {
  const { actor, act } = command;
  const refused = notAllowed(actor.seat, act.type);
  if (!refused) return decide(state, { ...given, actor, act });
  if ((state.tries[actorName(actor)] ?? 0) >= mostTries) return { events: [], refusal: refused };
  return { events: [{ type: 'try-refused', act: act.type, code: refused.code }], refusal: refused };
}
