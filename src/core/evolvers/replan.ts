import type { Event } from '../../contract/events.ts';
import type { Evolvers } from '../decision.ts';
import { refilled } from '../order.ts';
import type { State } from '../state.ts';
import { at, change, put } from '../table.ts';
import { without } from './dispatch.ts';

type ReplanEvents = Extract<
  Event['type'],
  'replanned' | 'step-changed' | 'step-dropped' | 'plan-ordered' | 'list-ordered' | 'task-changed'
>;

export const replanEvolvers: Pick<Evolvers, ReplanEvents> = {
  replanned: (state, { replan: n, reason, instruction, answers }, { at: now, actor: by }) => ({
    ...state,
    replans: put(state.replans, n, {
      n,
      reason,
      at: now,
      by,
      answers,
      before: state.plan,
      ...(instruction === undefined ? {} : { instruction }),
    }),
    ...(instruction === undefined ? {} : ended(state, instruction, { at: now, replan: n })),
    planAffected: state.planAffected.filter((result) => !answers.includes(result)),
    results: answers.reduce((table, result) => change(table, result, { replan: n }), state.results),
  }),
  'step-changed': (state, { step: n, title, role, tasks }) => {
    const step = at(state.steps, n);
    if (!step) return state;
    const was = [...(step.was ?? []), { title: step.title, role: step.role, tasks: step.tasks }];
    return { ...state, steps: change(state.steps, n, { title, role, tasks, was }) };
  },
  'step-dropped': (state, { step, reason }) => ({
    ...state,
    steps: change(state.steps, step, { dropped: reason }),
    plan: state.plan.filter((n) => n !== step),
  }),
  'plan-ordered': (state, { steps }) => ({ ...state, plan: refilled(state.plan, steps) }),
  'list-ordered': (state, { todos }) => ({ ...state, list: refilled(state.list, todos) }),
  'task-changed': (state, { dispatch: n, packet, parts, context, reason }) => {
    const dispatch = at(state.dispatches, n);
    if (!dispatch) return state;
    const { epoch, packet: before, granted = [], changes = [] } = dispatch;
    const was = {
      epoch,
      packet: before,
      parts: dispatch.todos.map((todo) => at(state.todos, todo)?.packet),
      reason,
    };
    const told = without(state, n, 'acknowledgedAt');
    return {
      ...told,
      todos: parts.reduce((table, part) => change(table, part.todo, { packet: part.packet }), state.todos),
      dispatches: change(told.dispatches, n, {
        packet,
        context,
        epoch: epoch + 1,
        granted: granted.filter((entry) => packet.scope.includes(entry)),
        changes: [...changes, was],
      }),
    };
  },
};

function ended(
  state: State,
  n: number,
  over: { readonly at: number; readonly replan: number },
): Pick<State, 'instructions' | 'instructed'> {
  return {
    instructions: change(state.instructions, n, { over }),
    instructed: state.instructed.filter((one) => one !== n),
  };
}
