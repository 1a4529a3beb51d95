import { isDebug } from '../../../src/core/debugMode.ts';
import { waitingTodos } from '../../../src/core/order.ts';
import { armed } from '../../../src/core/armed.ts';
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
    const waiting = waitingTodos(state);
    const todo = (waiting.find(({ debug }) => !debug?.on) ?? waiting[0])?.n ?? 1;
    const which = t.b % 12 === 0 ? {} : { todo };
    const by = t.c % 2 === 0 ? orchestrator : user;
    return [by, { type: 'debug-mode', on: t.c % 5 < 3, reason: 'It hangs', ...which }];
  },
  describes,
  (state, t) => {
    const found = armed(state);
    if (found.length === 0 && t.c % 4 > 0) return describes(state, t);
    const todo = found[t.a % Math.max(found.length, 1)]?.todo.n ?? 1;
    return [t.b % 3 === 0 ? orchestrator : user, { type: 'fire-rollback', todo, reading: `${t.c % 3} m` }];
  },
];

/** The next TODO is put into debug mode, or what it lacks is described. */
function describes(state: State, t: Throw): Try {
  const [next] = waitingTodos(state);
  if (next && !isDebug(state, next) && t.c % 8 > 0) {
    return [orchestrator, { type: 'debug-mode', on: true, reason: 'It hangs', todo: next.n }];
  }
  return [
    orchestrator,
    {
      type: 'describe-bug',
      todo: next?.n ?? 1,
      reproduction: { command: 'npm test', shows: '1 failing' },
      risk: t.b % 3 === 0 ? 'risky' : 'low',
      why: 'One line',
      ...(t.b % 6 < 5 ? { rollback: { watch: 'the level', reading: 'over 3', undo: 'the commit' } } : {}),
    },
  ];
}
