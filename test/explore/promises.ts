import type { State } from '../../src/core/state.ts';
import { closing, starting } from './closingPromises.ts';
import { momentum, plan, release, replanned, said, undone } from './gatePromises.ts';
import { apart, doneWhens, kept, lateItems, stored } from './itemPromises.ts';
import { head, moves, placed, planned, reconciled } from './orderPromises.ts';
import { standingPromises } from './standingPromises.ts';
import type { Promised, Turn } from './turn.ts';
import { blocked, list, ownTask, questions, verdicts } from './workPromises.ts';

const mayComeWithNo = new Set(['try-refused', 'proposed', 'acknowledged', 'asked', 'question-returned']);

/** T3: a no changes nothing; what comes with it is on the record and touches no TODO, plan or task. */
const refusals: Promised<Turn> = ({ before, after, isRefused, events }) => {
  if (!isRefused) return undefined;
  const strange = events.find(({ type }) => !mayComeWithNo.has(type));
  if (strange) return `T3: a refusal with ${strange.type}`;
  const same =
    before.todos === after.todos &&
    before.list === after.list &&
    before.live === after.live &&
    before.steps === after.steps &&
    before.results === after.results &&
    before.orchestration === after.orchestration;
  return same ? undefined : 'T3: a refusal changed something';
};

const turnPromises: readonly Promised<Turn>[] = [
  ...[refusals, release, plan, momentum, replanned, undone, said, head, reconciled, planned, moves, placed],
  ...[
    kept,
    doneWhens,
    apart,
    stored,
    lateItems,
    ownTask,
    list,
    blocked,
    questions,
    verdicts,
    closing,
    starting,
  ],
];

function first<T>(promises: readonly Promised<T>[], of: T): string | undefined {
  for (const promise of promises) {
    const broken = promise(of);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

export const brokenBy = (turn: Turn): string | undefined => first(turnPromises, turn);
export const brokenIn = (state: State): string | undefined => first(standingPromises, state);
