import { off, type Change } from '../rules.ts';

const sync = 'core/views/syncStatus.ts';

/** P1, P10: how things stand, in few lines and without leaving anything of weight out. */
export const standingChanges: readonly Change[] = [
  off('P1', sync, 'A reason of the gate is left out.', "said.join('; ')", "said.slice(1).join('; ')"),
  off(
    'P1',
    sync,
    'A worker that is idle is left out.',
    'const rows = workerRows(state)',
    'const rows = workerRows(state).filter((row) => row.dispatch)',
  ),
  off(
    'P1',
    sync,
    'A role without a worker is left out.',
    '...(missing.length === 0 ? []',
    '...(missing.length >= 0 ? []',
  ),
  off(
    'P10',
    sync,
    'It is as long as there are workers.',
    'if (lines.length <= most) return lines;',
    'if (lines.length >= 0) return lines;',
  ),
  off(
    'P10',
    sync,
    'Who is silent stands behind who is idle.',
    '.toSorted((left, right) => urgency(state, left) - urgency(state, right))',
  ),
  off(
    'P10',
    sync,
    'Who is silent is called healthy.',
    'const how = ill === 0 ? calm',
    'const how = ill >= 0 ? calm',
  ),
  off(
    'P10',
    sync,
    'Who was stopped is called healthy.',
    "state.instructed.length > 0 && idle < rest.length ? 'stopped by the instruction' : 'healthy'",
    "'healthy'",
  ),
  off(
    'P10',
    sync,
    'What an agent wrote passes for a line of ours.',
    'return visible(short(text, most));',
    'return text.slice(0, most);',
  ),
  off(
    'P1',
    'agents/leadViews.ts',
    'The seat is not told.',
    'content: { lines, gate:',
    'content: { lines: [], gate:',
  ),
];
