import type { ActOf } from '../contract/acts.ts';
import type { CallInput } from '../contract/calls.ts';
import type { planCalls } from '../contract/planCalls.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import type { State } from '../core/state.ts';
import { at } from '../core/table.ts';
import type { Handlers } from './call.ts';
import { defined } from './defined.ts';
import { asks, isRefusal, packetOf, workerNamed } from './leadActs.ts';

export const planHandlers: Handlers<keyof typeof planCalls> = {
  replan: asks('replan', replanOf),
};

type Given = CallInput<'replan'>['todos'][number];

/** One entry for each TODO, as an agent writes it, as the fates and edits that the act takes. */
function replanOf(input: CallInput<'replan'>, state: State): ActOf<'replan'> | Refusal {
  const kept = input.steps.filter(({ drop }) => drop === undefined);
  const live: ActOf<'replan'>['live'] = [];
  const todos: ActOf<'replan'>['todos'] = [];
  const drop: ActOf<'replan'>['drop'] = [];
  for (const given of input.todos) {
    const { todo, fate, packet, role, reason } = given;
    const isLive = at(state.todos, todo)?.state === 'live';
    const wrong = unfit(given, isLive);
    if (wrong) return wrong;
    if (isLive && fate !== 'dropped')
      live.push({ todo, fate, ...defined({ packet: packet && packetOf(packet), reason }) });
    if (!isLive && fate === 'dropped') drop.push({ todo, reason: reason ?? input.reason });
    if (isLive || fate !== 'changes') continue;
    const worker = workerNamed(state, given.worker);
    if (isRefusal(worker)) return worker;
    todos.push({ todo, ...defined({ packet: packet && packetOf(packet), role, worker }) });
  }
  return {
    type: 'replan',
    reason: input.reason,
    answers: input.answers,
    dropSteps: input.steps.flatMap(({ step, drop: why }) =>
      why === undefined ? [] : [{ step: step ?? 0, reason: why }],
    ),
    ...(kept.length === 0
      ? {}
      : {
          steps: kept.map(({ step, title, role, tasks }) =>
            defined({ step, title, role, tasks: tasks?.map(packetOf) }),
          ),
        }),
    live,
    todos,
    drop,
    add: input.add.map(({ packet, role, because }) => ({ packet: packetOf(packet), role, because })),
    order: input.order,
    ...defined({ quotes: input.quotes }),
  };
}

/** What is live is not dropped, nor is its role or worker changed; what is not live cannot be withdrawn. */
function unfit({ todo, fate, role, worker, packet }: Given, isLive: boolean): Refusal | undefined {
  if (isLive && (fate === 'dropped' || role !== undefined || worker !== undefined)) {
    return refusal(
      'todo-live',
      `TODO ${todo} is live: it goes on, its six fields change, or it is withdrawn.`,
      'Withdraw it first; its TODO is edited or dropped once it is back on the list.',
    );
  }
  if (!isLive && fate === 'withdrawn') {
    return refusal(
      'todo-not-live',
      `TODO ${todo} is not live.`,
      'Say that it goes on, changes or is dropped.',
    );
  }
  if (fate === 'changes' || (packet === undefined && role === undefined && worker === undefined))
    return undefined;
  return refusal(
    'fate-unclear',
    `TODO ${todo} is given other fields and is not said to change.`,
    'Say that it changes.',
  );
}
