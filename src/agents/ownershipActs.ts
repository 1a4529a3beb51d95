import type { CallInput } from '../contract/calls.ts';
import type { Act, ActOf } from '../contract/acts.ts';
import type { Holder, Side } from '../contract/ownership.ts';
import type { ownershipCalls } from '../contract/ownershipCalls.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { sideName } from '../core/dispute.ts';
import { sameWords } from '../core/labels.ts';
import { holdings, ownerName } from '../core/ownership.ts';
import type { State } from '../core/state.ts';
import { at } from '../core/table.ts';
import { caseLines } from '../core/views/conflictCase.ts';
import type { Handlers } from './call.ts';
import { defined } from './defined.ts';
import { asks, isRefusal, packetOf, workerNamed } from './leadActs.ts';
import { linkedIn } from './linked.ts';

const lockScope = asks('scope_lock', ({ scope, holder, reason }, state) => {
  const named = holderNamed(state, holder);
  return isRefusal(named) ? named : { type: 'lock-scope', scope, holder: named, reason };
});

/** What the orchestrator sees and does about who owns which files. */
export const ownershipHandlers: Handlers<keyof typeof ownershipCalls> = {
  list_scopes: ({ desk: { state, workspace } }) => {
    const owned = holdings(state, workspace).map(({ owner, territory }) => ({
      ...(owner.kind === 'lock' ? { lock: owner.lock } : { dispatch: owner.dispatch }),
      owner: ownerName(state, owner),
      scope: territory.areas.flatMap(({ scope }) => scope),
    }));
    const next = 'scope_lock for files that nobody owns; scope_release or scope_hand_over for a lock.';
    return {
      text: [
        owned.length === 0 ? 'Nobody owns any file.' : 'OWNED:',
        ...owned.map(({ owner, scope }) => `- ${scope.join(', ')}: ${owner}`),
        `NEXT: ${next}`,
      ].join('\n'),
      content: { owned, next },
    };
  },

  get_conflict: ({ desk: { state } }, input) => {
    const found = at(state.conflicts, input.conflict);
    if (!found) {
      const sentence = `There is no conflict ${input.conflict}.`;
      return { refusal: refusal('unknown-conflict', sentence, 'Call list_inbox.') };
    }
    const lines = caseLines(state, found);
    return { text: lines.join('\n'), content: { ...found, text: lines } };
  },

  dispatch_side_by_side: asks('dispatch_side_by_side', ({ parts, reason }, state) => {
    const named: ActOf<'dispatch-side-by-side'>['parts'] = [];
    for (const { todo, worker, budget_minutes: budget, budget_calls: calls } of parts) {
      const found = workerNamed(state, worker);
      if (isRefusal(found)) return found;
      named.push({ todo, worker: found ?? 0, ...defined({ budget, calls }) });
    }
    return { type: 'dispatch-side-by-side', parts: named, reason };
  }),
  scope_lock: async (room, input, caller) => {
    const refusal = await linkedIn(room, input.scope);
    return refusal ? { refusal } : lockScope(room, input, caller);
  },
  scope_release: asks('scope_release', ({ lock, reason }) => ({ type: 'release-lock', lock, reason })),
  scope_hand_over: asks('scope_hand_over', ({ lock, holder, reason }, state) => {
    const named = holderNamed(state, holder);
    return isRefusal(named) ? named : { type: 'hand-over-lock', lock, holder: named, reason };
  }),
  open_conflict: asks('open_conflict', ({ files, sides, noticed }, state) => {
    const [first, later] = sides.map((one) => sideNamed(state, one));
    if (!first || !later) return missing('sides');
    if (isRefusal(first)) return first;
    if (isRefusal(later)) return later;
    return { type: 'open-conflict', files, sides: [first, later], noticed };
  }),
  conflict_resolve: asks('conflict_resolve', step),
  grant_scope: asks('grant_scope', ({ request }) => ({ type: 'grant-scope', request })),
  decline_scope: asks('decline_scope', ({ request, reason }) => ({
    type: 'decline-request',
    request,
    reason,
  })),
};

/** One step as the act it is; what it lacks is named. */
function step(input: CallInput<'conflict_resolve'>, state: State): Act | Refusal {
  const { conflict, owner, reason, path, words, work, contract, command, result } = input;
  switch (input.step) {
    case 'owner': {
      if (owner === undefined || reason === undefined) return missing('owner and reason');
      const side = whichSide(state, conflict, owner);
      return isRefusal(side) ? side : { type: 'assign-owner', conflict, side, reason };
    }
    case 'path': {
      if (path === undefined || words === undefined || work === undefined)
        return missing('path, words and work');
      const left = work === 'nothing' ? work : { packet: packetOf(work.packet), role: work.role };
      return { type: 'set-merge-path', conflict, path, words, work: left };
    }
    case 'evidence':
      if (contract === undefined || command === undefined || result === undefined)
        return missing('contract, command and result');
      return { type: 'give-evidence', conflict, contract, regression: { command, result } };
    case 'resume':
      return reason === undefined ? missing('reason') : { type: 'resume', conflict, reason };
  }
}

function missing(what: string): Refusal {
  return refusal(
    'bad-arguments',
    `This step needs ${what}.`,
    'Call again with them; get_conflict shows the case.',
  );
}

/** T1: whoever coordinates holds no files. */
function holderNamed(state: State, holder: number | string): Holder | Refusal {
  if (holder === 'user' || holder === 'closed') return { kind: holder };
  if (typeof holder === 'string' && sameWords(holder, 'orchestrator')) {
    return refusal(
      'not-the-orchestrators',
      'The orchestrator coordinates and does not execute: no file is kept for its seat.',
      'Lock it for a worker, for the user, or closed to all.',
    );
  }
  const worker = workerNamed(state, holder);
  if (isRefusal(worker)) return worker;
  return { kind: 'worker', worker: worker ?? 0 };
}

function sideNamed(state: State, side: number | string): Side | Refusal {
  if (side === 'user' || side === 'unknown') return { kind: side };
  const worker = workerNamed(state, side);
  if (isRefusal(worker)) return worker;
  const dispatch = state.live.find((n) => at(state.dispatches, n)?.worker === worker);
  return { kind: 'worker', worker: worker ?? 0, ...(dispatch === undefined ? {} : { dispatch }) };
}

function whichSide(state: State, conflict: number, owner: number | string): 1 | 2 | Refusal {
  const sides = at(state.conflicts, conflict)?.sides ?? [];
  const named = owner === 'user' ? undefined : workerNamed(state, owner);
  if (isRefusal(named)) return named;
  const index = sides.findIndex((side) =>
    side.kind === 'worker' ? side.worker === named : side.kind === owner,
  );
  if (index >= 0) return index === 0 ? 1 : 2;
  return refusal(
    'not-a-side',
    `That is no side of conflict ${conflict}: ${sides.map((side) => sideName(state, side)).join(' and ')} are.`,
    'Name one of the two.',
  );
}
