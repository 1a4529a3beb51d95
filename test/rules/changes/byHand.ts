import { off, type Change } from '../rules.ts';

/** T1, T3, P2 and P10 where a worker works by hand and the user enters what it sends. */
export const byHandChanges: readonly Change[] = [
  off(
    'T1',
    'core/task.ts',
    'The user enters for a worker that reports over its own connection, and a token speaks for one by hand.',
    "if (actor.seat === 'worker' && isByHand(at(state.workers, actor.worker)) !== isEntered(actor)) {",
    'if (false) {',
  ),
  off(
    'T3',
    'core/task.ts',
    'What the user entered stands in the record as the worker’s own.',
    "return by === 'user' ? { enteredBy: 'user' } : {};",
    'return by === "nobody" ? { enteredBy: "user" } : {};',
  ),
  off(
    'T3',
    'contract/actor.ts',
    'The journal names the worker for what the user entered.',
    'return actor.enteredBy ?? `worker:${actor.worker',
    'return `worker:${actor.worker',
  ),
  off(
    'P10',
    'core/dispatch.ts',
    'A worker that nobody can hear falls silent.',
    'const isHeard = dispatch && !isByHand(at(state.workers, dispatch.worker));',
    'const isHeard = dispatch !== undefined;',
  ),
  off(
    'P10',
    'core/dispatch.ts',
    'A worker without a process ends.',
    'const runs = dispatch?.epoch === act.epoch && !isByHand(at(state.workers, dispatch.worker));',
    'const runs = dispatch?.epoch === act.epoch;',
  ),
];
