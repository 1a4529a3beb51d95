import { off, type Change } from '../rules.ts';

const sending = 'core/sending.ts';
const todo = 'core/todo.ts';

/** P2 and P7: what is done only after the user has been asked. */
export const consentChanges: readonly Change[] = [
  off(
    'P2',
    sending,
    'A worker that no guard holds back gets work unasked.',
    'if (wantsWord(worker)) return no(unguarded(worker));',
  ),
  off(
    'P2',
    'core/state.ts',
    'The user is asked again and again for the same worker.',
    '!isHeldBack(worker) && worker.unguardedAllowed !== true;',
    '!isHeldBack(worker);',
  ),
  off(
    'P2',
    'agents/guardWatch.ts',
    'A worker whose guard is gone is taken for guarded.',
    'if (worker?.guarded !== true || worker.guardsCalls !== true) return undefined;',
    'return undefined;',
  ),
  off(
    'T1',
    'agents/guardWatch.ts',
    'The seat’s guard is never missed.',
    "state.seat?.guard === 'calls' ? { type: 'note-seat-guard', guard: 'gone' } : undefined;",
    'undefined;',
  ),
  off(
    'P2',
    'core/evolvers/worker.ts',
    'A word that was given before the guard was there holds when it is gone.',
    'guarded: false, unguardedAllowed: false }',
    'guarded: false }',
  ),
  off(
    'P2',
    'desk/authority.ts',
    'An agent says that an unguarded worker gets work.',
    "'allow-unguarded': userAlone,",
    "'allow-unguarded': leads,",
  ),
  off(
    'P2',
    sending,
    'An agent’s dispatch to an unguarded worker asks nobody.',
    "if (seat === 'user' || code !== 'unguarded' || !todo || !about) return refused;",
    'return refused;',
  ),
  off(
    'P7',
    todo,
    'An agent gives the whole workspace.',
    "whole: seat === 'user' && whole === true",
    'whole: whole === true',
  ),
  off(
    'P7',
    todo,
    'The whole workspace is given without the user’s word for it.',
    "whole: seat === 'user' && whole === true",
    "whole: seat === 'user'",
  ),
  off(
    'P7',
    todo,
    'An agent that asks for the whole workspace asks nobody.',
    "const asked = actor.seat === 'user' ? undefined : wholeProposed(state, todo, reading.refusal);",
    'const asked = undefined;',
  ),
  off(
    'P7',
    'core/merge.ts',
    'An agent puts other work under the whole workspace that the user gave.',
    "if (whole && actor.seat !== 'user') {",
    'if (false) {',
  ),
];
