import { off, type Change } from '../rules.ts';

const authors = 'core/authors.ts';
const evidence = 'core/evidence.ts';
const witness = 'core/witness.ts';
const witnessing = 'core/witnessing.ts';

/** P8: what Lockkeeper ran is evidence on that tree alone, and what an agent wrote is run only when allowed. */
export const witnessChanges: readonly Change[] = [
  off('P8', evidence, 'A run stays evidence when files change.', 'if (run.tree !== tree) {', 'if (false) {'),
  off(
    'P8',
    evidence,
    'Where no tree is known every run is evidence.',
    'if (run.tree !== tree) {',
    'if (tree !== undefined && run.tree !== tree) {',
  ),
  off('P8', evidence, 'A run that changes files is evidence.', 'if (run.changed) {', 'if (false) {'),
  off(
    'P8',
    evidence,
    'A failed command passes where words are enough.',
    "  if (evidence.standing === 'failed') return evidence.why;\n",
  ),
  off('P8', evidence, 'A command that is only named counts as its output.', 'lines.length > 1 && '),
  off(
    'P8',
    witness,
    'An agent’s command needs no word of the user.',
    'todo.agentVerify?.includes(words) === true ?',
    'false ?',
  ),
  off(
    'P8',
    witness,
    'Nobody hears that a worker’s words do not hold.',
    '(run) => !run.changed && ',
    '(run) => false && ',
  ),
  off(
    'P8',
    witness,
    'A run that was done again still contradicts.',
    '!all.slice(index + 1).some(',
    '!all.slice(index + 1).every(',
  ),
  off('P8', witnessing, 'Any command is taken for one of VERIFY.', ' || !isSameList(entry.argv, run.argv)'),
  off(
    'P8',
    witnessing,
    'What was run counts after the verdict.',
    "if (result?.state !== 'review' || !dispatch) {",
    'if (!result || !dispatch) {',
  ),
  off(
    'P8',
    'core/evolvers/witness.ts',
    'An allowed command cannot be revoked.',
    '!isSameList(other, argv)',
    'true',
  ),
  off(
    'P8',
    'core/evolvers/witness.ts',
    'Allowing a program allows it with any arguments.',
    'left.length === right.length && ',
  ),
  off('P8', authors, 'What an agent added counts as the user’s.', ': isAgents;', ': false;'),
  off(
    'P8',
    authors,
    'What an agent planned is the user’s once the user releases it.',
    'at(after.steps, origin.step)?.byAgent === true',
    'isAgents',
  ),
  off(
    'P8',
    authors,
    'An edit by the user makes every line the user’s.',
    "has(own, line) ?? isAgents);\n    }\n    case 'todo-merged'",
    "isAgents);\n    }\n    case 'todo-merged'",
  ),
  off(
    'P8',
    authors,
    'A merge makes an agent’s line the user’s.',
    'has(into, line) ?? has(from, line) ?? isAgents',
    'isAgents',
  ),
  off(
    'P8',
    authors,
    'A split makes an agent’s line the user’s.',
    'has(whole, line) ?? has(own, line) ?? isAgents',
    'isAgents',
  ),
  off(
    'P8',
    'desk/authority.ts',
    'An agent allows a command.',
    "  'allow-command': userAlone,",
    "  'allow-command': leads,",
  ),
  off(
    'P8',
    'desk/authority.ts',
    'A worker witnesses for itself.',
    "  'note-witnessed': notices,",
    "  'note-witnessed': works,",
  ),
  off(
    'P8',
    witnessing,
    'An agent has VERIFY run without end.',
    "actor.seat !== 'user' && (result.verifyAsked",
    'false && (result.verifyAsked',
  ),
  off(
    'P8',
    'core/witness.ts',
    'What a person cancelled is run again by itself.',
    '!witnessed && verifyCancelled !== true',
    '!witnessed',
  ),
  off(
    'P8',
    'core/views/inboxWork.ts',
    'Nobody hears that a command waits for a word.',
    '    ...commandEntries(state),\n',
  ),
];
