import { off, type Change } from '../rules.ts';

const authority = 'desk/authority.ts';
const besides = 'core/sideBySide.ts';
const lock = 'core/lock.ts';
const owner = 'core/ownership.ts';
const sending = 'core/sending.ts';
const conflict = 'core/conflict.ts';
const steps = 'core/conflictSteps.ts';
const dispute = 'core/dispute.ts';
const byHand = 'a by-hand worker at this editor';
const person = 'person against worker';

/** P1, P2, P7 and T6: whose files they are, who works beside whom, and what becomes of two in one file. */
export const ownershipChanges: readonly Change[] = [
  off(
    'T6',
    besides,
    'More go out side by side than the setting says.',
    'if (parts.length > most) {',
    'if (false) {',
  ),
  off(
    'T6',
    besides,
    'Two go out side by side on the same files.',
    'if (clash) return overlapping(other.todo, todo, clash);',
  ),
  off('T6', besides, 'One worker gets two of a bundle.', 'if (twice) {', 'if (false) {'),
  off(
    'T6',
    besides,
    'Side by side go TODOs from anywhere.',
    'if (head.length !== parts.length || ',
    'if (false && ',
  ),
  off('T6', besides, 'Side by side needs no reason.', 'if (isBlank(act.reason)) {', 'if (false) {'),
  off('T6', besides, 'More goes out behind a bundle.', 'if (live) return live;'),
  off(
    'T4',
    besides,
    'Planned work goes out beside an open item.',
    'return item ? openItemFirst(item) : head;',
    'return head;',
  ),
  off('T6', sending, 'A worker gets a second task.', 'if (busy) {', 'if (false) {'),
  off(
    'T6',
    'core/standingWork.ts',
    'A part that was taken back waits for the others.',
    'return last?.bundle !== undefined && state.live.length > 0 && isTheirs ? last : undefined;',
    'return undefined;',
    'result waits for review',
  ),
  off(
    'T6',
    'core/bundle.ts',
    'What one of a bundle leaves alone is cut out of the other.',
    '.filter((entry) => !cutsAnother(entry, packets, workspace))',
  ),
  off(
    'T1',
    authority,
    'A worker locks files.',
    "'lock-scope': leads,",
    "'lock-scope': [...leads, 'worker'],",
  ),
  off(
    'P1',
    lock,
    'A lock needs no reason.',
    "if (isBlank(act.reason)) return refuse('no-reason', 'The lock gives no reason.', 'Say why.');",
  ),
  off(
    'P1',
    'core/evolvers/lock.ts',
    'A lock is never released.',
    'held: state.held.filter((n) => n !== lock),',
  ),
  off(
    'P2',
    sending,
    'Files of another go out with a dispatch.',
    'if (other) return no(ownedBy(state, other));',
    '',
    'hand lock',
  ),
  off(
    'P2',
    lock,
    'What the user locked an agent releases.',
    "if (actor.seat === 'user' || (by !== 'user' && holder.kind !== 'user')) return undefined;",
    'return undefined;',
  ),
  off(
    'P2',
    'core/registration.ts',
    'A lock outlives its worker.',
    '...locksOf(state, act.worker,',
    '...locksOf({ ...state, held: [] }, act.worker,',
  ),
  off('P2', owner, 'A worker writes what another owns.', 'if (other) {', 'if (false) {'),
  off(
    'P2',
    owner,
    'A worker without a task writes.',
    "if (!dispatch) {\n    return no(\n      'no-task',",
    "if (!dispatch) {\n    return { allowed: true };\n    return no(\n      'no-task',",
  ),
  off(
    'P2',
    owner,
    'A worker writes while its result is reviewed.',
    'if (dispatch.inReview !== undefined) {',
    'if (false) {',
  ),
  off(
    'P7',
    sending,
    'An unguarded worker gets a critical file.',
    'if (critical === undefined || isApart || isHeldBack(worker)) return undefined;',
    'return undefined;',
  ),
  off(
    'P7',
    'core/state.ts',
    'A person at this editor counts as unguarded.',
    " || (worker.runs.kind === 'by-hand' && worker.runs.where === 'here')",
    '',
    byHand,
  ),
  off('P7', owner, 'A frozen side writes.', 'if (frozen) {', 'if (false) {'),
  off(
    'P7',
    dispute,
    'The person is frozen in place of the worker.',
    "if (loser.kind === 'worker') return loser;",
    'if (loser) return loser;',
    person,
  ),
  off(
    'P7',
    steps,
    'A step is skipped.',
    'if (order.indexOf(act.type) <= order.indexOf(next)) return conflict;',
    'if (next) return conflict;',
  ),
  off(
    'P7',
    steps,
    'What the user takes over is not the user’s.',
    "if (owner?.kind === 'user') {",
    'if (false) {',
  ),
  off('P7', steps, 'Evidence is empty.', 'if (missing) {', 'if (false) {'),
  off(
    'P7',
    conflict,
    'An agent decides against the user.',
    "if (actor.seat === 'user' || !conflict.sides.some(({ kind }) => kind === 'user')) return undefined;",
    'return undefined;',
  ),
  off(
    'P7',
    conflict,
    'The same two are asked twice.',
    'if (standing && fresh.length === 0) {',
    'if (false) {',
  ),
  off('T3', steps, 'What a merge path leaves is on no list.', 'if (left) return left;'),
  off(
    'P7',
    'core/result.ts',
    'A frozen side’s result is taken.',
    'if (!conflict) continue;',
    'if (conflict ?? !conflict) continue;',
  ),
  off(
    'P7',
    'core/review.ts',
    'A result is approved in a conflict.',
    'if (dispute) {',
    'if (false as boolean && dispute) {',
  ),
  off(
    'P7',
    sending,
    'A worker is sent into what the user is typing.',
    "linkedWithin(territory, '; edit the TODO first') ?? editedWithin(worker, territory)",
    "linkedWithin(territory, '; edit the TODO first')",
  ),
  off(
    'P7',
    sending,
    'A file is handed out under two names.',
    "linkedWithin(territory, '; edit the TODO first') ?? editedWithin(worker, territory)",
    'editedWithin(worker, territory)',
  ),
  off(
    'P7',
    'core/openEdits.ts',
    'Who works at this editor is held up by the own edits.',
    "worker.runs.kind === 'by-hand' && worker.runs.where === 'here'",
    'worker.removed',
    byHand,
  ),
  off('P7', sending, 'Somebody new is sent into a conflict.', 'if (conflict) {', 'if (false) {'),
  off('P7', 'core/plan.ts', 'An override releases past a conflict.', ' ?? conflictReasonOf(reasons);', ';'),
  off('P7', 'core/closing.ts', 'An override closes past a conflict.', 'if (conflict) {', 'if (false) {'),
  off(
    'P7',
    'core/request.ts',
    'A request takes from whoever works there.',
    "if (other?.owner.kind === 'dispatch') {",
    'if (false) {',
  ),
];
