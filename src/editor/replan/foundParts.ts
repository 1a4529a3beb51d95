import type { PacketDraft } from '../../contract/packets.ts';
import { packetForm } from '../../contract/text/packetText.ts';
import type { FoundPlan } from '../../core/imported/planOf.ts';
import { sameWords } from '../../core/labels.ts';
import type { State } from '../../core/state.ts';
import { presentWorkers } from '../../core/worker.ts';
import { found as words } from './sentences.ts';

/** A plan that a person has already, and where it was found. */
export interface Found {
  readonly plan: FoundPlan;
  readonly name: string;
}

/** What it brings, as the parts of the document that it becomes. */
export interface FoundParts {
  readonly intro: readonly string[];
  readonly reason: string;
  readonly todos: readonly string[];
  readonly steps: readonly string[];
  /** What is to be settled first, and what is only shown. */
  readonly rest: readonly string[];
}

export function foundParts(state: State, { plan, name }: Found): FoundParts {
  const role = onlyRole(state);
  const form = (draft: PacketDraft): string => packetForm(draft);
  const { title, todos, steps, unclear, done } = plan;
  return {
    intro: [words.intro(oneLine(name)), ...(title ? [`    > ${oneLine(title.words)}`] : [])],
    reason: words.reason(oneLine(name)),
    todos: todos.map(({ draft }) => `NEW TODO, role ${role}\n${form(draft)}`),
    steps: steps.map(
      (step) =>
        `NEW STEP, role ${role}: ${oneLine(step.title)}\n${step.tasks.map(({ draft }) => form(draft)).join('\n---\n')}`,
    ),
    rest: [
      ...(unclear.length === 0
        ? []
        : [[words.unclear, ...unclear.map((one) => `${unclearMark} ${one.words.trimEnd()}`)].join('\n')]),
      ...(done.length === 0 ? [] : [[words.done, ...done.map((one) => `    > ${one.words}`)].join('\n')]),
    ],
  };
}

/** Stands before a line of which nobody has said yet what it is. */
export const unclearMark = '??';

/** The one role that all workers have; else the person says it. */
export function onlyRole(state: State): string {
  const [first, ...others] = presentWorkers(state).map(({ role }) => role);
  return first !== undefined && others.every((role) => sameWords(role, first)) ? oneLine(first) : '';
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
