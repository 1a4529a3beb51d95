import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Act } from '../../contract/acts.ts';
import { at, each } from '../../core/table.ts';
import { isByHand, type Dispatch, type Worker } from '../../core/state.ts';
import type { Handed, Handover } from './handover.ts';
import { hearLeft } from './left.ts';
import type { Launching, LaunchNeeds, Place } from './needs.ts';

/** After a start, a worker that lived through it has this long to be heard before it is looked after. */
const grace = 10_000;

/** Starts a worker's command when its TODO is dispatched, and notices when it ends without a result. */
export function launchWorkers(needs: LaunchNeeds): Launching {
  const { desk, terminals, log, atWork } = needs;
  const starting = new Set<number>();
  /** Dispatches whose worker cannot be started before the door is open, and nothing is stopped. */
  const waiting = new Set<number>();
  /** Workers whose terminal of this window came second: another window's was there. */
  const second = new Set<string>();
  /** Workers whose process, where it lives, has a token that is worth nothing. */
  const outdated = new Set<number>();
  /** Of these, whose process is being ended although this window has no terminal of it. */
  const ending = new Set<number>();
  /** Those that were asked to end: with which code they did says nothing. */
  const asked = new Set<string>();
  const again = new Set<NodeJS.Timeout>();
  let looking: NodeJS.Timeout | undefined;
  const note = (act: Act): void => void desk.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });

  const isStopped = (): boolean => desk.state.instructed.length > 0;
  /** Whoever is told to begin by a person is not started, and whether it still works nobody but itself can say. */
  const isStarted = (worker: Worker): boolean => !isByHand(worker) && needs.isEditors?.(worker) !== true;
  const isAtWork = (worker: Worker): boolean =>
    (terminals.isOpen(worker.name) && !left.isLeft(worker)) || atWork.isRunning(worker.n);

  /** Whatever it works on has no result yet, or nothing comes of this. */
  const noteEnded = ({ n: worker, name }: Worker, exitCode: number | null): void => {
    for (const n of desk.state.live) {
      const dispatch = at(desk.state.dispatches, n);
      if (dispatch?.worker !== worker) continue;
      const code = asked.has(name) ? null : exitCode;
      note({ type: 'note-ended', dispatch: n, epoch: dispatch.epoch, exitCode: code });
    }
  };
  const left = hearLeft(needs, noteEnded);

  /** Whoever is at work takes the task, or was about to end: then nobody has heard of it. */
  const lookAgain = ({ n, epoch }: Dispatch): void => {
    const timer = setTimeout(() => {
      again.delete(timer);
      const dispatch = desk.state.live.includes(n) ? at(desk.state.dispatches, n) : undefined;
      const worker = dispatch && at(desk.state.workers, dispatch.worker);
      if (!worker || dispatch.epoch !== epoch || dispatch.acknowledgedAt !== undefined) return;
      if (dispatch.ended === undefined && !isAtWork(worker)) void launch(dispatch);
    }, grace);
    again.add(timer);
  };

  const programOf = async (worker: Worker, dispatch: Dispatch, url: string): Promise<Handed> => {
    if (worker.runs.kind !== 'command') return needs.program('rehearsal');
    const { argv, agent } = worker.runs;
    if (agent === undefined) return { argv, env: {} };
    const { agentLaunch } = await import('./agentLaunch.ts');
    const own = join(needs.ownFolder, String(worker.n));
    const guard = { runtime: process.execPath, guard: needs.guard };
    const client = needs.program('acp');
    const order = { worker, dispatch, url, guard, own, argv, client, environment: process.env };
    return (await agentLaunch(agent, order)) ?? { argv, env: {} };
  };

  /** What an agent finds of us, whoever starts it; without a worker it has the seat. */
  const ownEnvironment = (
    worker: Worker | undefined,
    url: string,
    token: string,
    place?: Place,
    dispatch?: Dispatch,
  ): Handed['env'] => ({
    LOCKKEEPER_URL: url,
    LOCKKEEPER_TOKEN: token,
    ...(worker ? { LOCKKEEPER_WORKER: worker.name } : {}),
    LOCKKEEPER_GUARD: needs.guard,
    LOCKKEEPER_STDIO: needs.stdio,
    ...atWork.entryOf(worker?.n ?? 'orchestrator'),
    ...(place ? { LOCKKEEPER_WORKTREE: place.root } : {}),
    ...(dispatch ? needs.toolCalls?.entryOf(dispatch) : {}),
  });

  const openTerminal = (
    worker: Worker | undefined,
    { path }: Handover,
    ticket: string,
    dispatch?: Dispatch,
    place?: Place,
  ): void => {
    const { argv, env } = needs.program('launch');
    if (worker) left.opens(worker);
    terminals.open({
      ...(worker ? { worker: worker.n } : {}),
      name: worker?.name ?? 'orchestrator',
      argv,
      env: { ...env, LOCKKEEPER_HANDOVER: path, LOCKKEEPER_TICKET: ticket },
      scope: dispatch?.packet.scope ?? [],
      ...(place ? { folder: place.folder } : {}),
    });
  };

  const launch = async (dispatch: Dispatch): Promise<void> => {
    const worker = at(desk.state.workers, dispatch.worker);
    if (!worker || worker.removed || !isStarted(worker)) return;
    const url = needs.url();
    if (url === undefined) return void waiting.add(dispatch.n);
    if (starting.has(worker.n)) return;
    if (isAtWork(worker)) return lookAgain(dispatch);
    // T2: nobody is started while an instruction stands.
    if (isStopped()) return void waiting.add(dispatch.n);
    starting.add(worker.n);
    outdated.delete(worker.n);
    asked.delete(worker.name);
    try {
      await left.makeRoom(worker);
      const place = await needs.place?.(dispatch, worker);
      // Making one can take its time.
      if (!desk.state.live.includes(dispatch.n)) return;
      if (isStopped()) return void waiting.add(dispatch.n);
      if (place && 'code' in place) {
        log.warn(`${worker.name} is not started for dispatch ${dispatch.n}: ${place.sentence}`);
        return note({
          type: 'note-ended',
          dispatch: dispatch.n,
          epoch: dispatch.epoch,
          exitCode: null,
          reason: `${place.sentence} ${place.next}`,
        });
      }
      const isPlain = worker.runs.kind === 'command' && worker.runs.agent === undefined;
      const missing = isPlain && place ? await needs.connected?.(dispatch) : undefined;
      if (missing) log.warn(`${missing.sentence} ${missing.next}`);
      const [handover, token] = await Promise.all([needs.handover(), needs.token(worker)]);
      const own = await programOf(worker, dispatch, url);
      // T2: what was said meanwhile cancels the launch.
      if (isStopped()) return void waiting.add(dispatch.n);
      const begins = (pid: number): boolean => {
        if (isStopped()) waiting.add(dispatch.n);
        else if (atWork.begins(worker.n, pid)) return true;
        second.add(worker.name);
        return false;
      };
      const handed = {
        argv: own.argv,
        env: { ...own.env, ...ownEnvironment(worker, url, token, place, dispatch) },
        ...(left.isHearing && terminals.stays ? { stays: true } : {}),
      };
      openTerminal(worker, handover, handover.offer(handed, begins), dispatch, place);
      log.info(`${worker.name} is started for dispatch ${dispatch.n}.`);
    } catch (error) {
      log.warn(
        `${worker.name} could not be started: ${error instanceof Error ? error.message : String(error)}`,
      );
      note({ type: 'note-ended', dispatch: dispatch.n, epoch: dispatch.epoch, exitCode: null });
    } finally {
      starting.delete(worker.n);
    }
  };

  const startWaiting = (): void => {
    for (const n of needs.url() === undefined || isStopped() ? [] : waiting) {
      waiting.delete(n);
      const dispatch = desk.state.live.includes(n) ? at(desk.state.dispatches, n) : undefined;
      if (dispatch) void launch(dispatch);
    }
  };

  /** T2, stop: it is asked to end, then ended, wherever its terminal is; its dispatch stands as ended. */
  const endOne = async (worker: Worker): Promise<void> => {
    const { n, name } = worker;
    asked.add(name);
    const found = atWork.processOf(n);
    const isAlive = (): boolean => found !== undefined && atWork.processOf(n)?.pid === found.pid;
    const isLeft = left.isLeft(worker);
    if (found) await needs.end(found.pid, isAlive, found.entry);
    else if (terminals.isOpen(name)) terminals.close(name);
    else return;
    if (isAlive()) return log.warn(`${name} could not be ended.`);
    log.info(`${name} is stopped.`);
    if (!isLeft) noteEnded(worker, null);
  };

  /** A terminal may come back with a reload after the token went, so it is asked for again in `look`; or never. */
  const endOutdated = (): void => {
    for (const n of outdated) {
      const worker = at(desk.state.workers, n);
      if (!worker || starting.has(n)) continue;
      if (terminals.isOpen(worker.name)) terminals.close(worker.name);
      else if (needs.isServing() && !ending.has(n) && atWork.isRunning(n)) {
        ending.add(n);
        void endOne(worker).finally(() => ending.delete(n));
      }
    }
  };

  const told = desk.onTold(({ state, events, own }) => {
    for (const { event } of events)
      if (event.type === 'token-renewed' && event.exposed) outdated.add(event.worker);
    endOutdated();
    if (events.some(({ event }) => event.type === 'carried-on' || event.type === 'replanned')) startWaiting();
    // The window a person acts in launches, whoever serves the door: another host may have lost its window.
    if (!own) return;
    if (events.some(({ event }) => event.type === 'instructed' && event.stop))
      for (const worker of each(state.workers)) void endOne(worker);
    for (const { event } of events) {
      let n: number | undefined;
      if (event.type === 'dispatched' || event.type === 'relaunched') n = event.dispatch;
      if (event.type === 'rejected') n = at(state.results, event.result)?.dispatch;
      if (event.type === 'stopped-over-budget') {
        const worker = at(state.workers, at(state.dispatches, event.dispatch)?.worker ?? 0);
        if (worker) void endOne(worker);
      }
      if (event.type === 'task-changed' && !at(state.dispatches, event.dispatch)?.ended) n = event.dispatch;
      const dispatch = n === undefined || !state.live.includes(n) ? undefined : at(state.dispatches, n);
      if (dispatch) void launch(dispatch);
    }
  });

  /** Who should be at work after a start, and is not to be heard. */
  const look = (since: number): void => {
    looking = undefined;
    endOutdated();
    if (!needs.isServing()) return;
    for (const n of desk.state.live) {
      const dispatch = at(desk.state.dispatches, n);
      const worker = dispatch && at(desk.state.workers, dispatch.worker);
      if (!worker || !isStarted(worker) || dispatch.inReview !== undefined || dispatch.ended) continue;
      if (isAtWork(worker)) continue;
      if ((needs.lastContact(worker.n) ?? 0) >= since) continue;
      if (dispatch.acknowledgedAt === undefined) void launch(dispatch);
      else note({ type: 'note-ended', dispatch: n, epoch: dispatch.epoch, exitCode: null });
    }
  };
  const lookLater = (): void => {
    if (!needs.isServing() || looking !== undefined) return;
    const since = needs.clock();
    looking = setTimeout(() => look(since), grace);
  };

  const ended = terminals.onEnded(({ workerName, exitCode }) => {
    if (second.delete(workerName)) return;
    for (const worker of each(desk.state.workers)) {
      if (worker.name !== workerName) continue;
      const code = atWork.leftWith(worker.n) ?? exitCode;
      atWork.over(worker.n);
      if (!left.closes(worker)) noteEnded(worker, code);
    }
  });
  const serving = needs.onServing(() => {
    startWaiting();
    lookLater();
  });
  lookLater();

  return {
    openShell: async (bearer, shell) => {
      const { openShell } = await import('./shell.ts');
      return openShell({ needs, starting, isAtWork, ownEnvironment, openTerminal }, bearer, shell);
    },
    dispose() {
      for (const timer of [looking, ...again]) clearTimeout(timer);
      for (const one of [told, ended, serving, left]) one.dispose();
    },
  };
}
