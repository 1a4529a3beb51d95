import assert from 'node:assert/strict';
import type { EventOf, EventType } from '../../../src/contract/events.ts';
import { conflictsOf, frozenSide, openConflicts } from '../../../src/core/dispute.ts';
import { mayWrite } from '../../../src/core/ownership.ts';
import { at, each } from '../../../src/core/table.ts';
import { plainWorkspace } from '../../../src/core/workspace.ts';
import type { Turn } from './randomPlay.ts';

/** What holds for each turn of any history, by a title that starts with the rule. Throws an assertion where it does not. */
export type Invariant = (turn: Turn) => void;

export const of = <T extends EventType>({ events }: Turn, type: T): readonly EventOf<T>[] =>
  events.filter((event) => event.type === type) as unknown as readonly EventOf<T>[];

const oneOwner: Invariant = ({ after }) => {
  const files = Array.from({ length: 5 }, (_, n) => `src/part${n}.js`);
  for (const file of [...files, 'src/gate.js']) {
    const able = [...each(after.workers)].filter(({ n }) => mayWrite(after, n, file, plainWorkspace).allowed);
    assert.ok(able.length <= 1, `${able.map(({ name }) => name).join(' and ')} may write ${file}`);
  }
};

const frozenStays: Invariant = (turn) => {
  const { before, after } = turn;
  const isOver = of(turn, 'step-released').length + of(turn, 'orchestration-closed').length > 0;
  if (isOver) assert.deepEqual(before.disputed, [], 'released or closed past a conflict');
  for (const conflict of openConflicts(after)) {
    const frozen = frozenSide(conflict);
    if (frozen.kind !== 'worker') continue;
    for (const file of conflict.files)
      assert.equal(
        mayWrite(after, frozen.worker, file, plainWorkspace).allowed,
        false,
        'a frozen side writes',
      );
  }
  for (const { result } of of(turn, 'approved')) {
    const dispatch = at(before.results, result)?.dispatch ?? 0;
    assert.deepEqual(conflictsOf(before, dispatch), [], 'approved in a conflict');
  }
};

const stepsInOrder: Invariant = ({ before, after }) => {
  for (const { n, owner, path, evidence, resumed, sides } of each(after.conflicts)) {
    assert.equal(after.disputed.includes(n), resumed === undefined);
    const done = [!sides.some(({ kind }) => kind === 'unknown'), owner, path, evidence].map(Boolean);
    assert.deepEqual(
      done,
      done.toSorted((left, right) => Number(right) - Number(left)),
      'a step was skipped',
    );
    const own = resumed?.reason === 'It was its own write.';
    if (resumed && !own) assert.ok(done.every(Boolean), 'resumed too soon');
    if (path?.todo !== undefined && !at(before.conflicts, n)?.path)
      assert.ok(after.list.includes(path.todo), 'what it leaves is not on the list');
  }
};

export const ownershipInvariants: Readonly<Record<string, Invariant>> = {
  'P2: no file may be written by two, whatever happens': oneOwner,
  'P7: a frozen side writes nothing there, and nothing goes past an open conflict': frozenStays,
  'P7: no step of a conflict is skipped, and what it leaves is on the list': stepsInOrder,
};
