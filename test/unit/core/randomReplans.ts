import type { State } from '../../../src/core/state.ts';
import { unreleasedSteps } from '../../../src/core/steps.ts';
import { standingInstructions } from '../../../src/core/instruction.ts';
import { at } from '../../../src/core/table.ts';
import { packet } from './drafts.ts';
import { orchestrator, user } from './history.ts';
import type { Throw, Try } from './thrown.ts';

const reason = 'Because it was thrown so';

/** A replan of some of what there is, mostly one that the rules take. */
function replan(state: State, { a, b, c }: Throw): Try {
  const fresh = packet(`Add the part number ${state.seq}.${a % 7}`, { scope: [`src/part${a % 5}.js`] });
  const [instruction] = standingInstructions(state);
  const waiting = state.list.filter((n) => at(state.todos, n)?.state === 'waiting');
  const fates = ['goes-on', 'changes', 'withdrawn'] as const;
  const live = state.list
    .filter((n) => at(state.todos, n)?.state === 'live')
    .map((todo, index) => {
      const fate = fates[(a + index) % 3] ?? 'goes-on';
      return { todo, fate, ...(fate === 'changes' ? { packet: fresh } : {}) };
    });
  const steps = unreleasedSteps(state).map(({ n }) => ({ step: n }));
  const planned = { title: `Part ${state.seq}`, role: 'code', tasks: [fresh] };
  const [first, ...rest] = steps;
  const todo = waiting[b % Math.max(waiting.length, 1)];
  const ofList = [
    {},
    todo === undefined ? {} : { drop: [{ todo, reason }] },
    todo === undefined ? {} : { todos: [{ todo, packet: fresh, role: 'code' }] },
    { order: waiting.toReversed().slice(0, 3) },
    { add: [{ packet: fresh, role: 'code', because: { kind: 'result', number: 1 } }] },
  ][b % 5];
  const ofPlan = [
    {},
    { steps: [...steps, planned] },
    { steps: steps.toReversed() },
    first ? { steps: rest, dropSteps: [{ step: first.step, reason }] } : {},
    { steps: rest },
  ][c % 5];
  return [
    c % 2 === 0 ? orchestrator : user,
    {
      type: 'replan',
      reason,
      live: b % 4 > 0 ? live : live.slice(1),
      ...(state.planAffected.length > 0 && a % 2 === 0 ? { answers: state.planAffected } : {}),
      ...(instruction ? { quotes: { instruction: instruction.n, words: instruction.words } } : {}),
      ...ofList,
      ...ofPlan,
    },
  ];
}

/** Twice: there is much that it can change. */
export const replanMakes = [replan, replan];
