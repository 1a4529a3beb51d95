import type { Replacement } from '../rules/replacement.ts';
import type { Bounds } from './bounds.ts';
import { within } from './models.ts';

/** A defect put into the sources on purpose: what it lets happen, and bounds within which that can be met. */
export interface Fault extends Replacement {
  readonly lets: string;
  readonly bounds: Bounds;
}

const core = (name: string): string => `src/core/${name}.ts`;
const three = within({ todos: 3 });
const twice = within({ dispatches: 2, results: 2 });
const passed = within({ todos: 3, steps: 2, overrides: 1 });

export const faults: readonly Fault[] = [
  {
    lets: 'a live TODO does not shut the gate',
    file: core('gate'),
    find: 'if (todo) reasons.push(todoReason(state, todo));',
    replace: "if (todo && todo.state !== 'live') reasons.push(todoReason(state, todo));",
    bounds: within({ steps: 2 }),
  },
  {
    lets: 'what an override passed over once is passed over for good',
    file: core('gate'),
    find: 'if (todo) reasons.push(todoReason(state, todo));',
    replace: 'if (todo && !todo.deferred) reasons.push(todoReason(state, todo));',
    bounds: passed,
  },
  {
    lets: 'the items of a late result do not shut the gate',
    file: core('gate'),
    find: 'for (const n of state.late) reasons.push(...lateItemReasons(state, n));',
    replace: '',
    bounds: within({ steps: 2 }),
  },
  {
    lets: 'an agent overrides the gate',
    file: core('plan'),
    find: "if (act.override) {\n    if (actor.seat !== 'user') {",
    replace: "if (act.override) {\n    if (actor.seat === 'worker') {",
    bounds: passed,
  },
  {
    lets: 'an override need not name each TODO',
    file: core('plan'),
    find: 'if (missing !== undefined) {',
    replace: "if (missing !== undefined && kind !== 'todos') {",
    bounds: passed,
  },
  {
    lets: 'an override may name what does not stand',
    file: core('plan'),
    find: 'if (extra !== undefined) {',
    replace: "if (extra !== undefined && kind !== 'todos') {",
    bounds: passed,
  },
  {
    lets: 'an override passes an affected plan',
    file: core('plan'),
    find: "reasons.find((reason) => reason.code === 'plan-affected')",
    replace: "reasons.find((reason) => reason.code === 'plan')",
    bounds: passed,
  },
  {
    lets: 'the last of the list goes out first',
    file: core('order'),
    find: 'return waitingTodos(state)[0];',
    replace: 'return waitingTodos(state).at(-1);',
    bounds: three,
  },
  {
    lets: 'a second dispatch goes out while one is at work',
    file: core('dispatch'),
    find: 'if (standing) {',
    replace: 'if (standing?.inReview !== undefined) {',
    bounds: within({ todos: 3, dispatches: 2 }),
  },
  {
    lets: 'a dispatch goes out before every item is reconciled',
    file: core('order'),
    find: 'isUnreconciled(todo) && !todo.deferred',
    replace: 'isUnreconciled(todo) && todo.planned',
    bounds: within({ todos: 3, dispatches: 2 }),
  },
  {
    lets: 'planned work goes out over an open item',
    file: core('order'),
    find: 'if (!todo.planned) return undefined;',
    replace: 'if (todo.planned) return undefined;',
    bounds: within({ todos: 3, dispatches: 2 }),
  },
  {
    lets: 'withdrawn work goes out again in place of what it left open',
    file: core('order'),
    find: "standing === 'rejected' || standing === 'approved'",
    replace: "standing !== 'review'",
    bounds: within({ dispatches: 2 }),
  },
  {
    lets: 'items go to the tail, behind planned work',
    file: core('order'),
    find: '  while (index !== planned && isItemOf(state, todos[index], dispatch)) index += 1;\n  return todos[index]?.n;',
    replace: '  return undefined;',
    bounds: three,
  },
  {
    lets: 'an agent moves planned work before an open item',
    file: core('todo'),
    find: "if (actor.seat !== 'user' && putsPlannedFirst(state, todo, act.before)) return plannedFirst(todo);",
    replace: '',
    bounds: three,
  },
  {
    lets: 'an agent drops an open item',
    file: core('todo'),
    find: "if (isOpenItem(todo) && actor.seat !== 'user')",
    replace: "if (isOpenItem(todo) && actor.seat === 'worker')",
    bounds: within({}),
  },
  {
    lets: 'an agent makes one TODO of two items',
    file: core('merge'),
    find: "if (actor.seat !== 'user' && areTwoItems(todo, into)) {",
    replace: "if (actor.seat === 'worker' && areTwoItems(todo, into)) {",
    bounds: three,
  },
  {
    lets: 'a merge forgets the worker’s words',
    file: core('merge'),
    find: 'sources: [...into.sources, ...from.sources],',
    replace: 'sources: into.sources,',
    bounds: within({}),
  },
  {
    lets: 'a split loses a DONE-WHEN',
    file: core('todo'),
    find: 'if (lost !== undefined) {',
    replace: "if (lost === '') {",
    bounds: three,
  },
  {
    lets: 'only the first item of a result becomes a TODO',
    file: core('result'),
    find: 'const items = packet.open.map((item, index): Event => {',
    replace: 'const items = packet.open.slice(0, 1).map((item, index): Event => {',
    bounds: three,
  },
  {
    lets: 'a result under the name of before the rejection counts',
    file: core('result'),
    find: 'const late = dispatch.over !== undefined || asked.act.epoch < dispatch.epoch;',
    replace: 'const late = dispatch.over !== undefined;',
    bounds: twice,
  },
  {
    lets: 'a second result comes while one is in review',
    file: core('result'),
    find: 'if (dispatch.inReview !== undefined) {',
    replace: 'if (dispatch.inReview === 0) {',
    bounds: twice,
  },
  {
    lets: 'a result assumes the answer to its blocking question',
    file: core('result'),
    find: "question?.state === 'open' && question.blocking",
    replace: "question?.state === 'returned' && question.blocking",
    bounds: within({ questions: 1 }),
  },
  {
    lets: 'a worker hands in another’s task',
    file: core('task'),
    find: "actor.seat === 'worker' && dispatch.worker === actor.worker",
    replace: "actor.seat === 'worker'",
    bounds: within({}),
  },
  {
    lets: 'a withdrawn TODO stays with its worker',
    file: core('dispatch'),
    find: "for (const n of dispatch.todos) todos = change(todos, n, { state: 'waiting' });",
    replace: '',
    bounds: within({}),
  },
  {
    lets: 'a result waits for its verdict after its work was withdrawn',
    file: core('withdrawal'),
    find: '...(dispatch.inReview === undefined',
    replace: '...(dispatch.inReview !== undefined || n > 0',
    bounds: within({}),
  },
  {
    lets: 'work is approved although it lists its own DONE-WHEN as open',
    file: core('review'),
    find: 'return (!evidenced || listed) && !isMoved(state, result.n, text);',
    replace: 'return !evidenced && !isMoved(state, result.n, text);',
    bounds: within({}),
  },
  {
    lets: 'an item said to be still open leaves with the approval',
    file: core('review'),
    find: 'result.packet.earlierItems.filter((item) => item.closed)',
    replace: 'result.packet.earlierItems',
    bounds: within({ results: 2 }),
  },
  {
    lets: 'a question is sent back twice',
    file: core('question'),
    find: 'if (question.returnedBy) {',
    replace: "if (question.returnedBy === 'orchestrator') {",
    bounds: within({ questions: 1 }),
  },
  {
    lets: 'it is closed with a question hidden in the queue',
    file: core('closing'),
    find: 'for (const n of state.asked) {',
    replace: 'for (const n of state.asked.slice(1)) {',
    bounds: within({ questions: 1 }),
  },
  {
    lets: 'the next orchestration begins without what was pending',
    file: core('closing'),
    find: 'list: carried,',
    replace: 'list: [],',
    bounds: within({ overrides: 1, orchestrations: 2 }),
  },
  {
    lets: 'the work of the next step is written into the list',
    file: core('packet'),
    find: 'if (step.tasks.some((task) => isSameWork(task, single.packet))) {',
    replace: 'if (step.tasks.length > 9) {',
    bounds: within({}),
  },
  {
    lets: 'an item of a late result is noted away',
    file: core('late'),
    find: 'if (!isSettled(at(state.results, act.result))) {',
    replace: 'if (act.result < 1) {',
    bounds: within({}),
  },
  {
    lets: 'a step reads complete with a TODO left',
    file: core('steps'),
    find: "if (todos.some((todo) => todo.state === 'waiting' || todo.state === 'live')) {",
    replace: "if (todos.some((todo) => todo.state === 'live')) {",
    bounds: within({}),
  },
  {
    lets: 'an agent dismisses an item of a late result',
    file: 'src/desk/authority.ts',
    find: "'dismiss-late-item': userAlone,",
    replace: "'dismiss-late-item': leads,",
    bounds: within({}),
  },
  {
    lets: 'a command sent again after a crash is done again',
    file: 'src/desk/draw.ts',
    find: 'const earlier = receipts.get(command.id) ?? kept(command.id);',
    replace: 'const earlier = receipts.get(command.id);',
    bounds: within({}),
  },
  {
    lets: 'a command id is used for something else',
    file: 'src/desk/draw.ts',
    find: 'earlier.digest === digest ?',
    replace: "earlier.digest !== '' ?",
    bounds: within({}),
  },
];
