import type { Gates } from '../contract/packets.ts';
import {
  accept,
  refuse,
  refuseAbout,
  type Asked,
  type Deciders,
  type Decision,
  type Evolvers,
} from './decision.ts';
import { conflictName, conflictsOf, conflictWithin, stepWords } from './dispute.ts';
import { without } from './evolvers/dispatch.ts';
import { mootRequests } from './evolvers/request.ts';
import { isBlank, sameWords, upper } from './labels.ts';
import { gone } from './listed.ts';
import type { Dispatch, State, StoredResult, Todo } from './state.ts';
import { at, change, each } from './table.ts';
import { territoryOf } from './territory.ts';
import { mootQuestions } from './withdrawal.ts';
import { plainWorkspace, type Workspace } from './workspace.ts';

const gateNames: { readonly [K in keyof Gates]: string } = {
  objective: 'objective alignment',
  scope: 'scope compliance',
  conflict: 'conflict risk',
  evidence: 'evidence quality',
};

export const reviewDeciders: Deciders<'approve' | 'reject'> = {
  approve: (state, asked) => {
    const found = inReview(state, asked.act.result);
    if ('refusal' in found) return found;
    const { result, dispatch } = found;
    for (const key of ['objective', 'scope', 'conflict', 'evidence'] as const) {
      const { pass, word } = asked.act.gates[key];
      if (isBlank(word)) {
        return refuse(
          'gate-wordless',
          `The gate ${gateNames[key]} has no word.`,
          'Say in a word what you saw.',
        );
      }
      if (!pass) {
        return refuse(
          'gate-failed',
          `The gate ${gateNames[key]} fails: ${word}`,
          `Reject result ${result.n} with the reason, the missing evidence and the next action.`,
        );
      }
    }
    return (
      disputeFlaw(state, dispatch, asked.workspace) ??
      objectiveFlaw(state, result, dispatch) ??
      approve(state, asked, result, dispatch)
    );
  },

  reject: (state, { act }) => {
    const found = inReview(state, act.result);
    if ('refusal' in found) return found;
    const parts = { reason: act.reason, missing: act.missing, next: act.next };
    const blank = (['reason', 'missing', 'next'] as const).find((part) => isBlank(parts[part]));
    if (blank) {
      const what = {
        reason: 'the reason',
        missing: 'the exact missing evidence',
        next: 'a concrete next action',
      };
      return refuse('rejection-incomplete', `The rejection lacks ${what[blank]}.`, `Write ${what[blank]}.`);
    }
    return accept(
      [{ type: 'rejected', result: act.result, ...parts }],
      `Result ${act.result} goes back to the same worker as a new epoch.`,
    );
  },
};

function inReview(
  state: State,
  n: number,
): { readonly result: StoredResult; readonly dispatch: Dispatch } | Extract<Decision, { refusal: unknown }> {
  const result = at(state.results, n);
  const dispatch = result && at(state.dispatches, result.dispatch);
  if (result?.state === 'review' && dispatch) return { result, dispatch };
  const decision = refuse(
    'not-in-review',
    `Result ${n} does not wait for a verdict.`,
    'Name a result from the Inbox.',
  );
  return decision as Extract<Decision, { refusal: unknown }>;
}

/** Which TODOs of the dispatch the result calls done; a single one always is what the result is about. */
function doneTodos(result: StoredResult, dispatch: Dispatch): readonly number[] {
  if (dispatch.todos.length === 1) return dispatch.todos;
  return result.packet.bundle.filter(({ state }) => state === 'done').map(({ todo }) => todo);
}

/** P7: nothing is approved while a conflict over its files is open. */
function disputeFlaw(
  state: State,
  dispatch: Dispatch,
  workspace: Workspace = plainWorkspace,
): Decision | undefined {
  const [own] = conflictsOf(state, dispatch.n);
  const conflict = own ?? conflictWithin(state, territoryOf(dispatch, workspace), workspace);
  if (!conflict) return undefined;
  return refuseAbout(
    { kind: 'conflict', n: conflict.n },
    'conflict-open',
    `${upper(conflictName(conflict))} is open, and this result is about the same files.`,
    `Work it to resume first: ${stepWords(conflict)} is next.`,
  );
}

