import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { sameWords, todoName } from '../../core/labels.ts';
import { nextTodo } from '../../core/order.ts';
import { isByHand, isOpenItem } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { presentWorkers } from '../../core/worker.ts';
import { action, cancelled, type Action } from '../action.ts';
import { copied } from '../byHand/carrying.ts';
import { liveChoices, type Numbered } from '../asking/choices.ts';
import { numberStop, reasonStop } from '../asking/stops.ts';
import { confirmed, walk } from '../asking/walk.ts';
import { forMessage, forPick } from '../inert.ts';
import { sent as sentWithWords } from '../ownership/consents.ts';
import { asks, confirms, titles } from '../prompts.ts';
import type { Room } from '../room.ts';

const dispatching = z.partial(acts.dispatch);
type Dispatching = z.output<typeof dispatching>;

/** T6: the next TODO to a worker of its role; asked only where several could take it. */
export function dispatch(room: Room): Action {
  return action(dispatching, async (given) => {
    const able = ableWorkers(room, given);
    const [first] = able;
    const known = able.length > 1 ? given : { ...given, worker: given.worker ?? first?.value ?? 1 };
    const draft = await walk<Dispatching>(titles.dispatch, known, [
      numberStop<'worker', Dispatching>('worker', asks.worker, () => able),
    ]);
    if (!draft) return cancelled;
    const { worker = 1, todo, bundle, budget, calls } = draft;
    if (bundle && !(await mayBundle(room, bundle.todos))) return cancelled;
    const todos = bundle?.todos ?? [todo ?? nextTodo(room.state)?.n ?? 0];
    const outcome = await sentWithWords(room, todos, () =>
      room.submit({
        type: 'dispatch',
        worker,
        ...(todo === undefined ? {} : { todo }),
        ...(bundle === undefined ? {} : { bundle }),
        ...(budget === undefined ? {} : { budget }),
        ...(calls === undefined ? {} : { calls }),
      }),
    );
    const made = outcome.ok && 'made' in outcome ? outcome.made.dispatch : undefined;
    const sent = made === undefined ? undefined : at(room.state.dispatches, made);
    // To somebody who works by hand nothing goes by itself: the person carries it.
    if (sent && isByHand(at(room.state.workers, sent.worker))) await copied(room, sent);
    return outcome;
  });
}

/** Who could take it; the first of all where nobody has the role, so that the refusal names what is wrong. */
function ableWorkers(room: Room, { todo, bundle }: Dispatching): readonly Numbered[] {
  const wanted = todo ?? bundle?.todos[0];
  const target = wanted === undefined ? nextTodo(room.state) : at(room.state.todos, wanted);
  const all = presentWorkers(room.state);
  const able = all.filter(({ role }) => target !== undefined && sameWords(role, target.role));
  const preferred = able.filter(({ n }) => n === target?.worker);
  const shown =
    target === undefined || able.length === 0 ? all.slice(0, 1) : preferred.length > 0 ? preferred : able;
  return shown.map(({ n, name, role }) => ({
    label: forPick(name, 60),
    description: forPick(role, 60),
    value: n,
  }));
}

/** A packet bundle with an open item in it is the user's alone. */
async function mayBundle(room: Room, numbers: readonly number[]): Promise<boolean> {
  const items = numbers.flatMap((n) => {
    const todo = at(room.state.todos, n);
    return todo && isOpenItem(todo) ? [forMessage(todoName(todo), 120)] : [];
  });
  return items.length === 0 || confirmed(confirms.bundle(numbers.join(', ')), confirms.bundleDetail(items));
}

const withdrawing = z.partial(acts.withdraw);
type Withdrawing = z.output<typeof withdrawing>;

export function withdraw(room: Room): Action {
  return action(withdrawing, async (given) => {
    const known = { ...given, dispatch: given.dispatch ?? alone(liveChoices(room.state)) };
    const draft = await walk<Withdrawing>(titles.withdraw, known, [
      numberStop<'dispatch', Withdrawing>('dispatch', asks.dispatch, () => liveChoices(room.state)),
      reasonStop<Withdrawing>(asks.why.withdraw),
    ]);
    if (!draft) return cancelled;
    return room.submit({ type: 'withdraw', dispatch: draft.dispatch ?? 1, reason: draft.reason ?? '' });
  });
}

const relaunching = z.partial(acts.relaunch);
type Relaunching = z.output<typeof relaunching>;

export function relaunch(room: Room): Action {
  return action(relaunching, async (given) => {
    const ended = liveChoices(room.state, (n) => at(room.state.dispatches, n)?.ended !== undefined);
    const known = { dispatch: given.dispatch ?? alone(ended) };
    const draft = await walk<Relaunching>(titles.relaunch, known, [
      numberStop<'dispatch', Relaunching>('dispatch', asks.dispatch, () => ended),
    ]);
    return draft ? room.submit({ type: 'relaunch', dispatch: draft.dispatch ?? 1 }) : cancelled;
  });
}

function alone(choices: readonly Numbered[]): number | undefined {
  return choices.length === 1 ? choices[0]?.value : undefined;
}
