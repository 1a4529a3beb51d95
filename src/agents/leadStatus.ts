import { gateReasons } from '../core/gate.ts';
import { dispatchName, short, workerName } from '../core/labels.ts';
import { isByHand } from '../core/state.ts';
import { at } from '../core/table.ts';
import { taskId } from '../core/task.ts';
import { startup, startupWords } from '../core/views/startup.ts';
import { inbox, type InboxEntry } from '../core/views/inbox.ts';
import { missingRoles } from '../core/views/workerRows.ts';
import type { Answer } from './answer.ts';
import type { Room } from './call.ts';
import { nextForLead } from './leadNext.ts';

const mostReasons = 20;
const mostWaiting = 20;

/** The whole of it at a glance: gate, live work, what wants a word. Never longer than a page. */
export function statusAnswer({ desk: { state, workspace }, clock }: Room): Answer {
  const now = clock();
  const begun = startup(state, now, workspace.firstDispatchMinutes);
  const reasons = gateReasons(state);
  const waiting = inbox(state);
  const live = state.live.flatMap((n) => {
    const dispatch = at(state.dispatches, n);
    if (!dispatch) return [];
    return [
      {
        task: taskId({ dispatch: n, epoch: dispatch.epoch }),
        dispatch: n,
        what: dispatchName(state, dispatch),
        worker: workerName(state, dispatch.worker),
        age_seconds: secondsBetween(dispatch.at, now),
        ...(isByHand(at(state.workers, dispatch.worker)) ? { by_hand: true } : {}),
        acknowledged: dispatch.acknowledgedAt !== undefined,
        ...(dispatch.inReview === undefined ? {} : { in_review: dispatch.inReview }),
        ...(dispatch.progress ? { progress: short(dispatch.progress.text, 200) } : {}),
      },
    ];
  });
  const next = nextForLead(state);
  const missing = missingRoles(state);
  const { orchestration } = state;
  return {
    text: [
      `OBJECTIVE: ${short(orchestration?.objective ?? 'none; no orchestration is open', 400)}`,
      reasons.length === 0 ? 'GATE: open' : `GATE: shut, ${reasons.length} reasons`,
      ...reasons.slice(0, mostReasons).map((one) => `- ${one.sentence} ${one.next}`),
      ...(begun ? [`START: ${begun.call ?? startupWords(begun)}`] : []),
      ...missing.slice(0, mostReasons).map((role) => `MISSING: no worker for ${short(role, 80)}`),
      `LIVE: ${live.length === 0 ? 'nothing' : live.map((one) => `${one.what}, ${one.age_seconds} s`).join('; ')}`,
      `WANTS YOUR WORD: ${waiting.length === 0 ? 'nothing' : waiting.length}`,
      ...waiting.slice(0, mostWaiting).map(inboxLine),
      `NEXT: ${next}`,
    ].join('\n'),
    content: {
      ...(orchestration
        ? {
            orchestration: orchestration.n,
            objective: short(orchestration.objective, 400),
            constraints: orchestration.constraints.slice(0, 20).map((line) => short(line, 200)),
            closed: orchestration.closedAt !== undefined,
            ...(begun ? { startup: begun } : {}),
            ...(missing.length > 0 ? { missing_roles: missing.slice(0, mostReasons) } : {}),
          }
        : {}),
      gate: {
        open: reasons.length === 0,
        count: reasons.length,
        reasons: reasons
          .slice(0, mostReasons)
          .map((one) => ({ code: one.code, sentence: one.sentence, next: one.next })),
      },
      live,
      todos: state.list.length,
      waiting: {
        count: waiting.length,
        first: waiting.slice(0, mostWaiting).map((entry) => inboxData(entry, now)),
      },
      next,
    },
  };
}

export function inboxLine(entry: InboxEntry): string {
  return `- ${entry.kind} ${entry.n}: ${entry.title} (${entry.detail})`;
}

export function inboxData(entry: InboxEntry, now: number): Record<string, unknown> {
  const { kind, n, title, detail, since } = entry;
  return { kind, n, title, detail, ...(since > 0 ? { age_seconds: secondsBetween(since, now) } : {}) };
}

export function secondsBetween(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / 1_000));
}
