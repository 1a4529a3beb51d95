import { bugLines } from './bug.ts';
import type { Kept } from './decision.ts';
import type { placesOf } from './folders.ts';
import { byWhom, isBlank, short, workerName } from './labels.ts';
import type { State, Todo } from './state.ts';
import { at, each } from './table.ts';

const mostOfAKind = 20;

/**
 * T6: the CONTEXT that goes beside the six fields: objective, constraints, step, and the results, answers
 * and rejections this work builds on. Composed by the core, so that nobody can leave it out.
 */
export function composeContext(
  state: State,
  todos: readonly Todo[],
  places: ReturnType<typeof placesOf>,
  kept: Kept = {},
): string {
  const { orchestration } = state;
  const parts: string[] = [`OBJECTIVE: ${orchestration?.objective ?? ''}`];
  parts.push(...section('CONSTRAINTS', orchestration?.constraints ?? []));
  if (places) {
    const { folders, start } = places;
    parts.push(
      `FOLDERS: ${folders.join(', ')}. A file is named with its folder first. The work begins in ${start}.`,
    );
  }
  const steps = new Set(todos.map((todo) => todo.step));
  for (const n of steps) {
    const step = n === undefined ? undefined : at(state.steps, n);
    if (step) parts.push(`STEP: ${step.title}`);
  }
  parts.push(...section('THE USER SAID', instructionsOf(state)));
  for (const todo of todos) {
    parts.push(
      ...section(`DEBUG MODE (TODO ${todo.n})`, bugLines(state, todo)),
      ...section(
        `LEFT OPEN EARLIER, in the worker's own words (TODO ${todo.n})`,
        todo.sources.map(
          ({ result, worker, words }) =>
            `${words} (${workerName(state, worker)}, result ${result}${byWhom(at(state.results, result) ?? {})})`,
        ),
      ),
      ...section(`MERGED INTO TODO ${todo.n}`, mergedTexts(state, todo.n)),
      ...section(`EARLIER TRIES OF TODO ${todo.n}`, earlierTries(state, madeOf(state, todo), kept)),
    );
  }
  parts.push(
    ...section('RESULTS SO FAR', resultsOf(state, steps)),
    ...section('ANSWERS SO FAR', answersOf(state, steps)),
  );
  return parts.join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  const kept = lines.filter((line) => !isBlank(line)).slice(-mostOfAKind);
  return kept.length === 0 ? [] : [`${title}:`, ...kept.map((line) => `- ${line}`)];
}

/** What was said since the orchestration began, and is answered: the work that follows builds on it. */
function instructionsOf(state: State): readonly string[] {
  const began = state.orchestration?.startedAt ?? 0;
  return [...each(state.instructions)].filter(({ at: said }) => said >= began).map(({ words }) => words);
}

function mergedTexts(state: State, n: number): readonly string[] {
  const texts: string[] = [];
  for (const todo of each(state.todos)) {
    if (todo.mergedInto === n && todo.packet) texts.push(todo.packet.task);
  }
  return texts;
}

/** The TODO, those merged into it, and the whole that it was split from: what happened to them concerns it. */
function madeOf(state: State, todo: Todo): ReadonlySet<number> {
  const merged = [...each(state.todos)].filter((other) => other.mergedInto !== undefined);
  const found = new Set<number>([todo.n]);
  // A set that grows while it is gone through gives what was added too.
  for (const n of found) {
    const whole = at(state.todos, n)?.splitFrom;
    if (whole !== undefined) found.add(whole);
    for (const other of merged) if (other.mergedInto === n) found.add(other.n);
  }
  return found;
}

function earlierTries(state: State, todos: ReadonlySet<number>, kept: Kept): readonly string[] {
  const lines: string[] = [];
  for (const dispatch of each(state.dispatches)) {
    if (!dispatch.todos.some((n) => todos.has(n)) || dispatch.over === undefined) continue;
    const who = workerName(state, dispatch.worker);
    if (dispatch.over === 'withdrawn') {
      const branch = kept[dispatch.n];
      const where = branch === undefined ? '' : ` Its work is on the branch ${branch}.`;
      lines.push(`Withdrawn from ${who}: ${dispatch.why ?? ''}${where}`);
    }
    for (const number of dispatch.results) {
      const result = at(state.results, number);
      if (result?.rejection) {
        const { reason, missing, next } = result.rejection;
        lines.push(
          `Result ${number} of ${who}${byWhom(result)} was rejected: ${reason} Missing: ${missing} Next: ${next}`,
        );
      }
      const back = result?.approval?.undone;
      if (back !== undefined) lines.push(`Result ${number} of ${who} was approved and taken back: ${back}`);
    }
    for (const number of dispatch.questions) {
      const question = at(state.questions, number);
      const asked = short(question?.packet.question ?? '', 200);
      if (question?.answer)
        lines.push(`${who} asked “${asked}”${byWhom(question)}. Answer: ${answerLine(question.answer)}`);
      if (question?.state === 'moot')
        lines.push(`${who} asked “${asked}”; it became moot: ${question.why ?? ''}`);
    }
  }
  return lines;
}

function resultsOf(state: State, steps: ReadonlySet<number | undefined>): readonly string[] {
  const lines: string[] = [];
  for (const result of each(state.results)) {
    if (result.state !== 'approved') continue;
    const dispatch = at(state.dispatches, result.dispatch);
    const todos = dispatch?.todos ?? [];
    if (!todos.some((n) => isOfSteps(state, n, steps))) continue;
    lines.push(`TODO ${todos.join(', ')}${byWhom(result)}: ${short(result.packet.summary, 400)}`);
  }
  return lines;
}

function answersOf(state: State, steps: ReadonlySet<number | undefined>): readonly string[] {
  const lines: string[] = [];
  for (const question of each(state.questions)) {
    const dispatch = at(state.dispatches, question.dispatch);
    if (!question.answer || !dispatch?.todos.some((n) => isOfSteps(state, n, steps))) continue;
    lines.push(
      `“${short(question.packet.question ?? '', 200)}”${byWhom(question)}: ${answerLine(question.answer)}`,
    );
  }
  return lines;
}

/** What is done in the present orchestration and, where the work has a step, in that step or before it. */
function isOfSteps(state: State, n: number, steps: ReadonlySet<number | undefined>): boolean {
  const step = at(state.todos, n)?.step;
  if (step === undefined || steps.has(undefined)) return true;
  return at(state.steps, step)?.orchestration === state.orchestration?.n;
}

function answerLine(answer: { chosen: string; constraints: string }): string {
  return `${short(answer.chosen, 300)} (constraints: ${short(answer.constraints, 200)})`;
}
