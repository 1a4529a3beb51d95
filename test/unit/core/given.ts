import assert from 'node:assert/strict';
import type { Packet, ResultDraft } from '../../../src/contract/packets.ts';
import { addWorker, nothing, packet } from './drafts.ts';
import { judgedAll } from './judging.ts';
import { History, orchestrator, user, worker } from './history.ts';

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
  history.does(orchestrator, { type: 'approve', result, judged: judgedAll(history.state, result) });
  return result;
}

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

/** A step of TODOs on these scopes, one each, and a worker of their role for each: worker 1, and from 3 on. */
export function besides(...scopes: readonly (readonly string[])[]): History {
  const history = new History();
  history.does(user, { type: 'start', objective: 'A gate that closes', constraints: [] });
  history.does(user, addWorker('web', 'code'));
  history.does(user, addWorker('scribe', 'docs'));
  scopes.slice(1).forEach((_, index) => history.does(user, addWorker(`hand ${index + 3}`, 'code')));
  const tasks = scopes.map((scope, index) =>
    packet(`Add the sluice number ${index + 1}`, { scope: [...scope], notYourJob: ['The other sluices'] }),
  );
  history.does(user, { type: 'add-step', title: 'Build', role: 'code', tasks });
  history.does(orchestrator, { type: 'release' });
  return history;
}

/** The parts of a bundle side by side: the first `count` TODOs, each with its own worker of `besides`. */
export function parts(count: number): readonly { readonly todo: number; readonly worker: number }[] {
  return Array.from({ length: count }, (_, index) => ({
    todo: index + 1,
    worker: index === 0 ? 1 : index + 2,
  }));
}

/** The same, sent side by side. */
export function together(...scopes: readonly (readonly string[])[]): History {
  const history = besides(...scopes);
  history.does(orchestrator, {
    type: 'dispatch-side-by-side',
    parts: parts(scopes.length),
    reason: 'They touch nothing in common',
  });
  return history;
}
