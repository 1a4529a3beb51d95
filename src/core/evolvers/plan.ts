import type { Source } from '../../contract/events.ts';
import type { Evolvers } from '../decision.ts';
import { withAdded } from '../order.ts';
import type { State } from '../state.ts';
import { at, change, put } from '../table.ts';

export const planEvolvers: Pick<Evolvers, 'step-added' | 'step-released' | 'plan-stood' | 'todo-added'> = {
  'step-added': (state, event) => ({
    ...state,
    steps: put(state.steps, event.step, {
      n: event.step,
      orchestration: state.orchestration?.n ?? 0,
      title: event.title,
      role: event.role,
      tasks: event.tasks,
    }),
    plan: [...state.plan, event.step],
  }),
  'step-released': (state, event, { at: releasedAt }) => {
    const { override } = event;
    const steps = change(state.steps, event.step, override ? { releasedAt, override } : { releasedAt });
    let { todos } = state;
    for (const n of override?.todos ?? []) {
      todos = change(todos, n, {
        deferred: { step: event.step, reason: override?.reason ?? '' },
        passedOver: true,
      });
    }
    const { orchestration } = state;
    const releases = (orchestration?.releases ?? 0) + 1;
    return {
      ...state,
      steps,
      todos,
      ...(orchestration ? { orchestration: { ...orchestration, releases } } : {}),
    };
  },
  'plan-stood': (state, event) => ({
    ...state,
    planAffected: state.planAffected.filter((n) => n !== event.result),
    results: change(state.results, event.result, { planStands: event.reason }),
  }),
  'todo-added': (state, event) => ({
    ...state,
    todos: put(state.todos, event.todo, {
      n: event.todo,
      role: event.role,
      origin: event.origin,
      sources: event.sources,
      planned: event.origin.kind !== 'item' && event.origin.kind !== 'conflict',
      state: 'waiting',
      passedOver: false,
      ...(event.step === undefined ? {} : { step: event.step }),
      ...(event.packet === undefined ? {} : { packet: event.packet }),
      ...(event.worker === undefined ? {} : { worker: event.worker }),
      ...(comesFromDebug(state, event.sources) ? { debug: { on: true } } : {}),
    }),
    list: withAdded(state.list, event.todo, event.before),
  }),
};

/** P9: what a debug task leaves open is debugged too. */
function comesFromDebug(state: State, sources: readonly Source[]): boolean {
  return sources.some(({ result }) => {
    const dispatch = at(state.dispatches, at(state.results, result)?.dispatch ?? 0);
    return dispatch?.todos.some((n) => at(state.todos, n)?.debug?.on) === true;
  });
}
