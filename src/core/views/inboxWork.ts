import { budgetWords, byWhom, dispatchName, short, workerName } from '../labels.ts';
import type { Dispatch, State } from '../state.ts';
import { at } from '../table.ts';
import { commandName, commandsOf, contradictions, endWords, wordsOf } from '../witness.ts';
import type { InboxEntry } from './inboxEntry.ts';

/** What live work wants: who has stopped first, then results with what speaks against them. */
export function workEntries(state: State): readonly InboxEntry[] {
  return [
    ...dispatchEntries(state),
    ...contradictedEntries(state),
    ...commandEntries(state),
    ...reviewEntries(state),
  ];
}

function dispatchEntries(state: State): readonly InboxEntry[] {
  const entries: InboxEntry[] = [];
  for (const n of state.live) {
    const dispatch = at(state.dispatches, n);
    if (!dispatch || dispatch.inReview !== undefined) continue;
    const exposed = exposedSince(state, dispatch);
    if (dispatch.ended) {
      const { exitCode: code, reason } = dispatch.ended;
      const ended = reason ?? overBudget(dispatch) ?? (code === null ? 'no exit code' : `exit code ${code}`);
      entries.push({
        kind: 'ended',
        n,
        title: `${dispatchName(state, dispatch)} ${reason ? 'was not started' : 'ended without a result'}`,
        detail: exposed === undefined ? ended : `${ended}; another program has the port it called`,
        since: dispatch.ended.at,
      });
    } else if (exposed !== undefined) {
      entries.push({
        kind: 'exposed',
        n,
        title: `${dispatchName(state, dispatch)} has a token that another program may have seen`,
        detail: 'it is worth nothing now: copy the connection anew',
        since: exposed,
      });
    } else if (dispatch.budget?.up) {
      entries.push({
        kind: 'over-budget',
        n,
        title: `${dispatchName(state, dispatch)} has used up its budget`,
        detail: `${budgetWords(dispatch.budget)}; its result is asked for`,
        since: dispatch.budget.up.at,
      });
    } else if (dispatch.silentSince === undefined && dispatch.unacknowledgedSince !== undefined) {
      entries.push({
        kind: 'unacknowledged',
        n,
        title: `${dispatchName(state, dispatch)} is not acknowledged`,
        detail: 'its worker calls, and does not take it',
        since: dispatch.unacknowledgedSince,
      });
    } else if (dispatch.silentSince !== undefined) {
      entries.push({
        kind: 'silent',
        n,
        title: `${dispatchName(state, dispatch)} is silent`,
        detail: dispatch.acknowledgedAt === undefined ? 'not acknowledged' : 'acknowledged',
        since: dispatch.silentSince,
      });
    }
  }
  return entries;
}

/** Since when its worker knows a token that is worth nothing. Whoever was sent something later knows the new one. */
export function exposedSince(state: State, dispatch: Dispatch): number | undefined {
  const exposed = at(state.workers, dispatch.worker)?.exposedAt ?? 0;
  return exposed > (dispatch.sentAgainAt ?? dispatch.at) ? exposed : undefined;
}

function overBudget({ budget }: Dispatch): string | undefined {
  return budget?.stopped && `over its budget of ${budgetWords(budget)}`;
}

/** P8: a worker says done, and what Lockkeeper ran says otherwise. */
function contradictedEntries(state: State): readonly InboxEntry[] {
  return state.live.flatMap((n) => {
    const dispatch = at(state.dispatches, n);
    const result = dispatch?.inReview === undefined ? undefined : at(state.results, dispatch.inReview);
    const [run, ...more] = result ? contradictions(result) : [];
    if (!dispatch || !result || !run) return [];
    const [todo] = dispatch.todos;
    const others = more.length === 0 ? '' : `, and ${more.length} more failed`;
    return [
      {
        kind: 'contradicted',
        n: result.n,
        title: `TODO ${run.todo ?? todo} says done; ${commandName(wordsOf(state, run))} ${endWords(run)}${others}.`,
        detail: `${workerName(state, dispatch.worker)}, result ${result.n}`,
        since: run.at,
      } as const,
    ];
  });
}

/** P8: a command that an agent wrote is run when the user has allowed it. */
function commandEntries(state: State): readonly InboxEntry[] {
  return state.live.flatMap((n) => {
    const dispatch = at(state.dispatches, n);
    const result = dispatch?.inReview === undefined ? undefined : at(state.results, dispatch.inReview);
    const [first, ...more] = result ? commandsOf(state, result).waiting : [];
    if (!result || !first) return [];
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return [
      {
        kind: 'command',
        n: result.n,
        title: `May ${commandName(first.words)}${others} be run? An agent wrote it for TODO ${first.todo}.`,
        detail: `VERIFY of result ${result.n}`,
        since: result.at,
      } as const,
    ];
  });
}

function reviewEntries(state: State): readonly InboxEntry[] {
  return state.live.flatMap((n) => {
    const dispatch = at(state.dispatches, n);
    const result = dispatch?.inReview === undefined ? undefined : at(state.results, dispatch.inReview);
    if (!dispatch || !result) return [];
    const { open, earlierItems } = result.packet;
    const left = open.length + earlierItems.filter((item) => !item.closed).length;
    const cancelled = result.verifyCancelled ? 'VERIFY was cancelled, run it again. ' : '';
    return [
      {
        kind: 'review',
        n: result.n,
        title: `Result ${result.n}: ${cancelled}${short(result.packet.summary, 100)}`,
        detail: `${workerName(state, dispatch.worker)}, ${result.packet.outcome}, still open: ${left === 0 ? 'Nothing' : left}${byWhom(result)}`,
        since: result.at,
      } as const,
    ];
  });
}
