import { off, type Change } from '../rules.ts';

const sync = 'core/views/syncStatus.ts';
const task = 'core/views/taskDocument.ts';

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
  off(
    'P10',
    task,
    'The task forgets its feedback.',
    "'FEEDBACK AND NUDGES',\n      messages.map(",
    "'FEEDBACK AND NUDGES',\n      [].map(",
  ),
  off(
    'P10',
    task,
    'The task forgets its answers.',
    "section('QUESTIONS AND ANSWERS', questionsOf(state, dispatch).flatMap(question))",
    "section('QUESTIONS AND ANSWERS', [])",
  ),
  off('P10', task, 'The task forgets what an answer forbade.', '?? []), ...answered];', '?? [])];'),
  off('P10', task, 'The task forgets why it was sent back.', 'outcomes.flatMap(rejection)', '[]'),
  off('P10', task, 'The task forgets what a replan changed.', 'changes(dispatch)', '[]'),
  off('P10', task, 'The task forgets its freezes.', 'filesNews(state, dispatch)', '[]'),
  off('P10', task, 'The task forgets what the user said.', 'instructions(state, dispatch)', '[]'),
  off(
    'P10',
    task,
    'The task is the one that was sent first.',
    '[packetText(dispatch.packet)]',
    '[packetText(dispatch.changes?.[0]?.packet ?? dispatch.packet)]',
  ),
  off(
    'P10',
    task,
    'Words of an agent pass for a heading.',
    ".split('\\n')\n    .map((one) =>",
    ".split('\\n')\n    .map((one) => one.trim() ??",
  ),
  off(
    'P10',
    'agents/resources.ts',
    'A worker reads the task of another.',
    'known.removed || !isTheirs',
    'known.removed',
  ),
];
