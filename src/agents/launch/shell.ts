import type { Bearer } from '../../contract/actor.ts';
import type { Refusal } from '../../contract/refusal.ts';
import { isByHand, type Dispatch, type Worker } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { hashToken } from '../credentials.ts';
import type { Handed, Handover } from './handover.ts';
import type { LaunchNeeds, Place } from './needs.ts';

interface Parts {
  readonly needs: LaunchNeeds;
  /** Workers that are being started. */
  readonly starting: Set<number>;
  readonly isAtWork: (worker: Worker) => boolean;
  readonly ownEnvironment: (
    worker: Worker | undefined,
    url: string,
    token: string,
    place?: Place,
    dispatch?: Dispatch,
  ) => Handed['env'];
  readonly openTerminal: (
    worker: Worker | undefined,
    handover: Handover,
    ticket: string,
    dispatch?: Dispatch,
    place?: Place,
  ) => void;
}

/** Opens a terminal in which the person starts an agent, a worker's where its task is; see `Launching`. */
export async function openShell(parts: Parts, bearer: Bearer, shell: string): Promise<boolean | Refusal> {
  return bearer === 'orchestrator' ? openSeatShell(parts, shell) : openWorkerShell(parts, bearer, shell);
}

async function openWorkerShell(parts: Parts, n: number, shell: string): Promise<boolean | Refusal> {
  const { needs, starting, isAtWork, ownEnvironment, openTerminal } = parts;
  const { state } = needs.desk;
  const [worker, url] = [at(state.workers, n), needs.url()];
  if (!worker || worker.removed || isByHand(worker) || url === undefined) return false;
  if (isAtWork(worker) || starting.has(n)) return false;
  starting.add(n);
  try {
    const own = state.live.find((one) => at(state.dispatches, one)?.worker === n);
    const dispatch = own === undefined ? undefined : at(state.dispatches, own);
    const found = dispatch && (await needs.place?.(dispatch, worker));
    const place = found && 'code' in found ? undefined : found;
    const missing = dispatch && place && (await needs.connected?.(dispatch));
    const [handover, token] = await Promise.all([needs.handover(), needs.token(worker)]);
    const handed = {
      argv: [shell],
      env: { ...(await personsKeys()), ...ownEnvironment(worker, url, token, place) },
    };
    const ticket = handover.offer(handed, (pid) => needs.atWork.begins(n, pid));
    openTerminal(worker, handover, ticket, dispatch, place);
    return missing ?? true;
  } finally {
    starting.delete(n);
  }
}

/** T1: one at a time, as there is one seat; in the folder that is open, where its guard holds every write up. */
async function openSeatShell(parts: Parts, shell: string): Promise<boolean> {
  const { needs, ownEnvironment, openTerminal } = parts;
  const url = needs.url();
  if (url === undefined || needs.atWork.isRunning('orchestrator')) return false;
  const [handover, token = ''] = await Promise.all([needs.handover(), needs.seatToken?.()]);
  // One that another window lent since is not this one's to give.
  if (hashToken(token) !== needs.desk.state.seat?.tokenHash) return false;
  const handed = {
    argv: [shell],
    env: { ...(await personsKeys()), ...ownEnvironment(undefined, url, token) },
  };
  const ticket = handover.offer(handed, (pid) => needs.atWork.begins('orchestrator', pid));
  openTerminal(undefined, handover, ticket);
  return true;
}

/** What of the person's environment any agent that is started here may need: which one it will be nobody knows. */
async function personsKeys(): Promise<Readonly<Record<string, string>>> {
  const [{ passedTo }, { profiles }] = await Promise.all([
    import('./agentLaunch.ts'),
    import('../profiles/profiles.ts'),
  ]);
  return Object.assign({}, ...profiles.map(({ launch }) => passedTo(launch, process.env))) as Record<
    string,
    string
  >;
}
