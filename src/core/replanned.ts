import type { Packet } from '../contract/packets.ts';
import { sameWords } from './labels.ts';
import { listed } from './order.ts';
import type { State } from './state.ts';
import { stepsOf } from './steps.ts';
import { at } from './table.ts';

/** Two packets that say the same: spacing, case and closing marks apart. */
export function saysTheSame(left: Packet | undefined, right: Packet | undefined): boolean {
  return sameWords(JSON.stringify(wordsOf(left)), JSON.stringify(wordsOf(right)));
}

function wordsOf(packet: Packet | undefined): readonly unknown[] {
  if (!packet) return [];
  const { task, scope, notYourJob, doneWhen, verify, priority } = packet;
  const lines = (list: readonly string[]): readonly string[] =>
    list.map((line) => line.trim().replace(/[.!;:]+$/u, ''));
  return [...lines([task]), lines(scope), lines(notYourJob), lines(doneWhen), lines(verify), priority];
}

/** Whether steps are as they were: the same ones in the same order, each with the same words. */
export function sameSteps(before: State, after: State): boolean {
  const [left, right] = [stepsOf(before), stepsOf(after)];
  return (
    left.length === right.length &&
    left.every((step, index) => {
      const other = right[index];
      return (
        other?.n === step.n &&
        sameWords(step.title, other.title) &&
        sameWords(step.role, other.role) &&
        step.tasks.length === other.tasks.length &&
        step.tasks.every((task, place) => saysTheSame(task, other.tasks[place]))
      );
    })
  );
}

/** Whether a replan leaves plan, list and live work as they were. */
export function changesNothing(before: State, after: State): boolean {
  if (!sameSteps(before, after) || before.list.length !== after.list.length) return false;
  if (before.live.length !== after.live.length) return false;
  const epochs = (state: State): readonly unknown[] => state.live.map((n) => at(state.dispatches, n)?.epoch);
  if (String(epochs(before)) !== String(epochs(after))) return false;
  const now = listed(after);
  return listed(before).every((todo, place) => {
    const other = now[place];
    return (
      other?.n === todo.n &&
      other.worker === todo.worker &&
      sameWords(other.role, todo.role) &&
      (other.packet === todo.packet || saysTheSame(other.packet, todo.packet))
    );
  });
}
