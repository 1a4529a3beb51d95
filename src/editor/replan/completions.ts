import { listed } from '../../core/order.ts';
import { short, todoWords } from '../../core/labels.ts';
import type { State } from '../../core/state.ts';
import { unreleasedSteps } from '../../core/steps.ts';
import { presentWorkers } from '../../core/worker.ts';
import { visible } from '../../core/views/visible.ts';
import { knownRoles } from '../asking/choices.ts';

/** A word that fits where the cursor is: what is written, and what it is. */
export interface Completion {
  readonly text: string;
  readonly detail: string;
  /** Where in the line what it replaces begins. */
  readonly from: number;
}

const fields = {
  TASK: 'what is to be done, for one purpose',
  SCOPE: 'the files it may change',
  'NOT-YOUR-JOB': 'what it leaves alone',
  'DONE-WHEN': 'what can be observed then',
  VERIFY: 'the commands that show it',
  PRIORITY: 'high, normal or low; it never reorders',
} as const;

/** The fields of a packet at the beginning of a line, and the words of PRIORITY. */
export function fieldCompletions(before: string): readonly Completion[] {
  const priority = /^PRIORITY:\s*/.exec(before);
  if (priority) {
    const [{ length: from }] = priority;
    return ['high', 'normal', 'low'].map((text) => ({ text, detail: 'PRIORITY', from }));
  }
  if (!/^[A-Z-]*$/.test(before)) return [];
  return Object.entries(fields).map(([name, detail]) => ({ text: `${name}: `, detail, from: 0 }));
}

/** The same in the document of a replan, with its heads, TODOs, steps, roles, workers and fates. */
export function replanCompletions(state: State, before: string): readonly Completion[] {
  const role = /^(?:(?:NEW )?(?:TODO|STEP)\b[^:]*?),\s*role\s+([^:,]*)$/.exec(before);
  if (role)
    return words(
      knownRoles(state).map(({ value }) => [value, 'role']),
      before,
      role[1],
    );
  const worker = /^TODO \d+,.*\bworker\s+([^:]*)$/.exec(before);
  if (worker)
    return words(
      presentWorkers(state).map((one) => [one.name, one.role]),
      before,
      worker[1],
    );
  const fate = /^TODO (\d+),\s*(\w*)$/.exec(before);
  if (fate) return words(afterTodo(state, Number(fate[1])), before, fate[2]);
  const drops = /^DROP (TODO|STEP) (\d*)$/.exec(before);
  if (drops) return words(drops[1] === 'TODO' ? dropped(state) : steps(state, true), before, drops[2]);
  const numbered = /^(TODO|STEP) (\d*)$/.exec(before);
  if (numbered)
    return words(numbered[1] === 'TODO' ? todos(state) : steps(state, false), before, numbered[2]);
  const answers = /^ANSWERS:\s*(?:[\d,\s]*?)(\d*)$/.exec(before);
  if (answers) {
    return words(
      state.planAffected.map((n) => [String(n), 'says the plan is affected']),
      before,
      answers[1],
    );
  }
  const inFields = fieldCompletions(before);
  if (!/^[A-Z -]*$/.test(before)) return inFields;
  return [
    ...(
      [
        ['NEW TODO, role ', 'with its six fields below it'],
        ['NEW STEP, role ', 'then its title, and the fields of each task'],
        ['DROP TODO ', 'in place of its part'],
        ['DROP STEP ', 'in place of its part'],
        ...todos(state).map(([n, detail]) => [`TODO ${n}`, detail] as const),
        ...steps(state, false).map(([n, detail]) => [`STEP ${n}`, detail] as const),
        ['---', 'between two tasks of a step'],
      ] as const
    ).map(([text, detail]) => ({ text, detail, from: 0 })),
    ...inFields,
  ];
}

type Word = readonly [text: string, detail: string];

function words(found: readonly Word[], before: string, typed = ''): readonly Completion[] {
  const from = before.length - typed.length;
  return found.map(([text, detail]) => ({ text: oneLine(text), detail: oneLine(detail), from }));
}

function afterTodo(state: State, n: number): readonly Word[] {
  const todo = listed(state).find((one) => one.n === n);
  if (todo?.state !== 'live')
    return [
      ['role ', 'what its worker is good at'],
      ['worker ', 'who is meant to have it'],
    ];
  return [
    ['goes on', 'as it is'],
    ['changes', 'its worker is told, and acknowledges anew'],
    ['withdrawn: ', 'and why'],
  ];
}

function todos(state: State): readonly Word[] {
  return listed(state).map((todo) => [String(todo.n), short(todoWords(todo), 80)]);
}

function dropped(state: State): readonly Word[] {
  return listed(state).flatMap((todo) =>
    todo.state === 'live' ? [] : [[`${todo.n}: `, short(todoWords(todo), 80)] as const],
  );
}

/** A step that stays is named with its role and title, as the document has it. */
function steps(state: State, isDrop: boolean): readonly Word[] {
  return unreleasedSteps(state).map(({ n, role, title }) => [
    isDrop ? `${n}: ` : `${n}, role ${oneLine(role)}: ${oneLine(title)}`,
    short(title, 80),
  ]);
}

function oneLine(text: string): string {
  return visible(text.replaceAll(/[\s\u2028\u2029]+/gu, ' '));
}
