import { createHash } from 'node:crypto';
import type { Packet } from '../../contract/packets.ts';
import { packetForm } from '../../contract/text/packetText.ts';
import { standingInstructions } from '../../core/instruction.ts';
import { workerName } from '../../core/labels.ts';
import { listed } from '../../core/order.ts';
import type { State, Step, Todo } from '../../core/state.ts';
import { unreleasedSteps } from '../../core/steps.ts';
import { at } from '../../core/table.ts';
import { folded } from '../../core/views/folded.ts';
import { visible } from '../../core/views/visible.ts';
import { foundParts, type Found } from './foundParts.ts';
import { document as words } from './sentences.ts';

/** TODOs whose fields are written out; the others are named, in their order. */
const mostWritten = 30;

/** Plan and list as a text to be edited. The instruction that it quotes is shown, and not read. `found` is added. */
export function planDocument(state: State, found?: Found): string {
  const more = found && foundParts(state, found);
  const [instruction] = standingInstructions(state);
  const quoted = instruction ? [words.quotes(instruction.n), ...block(instruction.words)] : [];
  const answers = state.planAffected.map((n) => {
    const why = at(state.results, n)?.packet.planAffected.why ?? '';
    return `${words.affected(n)}\n${block(why).join('\n')}`;
  });
  const todos = listed(state);
  const live = todos.filter((todo) => todo.state === 'live');
  const rest = todos.filter((todo) => todo.state !== 'live');
  const parts = [
    [...words.intro, ...(more?.intro ?? []), ...quoted, ...answers].join('\n'),
    `REASON: ${more?.reason ?? ''}`,
    ...(state.planAffected.length === 0 ? [] : [`ANSWERS: ${state.planAffected.join(', ')}`]),
    words.live,
    ...live.map((todo) => liveText(state, todo)),
    words.list,
    ...rest.map((todo, index) => todoText(state, todo, index < mostWritten)),
    ...(more?.todos ?? []),
    words.plan,
    ...unreleasedSteps(state).map(
      (step) => `${heads.step(step)}\n${step.tasks.map(packetForm).join('\n---\n')}`,
    ),
    ...(more?.steps ?? []),
    ...(more?.rest ?? []),
  ];
  return `${parts.map(visible).join('\n\n')}\n`;
}

/** The line with which each part begins. */
export const heads = {
  live: (n: number) => `TODO ${n}, goes on`,
  todo: ({ n, role }: Pick<Todo, 'n' | 'role'>, worker: string | undefined) =>
    `TODO ${n}, role ${oneLine(role)}${worker === undefined ? '' : `, worker ${oneLine(worker)}`}`,
  step: ({ n, role, title }: Pick<Step, 'n' | 'role' | 'title'>) =>
    `STEP ${n}, role ${oneLine(role)}: ${oneLine(title)}`,
} as const;

/** Tells plan and list as they stand from what they were before. */
export function baseOf(state: State): string {
  return createHash('sha256').update(planDocument(state)).digest('hex').slice(0, 8);
}

function liveText(state: State, todo: Todo): string {
  const dispatch = todo.dispatch === undefined ? undefined : at(state.dispatches, todo.dispatch);
  const who = dispatch ? oneLine(workerName(state, dispatch.worker)) : '';
  return `${heads.live(todo.n)}\n    > ${words.with(who)}\n${packetForm(shownOf(state, todo.n) ?? {})}`;
}

/** The fields that are shown of a live TODO: as it was sent, what was granted among it. */
export function shownOf(state: State, n: number): Packet | undefined {
  const todo = at(state.todos, n);
  const dispatch = todo?.dispatch === undefined ? undefined : at(state.dispatches, todo.dispatch);
  return dispatch?.todos.length === 1 ? dispatch.packet : todo?.packet;
}

function todoText(state: State, todo: Todo, isWritten: boolean): string {
  const head = heads.todo(todo, todo.worker === undefined ? undefined : workerName(state, todo.worker));
  if (todo.packet) return isWritten ? `${head}\n${packetForm(todo.packet)}` : head;
  return [head, ...todo.sources.flatMap((source) => block(source.words))].join('\n');
}

/** Words that are shown and not read. */
function block(text: string): readonly string[] {
  return folded(visible(text))
    .split('\n')
    .map((line) => `    > ${line}`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
