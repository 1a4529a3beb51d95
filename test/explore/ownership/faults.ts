import type { Fault } from '../faults.ts';
import { ownedWithin } from '../models.ts';

const core = (name: string): string => `src/core/${name}.ts`;
const meeting = ownedWithin({ wishes: 'any', conflicts: 0 });
const locking = ownedWithin({ conflicts: 0, locks: 1 });
const asking = ownedWithin({ conflicts: 0, requests: 1 });
const disputing = ownedWithin({ dispatches: 1 });

/** Defects in what keeps two sides out of one file. */
export const ownershipFaults: readonly Fault[] = [
  {
    lets: 'a frozen side writes on',
    file: core('ownership'),
    find: 'if (frozen) {',
    replace: 'if (frozen && frozen.n > 9) {',
    bounds: disputing,
  },
  {
    lets: 'the wrong side is frozen once the owner is named',
    file: core('dispute'),
    find: 'owner.side === 1 ? later : first;',
    replace: 'owner.side === 1 ? first : later;',
    bounds: ownedWithin({ wishes: 'any' }),
  },
  {
    lets: 'what is locked for another is written',
    file: core('ownership'),
    find: "return owner.holder.kind !== 'worker' || owner.holder.worker !== worker;",
    replace: "return owner.holder.kind === 'worker' && owner.holder.worker !== worker;",
    bounds: locking,
  },
  {
    lets: 'what NOT-YOUR-JOB names is written',
    file: core('scopes/area'),
    find: 'return !isAmong(cuts, name) && ',
    replace: 'return ',
    bounds: meeting,
  },
  {
    lets: 'what is in review is written on',
    file: core('ownership'),
    find: 'if (dispatch.inReview !== undefined) {',
    replace: 'if (dispatch.inReview === 0) {',
    bounds: ownedWithin({ conflicts: 0, results: 1 }),
  },
  {
    lets: 'two go out side by side on one file',
    file: core('sideBySide'),
    find: 'if (clash) return overlapping(other.todo, todo, clash);',
    replace: '',
    bounds: meeting,
  },
  {
    lets: 'a part of a bundle goes out again into what another has',
    file: core('sending'),
    find: 'if (other) return no(ownedBy(state, other));',
    replace: "if (other?.owner.kind === 'lock') return no(ownedBy(state, other));",
    bounds: ownedWithin({ requests: 1, conflicts: 0, dispatches: 3 }),
  },
  {
    lets: 'work is sent into what is in dispute',
    file: core('sending'),
    find: 'if (conflict) {',
    replace: 'if (conflict && conflict.n > 9) {',
    bounds: ownedWithin({}),
  },
  {
    lets: 'a lock is put over what another works on',
    file: core('lock'),
    find: 'const other = othersWithin(state, territory, worker, workspace) ?? lockWithin(state, scope, workspace);',
    replace: 'const other = lockWithin(state, scope, workspace);',
    bounds: locking,
  },
  {
    lets: 'two locks by hand meet',
    file: core('lock'),
    find: ' ?? lockWithin(state, scope, workspace);',
    replace: ';',
    bounds: ownedWithin({ conflicts: 0, locks: 2 }),
  },
  {
    lets: 'a lock is handed over under the one who works there',
    file: core('lock'),
    find: 'const other = othersWithin(others, lockTerritory(lock, workspace), worker, workspace);',
    replace:
      'const other = othersWithin({ ...others, live: [] }, lockTerritory(lock, workspace), worker, workspace);',
    bounds: locking,
  },
  {
    lets: 'an agent opens what the user locked',
    file: core('lock'),
    find: "(by !== 'user' && holder.kind !== 'user')",
    replace: "holder.kind !== 'user'",
    bounds: locking,
  },
  {
    lets: 'a lock outlives its worker',
    file: core('registration'),
    find: '...locksOf(state, ',
    replace: '...locksOf({ ...state, held: [] }, ',
    bounds: locking,
  },
  {
    lets: 'a request is granted twice',
    file: core('request'),
    find: 'return state.requested.includes(n) ? at(state.requests, n) : undefined;',
    replace: 'return at(state.requests, n);',
    bounds: asking,
  },
  {
    lets: 'a grant gives more than was asked for',
    file: core('evolvers/request'),
    find: 'scope: [...packet.scope, ...request.paths]',
    replace: "scope: [...packet.scope, ...request.paths.map(() => 'src/')]",
    bounds: asking,
  },
  {
    lets: 'a grant gives what is in dispute',
    file: core('request'),
    find: 'if (taken) return taken;',
    replace: '',
    bounds: ownedWithin({ dispatches: 2, requests: 1 }),
  },
  {
    lets: 'a request outlives its task',
    file: core('evolvers/dispatch'),
    find: '...mootRequests(state, event.dispatch),',
    replace: '',
    bounds: asking,
  },
  {
    lets: 'an old name of a task asks for files',
    file: core('task'),
    find: 'dispatch.over !== undefined || task.epoch !== dispatch.epoch',
    replace: 'dispatch.over !== undefined',
    bounds: ownedWithin({ conflicts: 0, requests: 1, results: 1 }),
  },
  {
    lets: 'a step of a conflict is skipped',
    file: core('conflictSteps'),
    find: 'if (order.indexOf(act.type) <= order.indexOf(next)) return conflict;',
    replace: 'if (order.indexOf(act.type) <= order.indexOf(next) + 1) return conflict;',
    bounds: disputing,
  },
  {
    lets: 'work goes on without regression evidence',
    file: core('conflictSteps'),
    find: 'Object.entries(parts).find(',
    replace: 'Object.entries(parts).slice(0, 2).find(',
    bounds: disputing,
  },
  {
    lets: 'a new owner keeps the old merge path',
    file: core('evolvers/conflictSteps'),
    find: "{ owner: { side, reason, by } }, 'path', 'evidence')",
    replace: "{ owner: { side, reason, by } }, 'evidence')",
    bounds: disputing,
  },
  {
    lets: 'an agent decides where the user is a side',
    file: core('conflictSteps'),
    find: 'if (refused) return refused;',
    replace: 'if (refused && conflict.n > 9) return refused;',
    bounds: disputing,
  },
  {
    lets: 'what the user takes over is open again at once',
    file: core('conflictSteps'),
    find: "if (owner?.kind === 'user' && conflict.result === undefined) {",
    replace: "if (owner?.kind === 'user' && conflict.n > 9) {",
    bounds: disputing,
  },
  {
    lets: 'what a merge path leaves to do is on no list',
    file: core('conflictSteps'),
    find: '[added, { ...set, todo }],',
    replace: '[{ ...set, todo }],',
    bounds: ownedWithin({ todos: 3, dispatches: 1 }),
  },
  {
    lets: 'work is approved in an open conflict',
    file: core('review'),
    find: 'if (dispute) {',
    replace: 'if (false as boolean && dispute) {',
    bounds: ownedWithin({ results: 1, dispatches: 1 }),
  },
];
