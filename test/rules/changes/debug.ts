import { off, type Change } from '../rules.ts';

const bug = 'core/bug.ts';
const debugging = 'core/debugging.ts';

/** P9: debug mode. */
export const debugChanges: readonly Change[] = [
  off(
    'P9',
    bug,
    'A fix goes out with nothing that reproduces its bug.',
    'if (!bug) {',
    'if (!bug) return undefined; else if (false) {',
  ),
  off('P9', bug, 'A fix of a critical file is never risky.', ' || named === undefined', ' || true'),
  off('P9', bug, 'A result says nothing of the bug.', 'isBlank(draft.debug?.[part])', 'false'),
  off('P9', bug, 'A fix changes what it does not name.', 'if (said && names(', 'if (true || names('),
  off('P9', bug, 'A name within another one names a file.', 'if (isWhole && ', 'if ('),
  off('P9', bug, 'A fix is as large as it likes.', 'return lines > most\n', 'return false\n'),
  off(
    'P9',
    bug,
    'The orchestration is in debug mode, and none of its TODOs.',
    ' ?? openOrchestration(state)?.debug',
  ),
  off('P9', 'core/gates.ts', 'The gate does not look for drift.', ' ?? driftOf(state, dispatch, file)'),
  off('P9', 'core/sending.ts', 'A dispatch does not ask for the bug.', 'if (raw) return no(raw);'),
  off('P9', 'core/context.ts', 'The worker is not told how to reproduce it.', 'bugLines(state, todo)', '[]'),
  off('P9', debugging, 'An agent ends debug mode.', "!act.on && actor.seat !== 'user'", 'false'),
  off(
    'P9',
    debugging,
    'A reproduction is no command.',
    "if ('why' in parsed) {",
    "if ('why' in parsed && false) {",
  ),
  off(
    'P9',
    debugging,
    'A risky fix is described without a way back.',
    "risk === 'risky' && !rollback",
    'false',
  ),
  off('P9', debugging, 'A bug is described with blanks.', 'if (blank)\n', 'if (false)\n'),
  off(
    'P9',
    'core/evolvers/todo.ts',
    'A part of a debug TODO is in debug mode no more.',
    ', ...debugged }',
    ' }',
  ),
  off(
    'P9',
    'core/evolvers/merge.ts',
    'Debug mode is lost in a merge.',
    '...(from.debug?.on && !into.debug?.on ? { debug: from.debug } : {}),',
  ),
  off(
    'P9',
    'core/evolvers/plan.ts',
    'What a debug task leaves open is not debugged.',
    '...(comesFromDebug(state, event.sources) ? { debug: { on: true } } : {}),',
  ),
  off(
    'P9',
    'core/todo.ts',
    'An agent drops a TODO to be rid of debug mode.',
    "if (todo.debug?.on && actor.seat !== 'user') return onlyProposed(state, todo, act.reason);",
  ),
];
