import assert from 'node:assert/strict';
import type { Act, ActName } from '../../../src/contract/acts.ts';
import { actorName, type Actor } from '../../../src/contract/actor.ts';
import { acts } from '../../../src/contract/acts.ts';
import { events as eventTable, type Event, type EventType } from '../../../src/contract/events.ts';
import type { Refusal } from '../../../src/contract/refusal.ts';
import type { ChangeSeen } from '../../../src/core/change.ts';
import { isRefused, type Facts, type Decision, type Made } from '../../../src/core/decision.ts';
import { loadRules } from '../../../src/desk/loadRules.ts';
import { evolveAll } from '../../../src/core/evolution.ts';
import { decide } from '../../../src/core/orchestration.ts';
import { initial, type State, type Todo } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import type { Workspace } from '../../../src/core/workspace.ts';
import { notAllowed } from '../../../src/desk/authority.ts';
import { shown, unchanged, wordsSuffice } from '../../rig/unchanged.ts';

await loadRules();

export const user: Actor = { seat: 'user' };
export const orchestrator: Actor = { seat: 'orchestrator' };
export const worker = (n: number): Actor => ({ seat: 'worker', worker: n });

/** A history under the rules: every act passes authority and core, as at the desk, with a clock of its own. */
export class History {
  state: State = initial;
  readonly events: Event[] = [];
  readonly recorded: { readonly at: number; readonly actor: string; readonly event: Event }[] = [];
  workspace: Workspace = wordsSuffice;
  /** What git would measure of the result that an approval is about; that it changed nothing, where a test says nothing. */
  change: ChangeSeen | undefined;
  /** What else only the edge can know of an act. */
  facts: Omit<Facts, 'change'> = {};
  #now = 1_000;

  /** Does an act that must be accepted; gives the numbers of what it made. */
  does(actor: Actor, act: { readonly type: ActName } & Record<string, unknown>): Made {
    const decision = this.ask(actor, act);
    assert.ok(
      !isRefused(decision),
      isRefused(decision) ? `${decision.refusal.code}: ${decision.refusal.sentence}` : '',
    );
    return decision.made;
  }

  /** Tries an act that must be refused with this code; gives the refusal, which names a way out. */
  isRefused(code: string, actor: Actor, act: { readonly type: ActName } & Record<string, unknown>): Refusal {
    const before = this.state;
    const decision = this.ask(actor, act);
    assert.ok(isRefused(decision), `accepted, where ${code} was expected`);
    assert.equal(decision.refusal.code, code, decision.refusal.sentence);
    assert.ok(decision.refusal.sentence.length > 10, 'a sentence a tired person understands');
    assert.ok(decision.refusal.next.trim().length > 0, 'names its way out');
    assert.deepEqual(this.state.list, before.list, 'a refusal changes nothing on the list');
    assert.equal(this.state.live, before.live, 'a refusal changes nothing that is live');
    return decision.refusal;
  }

  /** Tries an act of which only its type is read, because everything is stopped; gives the refusal. */
  stopped(actor: Actor, { type }: { readonly type: ActName }): Refusal {
    const asked = { actor, now: this.#now, act: { type } as Act, workspace: this.workspace };
    const decision = decide(this.state, asked);
    assert.ok(isRefused(decision), `${type} is not stopped`);
    return decision.refusal;
  }

  ask(actor: Actor, given: { readonly type: ActName } & Record<string, unknown>): Decision {
    const { type, ...rest } = given;
    const isBare = type === 'approve' && this.change === undefined;
    const act = { type, ...acts[type].parse(isBare ? { shown, ...rest } : rest) } as Act;
    const measured = isBare ? unchanged(this.state, act) : {};
    this.#now += 1_000;
    const refusal = notAllowed(actor.seat, type);
    const decision: Decision = refusal
      ? { events: [{ type: 'try-refused', act: type, code: refusal.code }], refusal }
      : decide(this.state, {
          actor,
          now: this.#now,
          act,
          workspace: this.workspace,
          ...measured,
          ...this.facts,
          ...(this.change ? { change: this.change } : {}),
        });
    for (const event of decision.events) {
      const { type: kind, ...body } = event;
      assert.deepEqual({ type: kind, ...eventTable[kind].parse(JSON.parse(JSON.stringify(body))) }, event);
    }
    const by = actorName(actor);
    this.state = evolveAll(this.state, decision.events, { at: this.#now, actor: by });
    this.events.push(...decision.events);
    this.recorded.push(...decision.events.map((event) => ({ at: this.#now, actor: by, event })));
    return decision;
  }

  last<T extends EventType>(type: T): Extract<Event, { type: T }> {
    const found = this.events.findLast((event): event is Extract<Event, { type: T }> => event.type === type);
    assert.ok(found, `no event ${type}`);
    return found;
  }
}

export function todoAt(history: History, n: number): Todo {
  const todo = at(history.state.todos, n);
  assert.ok(todo, `no TODO ${n}`);
  return todo;
}
