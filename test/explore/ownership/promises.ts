import { mayWrite, ownerOf } from '../../../src/core/ownership.ts';
import type { State } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { plainWorkspace } from '../../../src/core/workspace.ts';
import { eventsOf, all, type Promised, type Turn } from '../turn.ts';
import { ownTask } from '../workPromises.ts';
import { frozenIn, gives, holderOf, keptFrom, liveOf, locksOn, mayWriteAsRead, openOn } from './reading.ts';
import { stepPromises } from './stepPromises.ts';
import { files } from './words.ts';

const workers = [1, 2] as const;

/** P2, P7: no file may be written by two sides; who may write is who was given it, and nobody frozen. */
const oneWriter: Promised<State> = (state) => {
  for (const name of files) {
    const able = workers.filter((worker) => mayWrite(state, worker, name, plainWorkspace).allowed);
    if (able.length > 1) return `P7: ${name} may be written by two`;
    for (const worker of workers) {
      const may = able.includes(worker);
      const isFrozen = openOn(state, name).some((conflict) => frozenIn(conflict) === worker);
      if (may && isFrozen) return `P7: worker ${worker} is frozen and may write ${name}`;
      if (may && keptFrom(state, worker, name).length > 0)
        return `P2: worker ${worker} may write ${name}, which is locked for another`;
      if (may !== mayWriteAsRead(state, worker, name))
        return `P2: worker ${worker} ${may ? 'may' : 'may not'} write ${name}, and was ${may ? 'not ' : ''}given it`;
    }
    const holders = liveOf(state).filter(({ packet, granted = [] }) => gives(packet, granted, name));
    if (holders.length > 1) return `P7: two live dispatches have ${name}`;
    if (locksOn(state, name).filter(({ conflict }) => conflict === undefined).length > 1)
      return `P2: two locks by hand on ${name}`;
  }
  return undefined;
};

/** A lock ends with its dispatch, a hand lock with its worker, a request with its task. */
const ends: Promised<State> = (state) => {
  for (const name of files) {
    const owner = ownerOf(state, name, plainWorkspace);
    if (owner?.kind === 'dispatch' && holderOf(state, name)?.n !== owner.dispatch)
      return `P2: ${name} belongs to a dispatch that does not have it`;
    if (owner === undefined && holderOf(state, name)) return `P2: ${name} belongs to nobody and is at work`;
  }
  for (const { n, over, holder } of all(state.locks)) {
    if ((over === undefined) !== state.held.includes(n)) return `P2: lock ${n} stands and does not`;
    if (over === undefined && holder.kind === 'worker' && at(state.workers, holder.worker)?.removed)
      return `P2: lock ${n} outlives its worker`;
  }
  for (const n of state.requested) {
    const request = at(state.requests, n);
    if (at(state.dispatches, request?.dispatch ?? 0)?.over !== undefined)
      return `P2: request ${n} outlives its task`;
  }
  return undefined;
};

/** P2, P7: nobody is sent into what another has, what is locked for another, or what is in dispute. */
const sent: Promised<Turn> = (turn) => {
  const out: { worker: number; names: readonly string[] }[] = [];
  for (const { worker, packet } of eventsOf(turn, 'dispatched')) {
    const names = files.filter((name) => gives(packet, [], name));
    for (const name of names) {
      if (holderOf(turn.before, name) || out.some((other) => other.names.includes(name)))
        return `P7: sent into ${name}, which another has`;
      if (keptFrom(turn.before, worker, name).length > 0) return `P2: sent into ${name}, which is locked`;
      if (openOn(turn.before, name).length > 0) return `P7: sent into ${name}, which is in dispute`;
    }
    if (liveOf(turn.before).some((one) => one.worker === worker) || out.some((one) => one.worker === worker))
      return 'T6: a worker with two tasks';
    out.push({ worker, names });
  }
  return undefined;
};

