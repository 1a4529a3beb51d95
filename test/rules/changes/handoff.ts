import { off, type Change } from '../rules.ts';

const handoff = 'core/views/handoff.ts';
const risks = 'core/views/handoffRisks.ts';

/** P11 and P12 of the handoff. */
export const handoffChanges: readonly Change[] = [
  off('P11', handoff, 'What was dropped is not in the handoff.', "todo.state === 'dropped'", 'false'),
  off('P11', handoff, 'What is live is not in the handoff.', " || todo.state === 'live'", ''),
  off('P11', handoff, 'What waits is not in the handoff.', "todo.state === 'waiting' || ", ''),
  off('P11', handoff, 'A step that was not released is not in it.', 'unreleasedSteps(state).map', '[].map'),
  off('P11', handoff, 'A question never answered is not in it.', "question.state === 'moot'", 'false'),
  off('P11', handoff, 'An answered question is not in it.', "question.state === 'answered'", 'false'),
  off('P11', handoff, 'A resolved conflict is not in it.', 'conflict.resumed !== undefined', 'false'),
  off('P11', handoff, 'Merged work is in no handoff.', 'if (n !== todo.n) carriers', 'if (false) carriers'),
  off('P11', handoff, 'A dismissed late item is not in it.', "lateItems(state, n, 'dismissed', '')", '[]'),
  off(
    'P11',
    'core/views/handoffOwn.ts',
    'What was done before is done again.',
    '(one) => one.n > n',
    '() => true',
  ),
  off(
    'P11',
    handoff,
    'An approval that was taken back in vain loses its TODO.',
    "result.state !== 'approved' ||",
    "result.state !== 'approved' || result.approval?.undone !== undefined ||",
  ),
  off('P11', risks, 'A release past something is no risk.', 'step.override\n', 'false\n'),
  off('P11', risks, 'An approval past a gate is no risk.', 'approval?.override\n', 'false\n'),
  off('P11', risks, 'Closing past something is no risk.', '...(past ?', '...(false ?'),
  off('P11', risks, 'An unguarded worker is no risk.', '!isHeldBack(found)', 'false'),
  off('P11', risks, 'Words alone are no risk.', "level === 'claimed'", 'false'),
  off('P11', risks, 'An inferred write is no risk.', "kind === 'unknown'", 'false'),
  off(
    'P12',
    handoff,
    'Each change is called changed.',
    "kindOf[type.toLowerCase()] ?? 'Changed'",
    "'Changed'",
  ),
  off(
    'P12',
    'core/views/handoffDocument.ts',
    'What is pending stands within the release entry.',
    "section('PENDING'",
    "section('## PENDING'",
  ),
];
