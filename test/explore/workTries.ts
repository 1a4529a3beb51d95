import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import type { ResultDraft } from '../../src/contract/packets.ts';
import { earlierItems } from '../../src/core/order.ts';
import type { Dispatch, State } from '../../src/core/state.ts';
import { at } from '../../src/core/table.ts';
import { all } from './turn.ts';
import * as words from './words.ts';

type Add = (actor: Actor, act: Act) => void;

const worker = (n: number): Actor => ({ seat: 'worker', worker: n });

/** What workers try: their own task, the same under an old name, another's, and the lead's acts. */
export function workTries(state: State, add: Add): void {
  for (const dispatch of all(state.dispatches)) {
    const own = worker(dispatch.worker);
    const isLive = dispatch.over === undefined;
    const old = isLive ? dispatch.epoch - 1 : dispatch.epoch;
    if (isLive) liveTries(state, dispatch, own, add);
    if (old < 1) continue;
    const task = { dispatch: dispatch.n, epoch: old };
    add(own, { type: 'acknowledge', ...task });
    for (const packet of lateResults(state, dispatch)) add(own, { type: 'submit', ...task, packet });
  }
  const [todo] = state.list;
  if (todo !== undefined) add(worker(2), { type: 'drop-todo', todo, reason: words.reason });
}

function liveTries(state: State, dispatch: Dispatch, own: Actor, add: Add): void {
  const task = { dispatch: dispatch.n, epoch: dispatch.epoch };
  const packet = full(state, dispatch);
  add(own, { type: 'acknowledge', ...task });
  add(own, { type: 'progress', ...task, text: 'Half of it' });
  add(worker(3 - dispatch.worker), { type: 'submit', ...task, packet });
  add({ seat: 'orchestrator' }, { type: 'submit', ...task, packet });
  for (const one of results(state, dispatch)) add(own, { type: 'submit', ...task, packet: one });
  for (const question of [words.blockingQuestion, words.freeQuestion, words.thinQuestion]) {
    add(own, { type: 'ask', ...task, packet: question });
  }
}

/** Everything shown, nothing open, every earlier item closed. */
function full(state: State, dispatch: Dispatch): ResultDraft {
  const { todos } = dispatch;
  const isBundle = todos.length > 1;
  const shows = 'npm test printed 1';
  const doneWhen = (n: number): readonly string[] =>
    (isBundle ? at(state.todos, n)?.packet?.doneWhen : dispatch.packet.doneWhen) ?? [];
  return {
    outcome: 'done',
    summary: 'It is in.',
    evidence: todos.flatMap((todo) => doneWhen(todo).map((_, i) => ({ todo, doneWhen: i + 1, shows }))),
    files: [],
    planAffected: false,
    stillOpen: 'Nothing',
    earlierItems: earlierItems(state, dispatch.n).map(({ n }) => ({
      todo: n,
      closed: true,
      evidence: shows,
    })),
    bundle: isBundle ? todos.map((todo) => ({ todo, state: 'done' as const })) : [],
  };
}

function results(state: State, dispatch: Dispatch): readonly ResultDraft[] {
  const packet = full(state, dispatch);
  const point = `Point ${state.results.size + 1} is open`;
  const left = { ...packet, stillOpen: [point] };
  const [first = 0, second] = dispatch.todos;
  const made: ResultDraft[] = [
    packet,
    left,
    { ...packet, stillOpen: [point, `${point} too`] },
    { ...packet, planAffected: 'the next step needs another tool' },
    { ...left, outcome: 'blocked' },
    { ...packet, stillOpen: 'none' },
  ];
  if (second === undefined) {
    made.push({ ...packet, stillOpen: [{ words: point, doneWhen: 1 }] });
  } else {
    const bundle = [
      { todo: first, state: 'done' as const },
      { todo: second, state: 'open' as const },
    ];
    made.push({ ...left, bundle });
  }
  if (packet.earlierItems && packet.earlierItems.length > 0) {
    const stillOpen = packet.earlierItems.map(({ todo }) => ({ todo, closed: false }));
    made.push({ ...packet, earlierItems: stillOpen }, { ...packet, earlierItems: [] });
  }
  return made;
}

function lateResults(state: State, dispatch: Dispatch): readonly ResultDraft[] {
  const packet: ResultDraft = { ...full(state, dispatch), earlierItems: [] };
  return [
    packet,
    { ...packet, stillOpen: [`Point ${state.results.size + 1} is open`] },
    { ...packet, planAffected: 'the next step needs another tool' },
  ];
}
