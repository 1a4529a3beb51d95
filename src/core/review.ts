import { longestWords } from '../contract/acts.ts';
import type { Gates } from '../contract/packets.ts';
import type { ChangeSeen, Measured } from './change.ts';
import { messageFault, proposedMessage } from './commitMessage.ts';
import { accept, refuse, refuseAbout, type Asked, type Deciders, type Decision } from './decision.ts';
import { disputeOf, failedGates, gateRefusal, gatesOf, gateWords, type Gate } from './gates.ts';
import { isBlank } from './labels.ts';
import { doneTodos } from './doneTodos.ts';
import { toJudge, unjudged, unreached } from './objective.ts';
import type { Dispatch, State, StoredResult } from './state.ts';
import { at } from './table.ts';
import { unmerged } from './unmerged.ts';
import { mootQuestions } from './withdrawal.ts';
import { plainWorkspace } from './workspace.ts';

export const reviewDeciders: Deciders<'approve' | 'reject'> = {
  approve: (state, asked) => {
    const { act, workspace = plainWorkspace, change } = asked;
    const found = inReview(state, act.result);
    if ('refusal' in found) return found;
    const { result, dispatch } = found;
    const unmet = unreached(state, result, dispatch);
    if (unmet) return refuse(unmet.code, unmet.sentence, unmet.next);
    const gates = gatesOf(state, result.n, change, workspace, act.judged) ?? [];
    const stuck = stuckBetween(state, asked, result, dispatch, gates);
    if (stuck) return stuck;
    const flaw = unjudged(toJudge(state, result, dispatch), act.judged, result.n);
    if (flaw) return refuse(flaw.code, flaw.sentence, flaw.next);
    const message = act.message === undefined ? undefined : messageFault(act.message);
    if (message !== undefined) {
      return refuse(
        'message-unconventional',
        `The message of the commit is no Conventional Commit. ${message}`,
        'Write “type(scope): description”, and a body a blank line below, or leave the message out.',
      );
    }
    return (
      unseen(result, act.shown, change) ??
      failing(asked, gates) ??
      approve(state, asked, result, dispatch, gates)
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
  return decision;
}

/** P7: whose text stands is no matter of judging or overriding; only what is out of scope as well goes back first. */
function stuckBetween(
  state: State,
  { act, change, workspace = plainWorkspace }: Asked<'approve'>,
  result: StoredResult,
  dispatch: Dispatch,
  gates: readonly Gate[],
): Decision | undefined {
  const dispute = disputeOf(state, dispatch, workspace);
  if (dispute) {
    const { n, sentence, next } = dispute;
    return refuseAbout({ kind: 'conflict', n }, 'conflict-open', sentence, next);
  }
  const isOutside = gates.some(({ gate, pass }) => gate === 'scope' && !pass);
  if (isOutside && act.override?.gates.includes('scope') !== true) return undefined;
  return unmerged(state, result, dispatch, change, workspace);
}

function measuredOf(change: ChangeSeen | undefined): Measured | undefined {
  return change && 'measured' in change ? change.measured : undefined;
}

/** P8: an approval binds to the change that was shown, and to the dispatch as it then stood. */
function unseen(
  result: StoredResult,
  shown: string | undefined,
  change: ChangeSeen | undefined,
): Decision | undefined {
  const measured = measuredOf(change);
  if (!measured && shown === undefined) return undefined;
  const next = `Open result ${result.n} again, and look at what changed.`;
  if (shown === undefined) {
    return refuse('not-shown', `Nobody has looked at what result ${result.n} changed.`, next);
  }
  if (measured?.shown === shown && measured.epoch === result.epoch && measured.result === result.n) {
    return undefined;
  }
  return change && 'why' in change
    ? refuse(
        'not-measured',
        `What result ${result.n} changed cannot be measured just now: ${change.why}`,
        change.next,
      )
    : refuse('changed-since-shown', `What result ${result.n} changed is not what was shown any more.`, next);
}

/** P8: nobody passes a computed gate that fails but the user, by name and with a reason. */
function failing({ act, actor }: Asked<'approve'>, gates: readonly Gate[]): Decision | undefined {
  const failed = failedGates(gates);
  const { override } = act;
  if (override) {
    if (actor.seat !== 'user') {
      return refuse(
        'user-only',
        'Only the user approves past a gate that fails.',
        `Reject result ${act.result}, or ask the user.`,
      );
    }
    if (isBlank(override.reason)) {
      return refuse('override-no-reason', 'The override gives no reason.', 'Say why the gate may fail.');
    }
    const needless = override.gates.find((name) => !failed.some(({ gate }) => gate === name));
    if (needless) {
      return refuse(
        'override-names-nothing',
        `The override names ${gateWords[needless]}, which does not fail.`,
        'Name only the gates that fail.',
      );
    }
  }
  const standing = gateRefusal(gates.filter(({ gate }) => !override?.gates.some((name) => name === gate)));
  return standing && { events: [], refusal: standing };
}

function approve(
  state: State,
  { act, change, commit }: Asked<'approve'>,
  result: StoredResult,
  dispatch: Dispatch,
  gates: readonly Gate[],
): Decision {
  const done = [...doneTodos(result, dispatch)];
  const returned = dispatch.todos.filter((n) => !done.includes(n));
  const said = result.packet.earlierItems.filter((item) => item.closed).map(({ todo }) => todo);
  // Since the result came, an item may have been dropped, or merged into another that is not closed with it.
  const closed = said.filter((n) => state.list.includes(n));
  const measured = measuredOf(change);
  const words = gates.map(({ gate, pass, reasons }) => [
    gate,
    { pass, word: reasons.join(' ').slice(0, longestWords) },
  ]);
  return accept(
    [
      ...mootQuestions(state, dispatch.n, 'Its work was approved before it came back.', ['returned']),
      {
        type: 'approved',
        result: result.n,
        gates: Object.fromEntries(words) as Gates,
        done,
        returned,
        closed,
        judged: act.judged,
        ...(measured ? { shown: measured.shown, tree: measured.tree, base: measured.base } : {}),
        ...(commit === undefined ? {} : { commit }),
        ...(act.override ? { override: act.override } : {}),
        subject: (act.message ?? proposedMessage(state, result, dispatch)).split('\n', 1)[0] ?? '',
      },
    ],
    `Result ${result.n} is approved; TODO ${done.join(', ')} leaves the list.${
      result.packet.open.length > 0 ? ' What it left open is on the list.' : ''
    }`,
  );
}
