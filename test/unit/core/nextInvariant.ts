import assert from 'node:assert/strict';
import type { Act } from '../../../src/contract/acts.ts';
import { isRefused } from '../../../src/core/decision.ts';
import { decide } from '../../../src/core/orchestration.ts';
import type { State } from '../../../src/core/state.ts';
import { at, each } from '../../../src/core/table.ts';
import { exposedSince } from '../../../src/core/views/inboxWork.ts';
import { nextAction, type NextKind } from '../../../src/core/views/nextAction.ts';
import type { Invariant } from './ownershipInvariants.ts';

/** The order in which things are named, each with the kinds that name it; what is missing for one counts as it. */
const order: readonly (readonly NextKind[])[] = [
  ['instruction'],
  ['start'],
  ['blocking-question'],
  ['conflict'],
  ['silent', 'unacknowledged', 'exposed', 'over-budget', 'ended'],
  ['contradicted', 'command', 'review'],
  ['late'],
  ['reconcile'],
  ['plan-affected'],
  ['request'],
  ['dispatch', 'add-worker'],
  ['question', 'proposal'],
  ['by-hand', 'sent', 'wait'],
  ['deferred', 'release'],
  ['add-step', 'close'],
];

function placeOf(kind: NextKind): number {
  return order.findIndex((kinds) => kinds.includes(kind));
}

/** What stands, read from the state itself and from what the rules would accept: the kinds that are to name it. */
function standing(state: State): readonly NextKind[] {
  const live = state.live.flatMap((n) => at(state.dispatches, n) ?? []);
  const working = live.filter(({ inReview }) => inReview === undefined);
  const open = state.asked.flatMap((n) => at(state.questions, n) ?? []).filter((one) => one.state === 'open');
  const listed = state.list.flatMap((n) => at(state.todos, n) ?? []);
  const has: readonly (readonly [NextKind, boolean])[] = [
    ['instruction', state.instructed.length > 0],
    ['start', state.orchestration === undefined || state.orchestration.closedAt !== undefined],
    ['blocking-question', open.some(({ blocking }) => blocking)],
    ['conflict', state.disputed.length > 0],
    ['silent', working.some((one) => one.silentSince !== undefined)],
    ['unacknowledged', working.some((one) => one.unacknowledgedSince !== undefined)],
    ['exposed', working.some((one) => exposedSince(state, one) !== undefined)],
    ['over-budget', working.some((one) => one.budget?.up !== undefined)],
    ['ended', working.some((one) => one.ended !== undefined)],
    ['review', working.length < live.length],
    ['late', state.late.length > 0],
    ['reconcile', listed.some((todo) => todo.packet === undefined && !todo.deferred)],
    ['plan-affected', state.planAffected.length > 0],
    ['request', state.requested.length > 0],
    ['question', open.some(({ blocking }) => !blocking)],
    ['sent', working.some(({ acknowledgedAt }) => acknowledgedAt === undefined)],
  ];
  return has.flatMap(([kind, stands]) => (stands ? [kind] : []));
}

function isAccepted(state: State, act: Act): boolean {
  return !isRefused(decide(state, { actor: { seat: 'orchestrator' }, now: 1, act }));
}

/** *Nothing: all healthy* holds: neither does something stand, nor would the rules take a dispatch, a release, an end. */
function isCalm(state: State): void {
  assert.deepEqual(standing(state), [], 'said to be healthy');
  for (const { n } of each(state.workers))
    assert.equal(isAccepted(state, { type: 'dispatch', worker: n }), false, 'a TODO can be dispatched');
  assert.equal(isAccepted(state, { type: 'release' }), false, 'a step can be released');
  assert.equal(isAccepted(state, { type: 'close' }), false, 'it can be closed');
}

/** The first of what stands is named, and what is named stands. */
export const namesTheFirst: Invariant = ({ after }) => {
  const { kind } = nextAction(after);
  const place = placeOf(kind);
  const stands = standing(after);
  for (const one of stands) assert.ok(place <= placeOf(one), `${kind} is named, and ${one} stands before it`);
  const isNamed = order[place]?.some((one) => stands.includes(one)) ?? false;
  const known = new Set<NextKind>(['dispatch', 'add-worker', 'proposal', 'by-hand', 'wait', 'deferred']);
  for (const end of ['release', 'add-step', 'close', 'contradicted', 'command'] as const) known.add(end);
  assert.ok(isNamed || known.has(kind), `${kind} is named and does not stand`);
  if (kind === 'wait') isCalm(after);
};