/** A SCOPE grows by what was asked for and granted, while nobody else has it; and by nothing else. */
const granted: Promised<Turn> = (turn) => {
  const { before, after, events } = turn;
  for (const { request: n } of eventsOf(turn, 'scope-granted')) {
    const request = at(before.requests, n);
    const dispatch = request && at(before.dispatches, request.dispatch);
    if (request?.state !== 'open' || dispatch?.over !== undefined) return 'P2: granted what is not asked for';
    for (const name of files.filter((one) => request.paths.includes(one))) {
      const holder = holderOf(before, name);
      if (holder && holder !== dispatch) return `P7: granted ${name}, which another has`;
      if (dispatch && keptFrom(before, dispatch.worker, name).length > 0)
        return `P2: granted ${name}, which is locked`;
      if (openOn(before, name).length > 0) return `P7: granted ${name}, which is in dispute`;
    }
  }
  for (const { n, packet } of all(before.dispatches)) {
    const asked = events.flatMap((event) => {
      const request = event.type === 'scope-granted' ? at(before.requests, event.request) : undefined;
      return request?.dispatch === n ? request.paths : [];
    });
    const now = at(after.dispatches, n)?.packet.scope.join();
    if (now !== [...packet.scope, ...asked].join()) return `P2: the SCOPE of dispatch ${n} became another`;
  }
  return undefined;
};

/** P2: nothing is locked where somebody else works, and what is the user's opens for the user alone. */
const locked: Promised<Turn> = (turn) => {
  const { before, actor } = turn;
  for (const event of eventsOf(turn, 'scope-locked')) {
    if (event.conflict !== undefined) continue;
    if (actor.seat === 'worker') return 'T1: a worker locks files';
    const worker = event.holder.kind === 'worker' ? event.holder.worker : 0;
    const taken = files.find((name) => {
      const holder = holderOf(before, name);
      return (
        event.scope.some((entry) => name.startsWith(entry)) &&
        ((holder && holder.worker !== worker) || locksOn(before, name).length > 0)
      );
    });
    if (taken !== undefined) return `P2: ${taken} is locked over somebody`;
  }
  for (const event of eventsOf(turn, 'lock-handed-over')) {
    const lock = at(before.locks, event.lock);
    const worker = event.holder.kind === 'worker' ? event.holder.worker : 0;
    const taken = files.find((name) => {
      const holder = holderOf(before, name);
      return lock?.scope.some((entry) => name.startsWith(entry)) && holder && holder.worker !== worker;
    });
    if (taken !== undefined) return `P2: ${taken} is handed over while another works there`;
  }
  for (const event of [...eventsOf(turn, 'lock-released'), ...eventsOf(turn, 'lock-handed-over')]) {
    const lock = at(before.locks, event.lock);
    if (!lock || lock.over !== undefined) return 'P2: a lock that does not stand is opened';
    if (actor.seat !== 'user' && (lock.by === 'user' || lock.holder.kind === 'user'))
      return 'P2: another opens what the user locked';
  }
  return undefined;
};

/** What an older name of a task asks for has no effect but a late result on the record. */
const epochs: Promised<Turn> = ({ before, act, events }) => {
  if (!('epoch' in act) || !('dispatch' in act)) return undefined;
  const dispatch = at(before.dispatches, act.dispatch);
  const isOld = dispatch?.epoch !== act.epoch || dispatch.over !== undefined;
  const strange = events.find((event) => !(event.type === 'resulted' && event.late));
  return isOld && strange ? `P2: ${strange.type} under an old name of the task` : undefined;
};

/** Nothing leaves what stands but by the event that says so. */
const stays: Promised<Turn> = ({ before, after, events }) => {
  for (const n of before.held) {
    const isSaid = events.some((event) => event.type === 'lock-released' && event.lock === n);
    if (after.held.includes(n) === isSaid) return `P2: lock ${n} vanished`;
  }
  for (const n of before.disputed) {
    const isSaid = events.some((event) => event.type === 'resumed' && event.conflict === n);
    if (after.disputed.includes(n) === isSaid) return `P7: conflict ${n} vanished`;
  }
  return undefined;
};

function first<T>(promises: readonly Promised<T>[], of: T): string | undefined {
  for (const promise of promises) {
    const broken = promise(of);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

const turnPromises = [sent, granted, locked, epochs, stays, ownTask, ...stepPromises];
export const brokenBy = (turn: Turn): string | undefined => first(turnPromises, turn);
export const brokenIn = (state: State): string | undefined => first([oneWriter, ends], state);
