import { opening } from './conflict.ts';
import { accept, refuse, refuseAbout, type Asked, type Deciders, type Decision } from './decision.ts';
import { dispatchName, isBlank } from './labels.ts';
import { holderName, othersWithin } from './ownership.ts';
import { acknowledgement } from './result.ts';
import { saidEnough } from './said.ts';
import { readEntries } from './scopeLines.ts';
import { linkedWithin } from './scopeLinks.ts';
import { groundOf, ownersSubject, takenFrom, wayOutOf } from './sending.ts';
import type { Dispatch, ScopeRequest, State } from './state.ts';
import { at } from './table.ts';
import { currentTask, told } from './task.ts';
import { clashOf, holds, plainTerritory, territoryOf } from './territory.ts';
import { plainWorkspace, type Workspace } from './workspace.ts';

const mostRequests = 20;

export const requestDeciders: Deciders<'request-scope' | 'grant-scope' | 'decline-request'> = {
  'request-scope': (state, { actor, act, workspace = plainWorkspace }) => {
    const dispatch = currentTask(state, actor, act);
    if ('code' in dispatch) return { events: [], refusal: dispatch };
    const enough = saidEnough(dispatch);
    if (enough) return { events: [], refusal: enough };
    const paths = readEntries(act.paths, workspace);
    if ('code' in paths) return { events: [], refusal: paths };
    if (isBlank(act.reason)) {
      return refuse('no-reason', 'The request gives no reason.', 'Say what you need these files for.');
    }
    const linked = linkedWithin(plainTerritory(paths, workspace));
    if (linked) return linked;
    const territory = territoryOf(dispatch, workspace);
    const missing = paths.filter((path) => !dispatch.packet.scope.includes(path) && !holds(territory, path));
    if (missing.length === 0) {
      return accept(acknowledgement(dispatch), 'These are in your SCOPE already: go on.');
    }
    const own = state.requested.filter((n) => at(state.requests, n)?.dispatch === dispatch.n);
    if (own.length >= mostRequests) {
      return refuse(
        'too-many-requests',
        `${own.length} requests of this task wait for a word.`,
        'Go on with what is in SCOPE, and list the rest under still_open.',
      );
    }
    const request = state.requests.size + 1;
    return accept(
      [
        ...acknowledgement(dispatch),
        { type: 'scope-requested', request, dispatch: dispatch.n, paths: missing, reason: act.reason },
      ],
      told(
        actor,
        `Request ${request} is before the orchestrator. Go on with what is in SCOPE; report_progress tells its answer.`,
        `Request ${request} waits in the Inbox.`,
      ),
      { request },
    );
  },

  /** In one step where the files are free; where somebody works on them it becomes a conflict. */
  'grant-scope': (state, asked) => {
    const request = openRequest(state, asked.act.request);
    const dispatch = request && at(state.dispatches, request.dispatch);
    return request && dispatch ? grant(state, asked, request, dispatch) : notOpen(asked.act.request);
  },

  'decline-request': (state, { act }) => {
    if (!openRequest(state, act.request)) return notOpen(act.request);
    if (isBlank(act.reason)) return refuse('no-reason', 'The refusal gives no reason.', 'Say why not.');
    return accept(
      [{ type: 'request-declined', request: act.request, reason: act.reason }],
      `Request ${act.request} is declined; its worker hears of it at its next contact.`,
    );
  },
};

function grant(
  state: State,
  { workspace = plainWorkspace }: Asked<'grant-scope'>,
  request: ScopeRequest,
  dispatch: Dispatch,
): Decision {
  const worker = at(state.workers, dispatch.worker);
  if (!worker) return notOpen(request.n);
  const packet = { scope: request.paths, notYourJob: [] };
  const wanted = territoryOf({ packet }, groundOf(workspace, dispatch));
  const other = othersWithin(state, wanted, dispatch.worker, workspace);
  if (other?.owner.kind === 'dispatch') {
    const { owner } = other;
    const opened = opening(
      state,
      disputed(request, owner.dispatch, workspace, state),
      [
        { kind: 'worker', worker: owner.worker, dispatch: owner.dispatch },
        { kind: 'worker', worker: dispatch.worker, dispatch: dispatch.n },
      ],
      `Request ${request.n} of ${worker.name}: ${request.reason}`,
      { request: request.n },
    );
    return accept([opened.event], opened.said, { conflict: opened.event.conflict });
  }
  if (other?.owner.kind === 'lock') {
    return refuseAbout(
      ownersSubject(other.owner),
      'scope-owned',
      `\`${other.met.right}\` is locked for ${holderName(state, other.owner.holder)}.`,
      `${wayOutOf(state, other.owner)} Or decline request ${request.n}.`,
    );
  }
  const taken = takenFrom(state, worker, wanted);
  if (taken) return taken;
  return accept(
    [{ type: 'scope-granted', request: request.n }],
    `${request.paths.join(', ')} is in the SCOPE of ${dispatchName(state, dispatch)} now.`,
  );
}

/** Of two entries that meet the one that names a file; else the owner's, of which the other has nothing yet. */
function disputed(
  { paths }: ScopeRequest,
  owner: number,
  workspace: Workspace,
  state: State,
): readonly string[] {
  const dispatch = at(state.dispatches, owner);
  const theirs = dispatch && territoryOf(dispatch, workspace);
  const files = paths.flatMap((path) => {
    const clash =
      theirs && clashOf(territoryOf({ packet: { scope: [path], notYourJob: [] } }, workspace), theirs);
    if (!clash) return [];
    return [/[*?]|\/$/.test(path) ? clash.right : path];
  });
  return [...new Set(files)];
}

function openRequest(state: State, n: number): ScopeRequest | undefined {
  return state.requested.includes(n) ? at(state.requests, n) : undefined;
}

function notOpen(n: number): Decision {
  return refuse(
    'request-not-open',
    `Request ${n} does not wait for a word.`,
    'The open ones stand in the Inbox.',
  );
}

export function requestsOf(state: State, dispatch: number): readonly ScopeRequest[] {
  return (at(state.dispatches, dispatch)?.requests ?? []).flatMap((n) => at(state.requests, n) ?? []);
}
