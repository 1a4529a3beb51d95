import type { State } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { verifyEntries } from '../../../src/core/verifyCommands.ts';
import { orchestrator, user } from './history.ts';
import type { Throw, Try } from './thrown.ts';

const argv = ['npm', 'test'];

/** A run of what VERIFY holds of the last result, or of something else. */
export function run(state: State, { a, b }: Throw): Try {
  const result = Math.max(1, state.results.size);
  const todo = at(state.dispatches, at(state.results, result)?.dispatch ?? 0)?.todos[0] ?? 1;
  const [entry] = verifyEntries(at(state.todos, todo)?.packet);
  return [
    { seat: 'keeper' },
    {
      type: 'note-witnessed',
      result,
      todo,
      line: 1,
      argv: a % 5 > 0 && entry && 'argv' in entry ? [...entry.argv] : ['make'],
      tree: 'a'.repeat(40),
      fresh: false,
      exitCode: b % 2,
      milliseconds: b,
      output: { sha256: 'b'.repeat(64), bytes: 0, end: '' },
    },
  ];
}

/** A person ends a run. */
function cancels(state: State, { a }: Throw): Try {
  const result = Math.max(1, state.results.size - (a % 2));
  return [{ seat: 'keeper' }, { type: 'note-cancelled', result }];
}

/** Who judges asks for a run. */
function asks(state: State, { c }: Throw): Try {
  const result = Math.max(1, state.results.size);
  return [c % 2 === 0 ? orchestrator : user, { type: 'ask-verify', result, hard: c % 3 === 0 }];
}

export const witnessMakes: readonly ((state: State, thrown: Throw) => Try)[] = [
  run,
  asks,
  cancels,
  (state) => [user, { type: state.allowed.length > 0 ? 'revoke-command' : 'allow-command', argv }],
];