/** P8, objective alignment, as far as the packet shows it: each DONE-WHEN is evidenced, or moved into an item's TODO. */
function objectiveFlaw(state: State, result: StoredResult, dispatch: Dispatch): Decision | undefined {
  const { packet } = result;
  if (packet.outcome === 'failed' || packet.outcome === 'blocked') {
    return objectiveFails(result, `its outcome is ${packet.outcome}`);
  }
  const done = doneTodos(result, dispatch);
  if (done.length === 0) return objectiveFails(result, 'no TODO of the bundle is done');
  for (const n of done) {
    const doneWhen = at(state.todos, n)?.packet?.doneWhen ?? [];
    const unmet = doneWhen.findIndex((text, index) => {
      const meant = (one: { todo?: number | undefined; doneWhen?: number | undefined }): boolean =>
        one.doneWhen === index + 1 && (one.todo === undefined || one.todo === n);
      const evidenced = packet.evidence.some(meant);
      const listed = packet.open.some(meant);
      return (!evidenced || listed) && !isMoved(state, result.n, text);
    });
    if (unmet >= 0) {
      return refuse(
        'objective-unmet',
        `DONE-WHEN ${unmet + 1} of TODO ${n} is not met: “${doneWhen[unmet] ?? ''}”.`,
        `Reject result ${result.n}, or reconcile its open item with this DONE-WHEN in it.`,
      );
    }
  }
  return undefined;
}

function objectiveFails(result: StoredResult, why: string): Decision {
  return refuse(
    'objective-unmet',
    `Result ${result.n} does not meet its objective: ${why}.`,
    `Reject result ${result.n}, or withdraw its dispatch.`,
  );
}

/** Whether an item of this result carries the DONE-WHEN, or carried it when the user dropped it. */
function isMoved(state: State, result: number, doneWhen: string): boolean {
  const holds = (todo: Todo | undefined): boolean =>
    todo?.sources.some((source) => source.result === result) === true &&
    todo.packet?.doneWhen.some((text) => sameWords(text, doneWhen)) === true;
  if (state.list.some((n) => holds(at(state.todos, n)))) return true;
  for (const todo of each(state.todos)) if (todo.state === 'dropped' && holds(todo)) return true;
  return false;
}

function approve(
  state: State,
  { act }: Asked<'approve'>,
  result: StoredResult,
  dispatch: Dispatch,
): Decision {
  const done = [...doneTodos(result, dispatch)];
  const returned = dispatch.todos.filter((n) => !done.includes(n));
  const said = result.packet.earlierItems.filter((item) => item.closed).map(({ todo }) => todo);
  // Since the result came, an item may have been dropped, or merged into another that is not closed with it.
  const closed = said.filter((n) => state.list.includes(n));
  return accept(
    [
      ...mootQuestions(state, dispatch.n, 'Its work was approved before it came back.', ['returned']),
      { type: 'approved', result: result.n, gates: act.gates, done, returned, closed },
    ],
    `Result ${result.n} is approved; TODO ${done.join(', ')} leaves the list.${
      result.packet.open.length > 0 ? ' What it left open is on the list.' : ''
    }`,
  );
}

export const reviewEvolvers: Pick<Evolvers, 'approved' | 'rejected' | 'result-withdrawn'> = {
  approved: (state, event, { actor }) => {
    const result = at(state.results, event.result);
    const dispatch = result && at(state.dispatches, result.dispatch);
    if (!dispatch) return state;
    let after: State = {
      ...without(state, dispatch.n, 'inReview', 'silentSince', 'ended'),
      ...mootRequests(state, dispatch.n),
      live: state.live.filter((n) => n !== dispatch.n),
      results: change(state.results, event.result, {
        state: 'approved',
        gates: event.gates,
        reviewedBy: actor,
      }),
    };
    after = { ...after, dispatches: change(after.dispatches, dispatch.n, { over: 'approved' }) };
    for (const n of [...event.done, ...event.closed]) after = gone(after, n, { state: 'approved' });
    for (const n of event.returned) after = { ...after, todos: change(after.todos, n, { state: 'waiting' }) };
    const { returned } = event;
    return { ...after, list: [...returned, ...after.list.filter((n) => !returned.includes(n))] };
  },
  rejected: (state, event, { actor }) => {
    const { reason, missing, next } = event;
    const result = at(state.results, event.result);
    const dispatch = result && at(state.dispatches, result.dispatch);
    if (!dispatch) return state;
    const cleared = without(
      state,
      dispatch.n,
      'inReview',
      'acknowledgedAt',
      'silentSince',
      'ended',
      'progress',
    );
    return {
      ...cleared,
      dispatches: change(cleared.dispatches, dispatch.n, { epoch: dispatch.epoch + 1 }),
      results: change(state.results, event.result, {
        state: 'rejected',
        rejection: { reason, missing, next },
        reviewedBy: actor,
      }),
    };
  },
  'result-withdrawn': (state, event) => ({
    ...state,
    results: change(state.results, event.result, { state: 'withdrawn', why: event.reason }),
  }),
};
