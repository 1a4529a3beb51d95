import assert from 'node:assert/strict';
import type { Act, ActName } from '../../../src/contract/acts.ts';
import type { Actor } from '../../../src/contract/actor.ts';
import { acts } from '../../../src/contract/acts.ts';
import { events as eventTable, type Event, type EventType } from '../../../src/contract/events.ts';
import type { Packet, QuestionDraft, ResultDraft } from '../../../src/contract/packets.ts';
import type { Refusal } from '../../../src/contract/refusal.ts';
import { isRefused, type Decision, type Made } from '../../../src/core/decision.ts';
import { decide, evolveAll } from '../../../src/core/orchestration.ts';
import { initial, type State, type Todo } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { notAllowed } from '../../../src/desk/authority.ts';

export const user: Actor = { seat: 'user' };
export const orchestrator: Actor = { seat: 'orchestrator' };
export const worker = (n: number): Actor => ({ seat: 'worker', worker: n });

/** A history under the rules: every act passes authority and core, as at the desk, with a clock of its own. */
export class History {
  state: State = initial;
  readonly events: Event[] = [];
  readonly recorded: { readonly at: number; readonly actor: string; readonly event: Event }[] = [];
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

  ask(actor: Actor, given: { readonly type: ActName } & Record<string, unknown>): Decision {
    const { type, ...rest } = given;
    const act = { type, ...acts[type].parse(rest) } as Act;
    this.#now += 1_000;
    const refusal = notAllowed(actor.seat, type);
    const decision: Decision = refusal
      ? { events: [{ type: 'try-refused', act: type, code: refusal.code }], refusal }
      : decide(this.state, { actor, now: this.#now, act });
    for (const event of decision.events) {
      const { type: kind, ...body } = event;
      assert.deepEqual({ type: kind, ...eventTable[kind].parse(JSON.parse(JSON.stringify(body))) }, event);
    }
    const by = actor.seat === 'worker' ? `worker:${actor.worker}` : actor.seat;
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

export function packet(task: string, more: Partial<Packet> = {}): Packet {
  return {
    task,
    scope: ['src/gate.js'],
    notYourJob: ['docs/'],
    doneWhen: [`\`npm test\` passes and prints "${task}"`],
    verify: ['npm test'],
    priority: 'normal',
    ...more,
  };
}

/** A result that says Nothing, with evidence for the one DONE-WHEN of `packet`. */
export function nothing(more: ResultDraft = {}): ResultDraft {
  return {
    outcome: 'done',
    summary: 'The change is in and its test passes.',
    evidence: [{ doneWhen: 1, shows: 'npm test: 12 passing, 0 failing' }],
    files: ['src/gate.js'],
    planAffected: 'no',
    stillOpen: 'Nothing',
    ...more,
  };
}

export const gates = {
  objective: { pass: true, word: 'DONE-WHEN 1 is shown by the test run' },
  scope: { pass: true, word: 'only src/gate.js' },
  conflict: { pass: true, word: 'nobody else was on it' },
  evidence: { pass: true, word: 'the output is there' },
};

export const word = 'f'.repeat(64);

/** Started, two workers (1 role code, 2 role docs), one step of `tasks` planned tasks. */
export function planned(...tasks: readonly string[]): History {
  const history = new History();
  history.does(user, { type: 'start', objective: 'A gate that closes', constraints: ['Node 20'] });
  history.does(user, addWorker('web', 'code'));
  history.does(user, addWorker('scribe', 'docs'));
  history.does(user, {
    type: 'add-step',
    title: 'Build',
    role: 'code',
    tasks: tasks.map((task) => packet(task)),
  });
  return history;
}

/** The same, released. */
export function released(...tasks: readonly string[]): History {
  const history = planned(...tasks);
  history.does(orchestrator, { type: 'release' });
  return history;
}

export function addWorker(name: string, role: string): { type: 'add-worker' } & Record<string, unknown> {
  return {
    type: 'add-worker',
    name,
    role,
    runs: { kind: 'command', argv: ['agent'] },
    tokenHash: word,
    expires: 9e12,
  };
}

/** Dispatches the next TODO to worker `n` and has it acknowledged. */
export function dispatched(history: History, n = 1): { dispatch: number; epoch: number } {
  const { dispatch } = history.does(orchestrator, { type: 'dispatch', worker: n });
  assert.ok(dispatch);
  history.does(worker(n), { type: 'acknowledge', dispatch, epoch: 1 });
  return { dispatch, epoch: 1 };
}

/** Dispatches the next TODO and has its result stored; gives the result's number. */
export function resulted(history: History, draft: ResultDraft, n = 1): number {
  const task = dispatched(history, n);
  const { result } = history.does(worker(n), { type: 'submit', ...task, packet: draft });
  assert.ok(result);
  return result;
}

/** A whole TODO, from dispatch to approval. */
export function finished(history: History, draft: ResultDraft = nothing(), n = 1): number {
  const result = resulted(history, draft, n);
  history.does(orchestrator, { type: 'approve', result, gates });
  return result;
}

export const asked: QuestionDraft = {
  question: 'Which of the two names?',
  context: 'Both stand in the code.',
  files: ['src/gate.js:3'],
  options: ['sluice', 'gate'],
  recommended: 'gate',
  blocking: true,
};

export const answer = { chosen: 'gate', rationale: 'It is shorter', constraints: 'none', nextStep: 'Go on' };

/** Two steps, the first (role code) released; the second (role docs) is planned. */
export function twoSteps(...tasks: readonly string[]): History {
  const history = planned(...(tasks.length === 0 ? ['Add the first sluice'] : tasks));
  history.does(orchestrator, {
    type: 'add-step',
    title: 'Write it down',
    role: 'docs',
    tasks: [packet('Describe the second sluice')],
  });
  history.does(orchestrator, { type: 'release' });
  return history;
}

/** Step 1 has TODOs 1 and 2; TODO 1 is done but for these items, which are TODOs from 3 on, not reconciled. */
export function leftOpen(...items: readonly string[]): History {
  const history = twoSteps('Add the first sluice', 'Add the other sluice');
  finished(history, nothing({ stillOpen: [...items] }));
  return history;
}

/** The same, each item reconciled. */
export function openItems(...items: readonly string[]): History {
  const history = leftOpen(...items);
  items.forEach((_, index) => reconcile(history, 3 + index));
  return history;
}

export function reconcile(history: History, todo: number, more: Partial<Packet> = {}): void {
  const settled = packet(`Settle the open point number ${todo}`, more);
  history.does(orchestrator, { type: 'reconcile', todo, role: 'code', packet: settled });
}

export function todoAt(history: History, n: number): Todo {
  const todo = at(history.state.todos, n);
  assert.ok(todo, `no TODO ${n}`);
  return todo;
}

export function override(todos: readonly number[], more: object = {}): object {
  return { todos, results: [], questions: [], reason: 'It can wait', ...more };
}
