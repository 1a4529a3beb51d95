import { isDebug } from '../../../src/core/bug.ts';
import { waitingTodos } from '../../../src/core/order.ts';
import type { State } from '../../../src/core/state.ts';
import { orchestrator, user } from './history.ts';
import type { Throw, Try } from './thrown.ts';

/** What a result says in debug mode. */
export const debugSaid = {
  debug: {
    bug: 'The gate hangs at -1',
    root: 'src/gate.js:3 takes any depth',
    fix: 'src/gate.js refuses what is below 0',
    test: 'gate: refuses a negative depth',
    result: 'npm test prints 12 passing',
  },
};

/** P9: a TODO is put into debug mode, and most of those in it are described. */
export const debugMakes: readonly ((state: State, thrown: Throw) => Try)[] = [
  (state, t) => {
    const todo = waitingTodos(state)[t.a % 4]?.n ?? 1;
    const which = t.b % 12 === 0 ? {} : { todo };
    const by = t.c % 2 === 0 ? orchestrator : user;
    return [by, { type: 'debug-mode', on: t.c % 5 === 0, reason: 'It hangs', ...which }];
  },
  (state, t) => {
    const debugged = waitingTodos(state).filter((todo) => isDebug(state, todo));
    const todo = debugged[t.a % Math.max(debugged.length, 1)]?.n ?? 1;
    return [
      orchestrator,
      {
        type: 'describe-bug',
        todo,
        reproduction: { command: 'npm test', shows: '1 failing' },
        risk: t.b % 3 === 0 ? 'risky' : 'low',
        why: 'One line',
        ...(t.b % 6 === 0 ? { rollback: { watch: 'the level', reading: 'over 3', undo: 'the commit' } } : {}),
      },
    ];
  },
];
