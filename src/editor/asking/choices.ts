import { dispatchName, todoName, todoWords, workerName } from '../../core/labels.ts';
import { listed } from '../../core/order.ts';
import { isByHand, isUnreconciled, type State, type Todo } from '../../core/state.ts';
import { unreleasedSteps } from '../../core/steps.ts';
import { at, each } from '../../core/table.ts';
import { presentWorkers } from '../../core/worker.ts';
import { forPick } from '../inert.ts';
import { rows } from '../prompts.ts';

export interface Numbered {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: number;
}

export function todoChoices(state: State, fits: (todo: Todo) => boolean): Numbered[] {
  return listed(state)
    .filter(fits)
    .map((todo) => ({
      label: `TODO ${todo.n}`,
      description: forPick(todoWords(todo), 120),
      value: todo.n,
    }));
}

export const waits = (todo: Todo): boolean => todo.state === 'waiting';
export const isRaw = (todo: Todo): boolean => waits(todo) && isUnreconciled(todo);
export const isPacked = (todo: Todo): boolean => waits(todo) && !isUnreconciled(todo);

/** Places in the list for a TODO: 0 is the end, a number the TODO it goes before. */
export function placeChoices(state: State, moved: number): Numbered[] {
  const others = listed(state).filter(({ n }) => n !== moved);
  const [first] = others;
  return [
    ...(first ? [{ label: rows.head, value: first.n }] : []),
    { label: rows.end, value: 0 },
    ...others.slice(1).map((todo) => ({ label: rows.before(forPick(todoName(todo))), value: todo.n })),
  ];
}

export function workerChoices(state: State): Numbered[] {
  return presentWorkers(state).map(({ n, name, role }) => ({
    label: forPick(name, 60),
    description: forPick(role, 60),
    value: n,
  }));
}

/** Those that have a connection, and a terminal where they are launched. */
export function connectedChoices(state: State): Numbered[] {
  return workerChoices(state).filter(({ value }) => !isByHand(at(state.workers, value)));
}

export function liveChoices(state: State, fits: (n: number) => boolean = () => true): Numbered[] {
  return state.live.filter(fits).map((n) => {
    const dispatch = at(state.dispatches, n);
    return { label: dispatch ? forPick(dispatchName(state, dispatch)) : `Dispatch ${n}`, value: n };
  });
}

export function resultChoices(state: State, fits: (n: number) => boolean): Numbered[] {
  const choices: Numbered[] = [];
  for (const result of each(state.results)) {
    if (!fits(result.n)) continue;
    const worker = at(state.dispatches, result.dispatch)?.worker;
    choices.push({
      label: `Result ${result.n}`,
      description: forPick(result.packet.summary, 120),
      detail: worker === undefined ? '' : forPick(workerName(state, worker), 60),
      value: result.n,
    });
  }
  return choices.reverse();
}

export function questionChoices(state: State): Numbered[] {
  return state.asked.flatMap((n) => {
    const question = at(state.questions, n);
    if (question?.state !== 'open') return [];
    return [{ label: `Question ${n}`, description: forPick(question.packet.question ?? '', 120), value: n }];
  });
}

/** Roles that the plan, the list and the workers already speak of. */
export function knownRoles(state: State): { label: string; value: string }[] {
  const found = new Map<string, string>();
  for (const { role } of [...unreleasedSteps(state), ...listed(state), ...presentWorkers(state)]) {
    if (role !== '' && !found.has(role.toLowerCase())) found.set(role.toLowerCase(), role);
  }
  return [...found.values()].map((role) => ({ label: forPick(role, 60), value: role }));
}
