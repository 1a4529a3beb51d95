import { off, type Change } from '../rules.ts';

const dispatch = 'core/dispatch.ts';
const order = 'core/order.ts';
const merge = 'core/merge.ts';
const todo = 'core/todo.ts';
const packet = 'core/packet.ts';
const same = 'core/sameWork.ts';
const rejected = 'open items of a rejected result';

/** T8: the six words, each by the acts that could mean it. */
export const forbiddenChanges: readonly Change[] = [
  off(
    'T8',
    'core/plan.ts',
    'Continue: a step is released with an item open.',
    'if (reasons.length > 0) return gateShut(step, reasons);',
  ),
  off(
    'T8',
    order,
    'Continue: planned work goes out before an item.',
    'if (!todo.planned) return undefined;',
    'return undefined;',
  ),
  off(
    'T8',
    dispatch,
    'Continue: planned work at the head goes out alone.',
    'return item ? openItemFirst(item) : [next];',
    'return [next];',
  ),
  off(
    'T8',
    'core/bundle.ts',
    'Continue: planned work goes out in a bundle.',
    'return first ? openItemFirst(first) : head;',
    'return head;',
  ),
  off(
    'T8',
    'core/evolvers/merge.ts',
    'Continue: planned work merged into an item counts as an item.',
    'planned: into.planned || from.planned,',
    'planned: into.planned,',
  ),
  off(
    'T8',
    order,
    'Continue: an item merged into planned work takes it along.',
    'return isOpenItem(todo) ? 1 : 2;',
    'return isOpenItem(todo) ? 0 : 2;',
  ),
  off(
    'T8',
    'core/evolvers/todo.ts',
    'Continue: the parts of planned work that took an item in count as items.',
    'const part = { splitFrom, planned, passedOver,',
    'const part = { splitFrom, passedOver,',
  ),
  off(
    'T8',
    'core/evolvers/merge.ts',
    'Continue: an item merged into what was passed over is passed over with it.',
    '...(deferred && from.deferred ? { deferred } : {}),',
    '...(deferred ? { deferred } : {}),',
  ),
  off(
    'T8',
    todo,
    'Continue: a move puts planned work before an item.',
    "if (actor.seat !== 'user' && putsPlannedFirst(state, todo, act.before)) return plannedFirst(todo);",
  ),
  off(
    'T8',
    todo,
    'Continue: reconcile puts an item behind planned work.',
    "if (act.before !== undefined && actor.seat !== 'user' && putsPlannedFirst(state, todo, act.before)) {",
    'if (false) {',
  ),

  off(
    'T8',
    'core/review.ts',
    'Informational: an approval takes the result’s items off the list.',
    'const closed = said.filter((n) => state.list.includes(n));',
    'const closed = state.list.filter((n) => at(state.todos, n)?.sources.some((one) => one.result === result.n));',
  ),
  off(
    'T8',
    todo,
    'Informational: an agent drops an item.',
    "if (isOpenItem(todo) && actor.seat !== 'user') return onlyProposed(state, todo, act.reason);",
  ),
  off(
    'T8',
    todo,
    'Informational: a split makes a droppable part of an item.',
    'sources: [...todo.sources],',
    'sources: [],',
  ),
  off(
    'T8',
    'core/evolvers/todo.ts',
    'Informational: an edit makes a droppable TODO of an item.',
    "'todo-edited': (state, event) => ({ ...state, todos: change(state.todos, event.todo, given(event)) }),",
    "'todo-edited': (state, event) => ({ ...state, todos: change(state.todos, event.todo, { ...given(event), sources: [] }) }),",
  ),
  off(
    'T8',
    'core/evolvers/merge.ts',
    'Informational: an item is merged away and leaves no trace to be dropped with.',
    'sources: [...into.sources, ...from.sources],',
    'sources: into.sources,',
  ),
  off(
    'T8',
    merge,
    'Informational: an item is merged away unread, and nothing has to show it done.',
    'return { ...packet, doneWhen: joined(packet.doneWhen, asDoneWhen(into.packet ? from : into)) };',
    'return packet;',
  ),
  off(
    'T8',
    'desk/authority.ts',
    'Informational: an agent dismisses an item of a late result.',
    "'dismiss-late-item': userAlone,",
    "'dismiss-late-item': leads,",
    'late result',
  ),
  off(
    'T8',
    'core/late.ts',
    'Informational: a late result is noted, its items with it.',
    'if (!isSettled(at(state.results, act.result))) {',
    'if (false) {',
    'late result',
  ),
  off(
    'T8',
    'core/gate.ts',
    'Informational: the gate opens past an item of a late result.',
    'for (const n of state.late) reasons.push(...lateItemReasons(state, n));',
    '',
    'late result',
  ),

  off(
    'T8',
    order,
    'Assume: a TODO withdrawn before its verdict goes out again for its items.',
    ' &&\n        other.sources.every((source) => hasVerdict(state, source.result))',
  ),
  off(
    'T8',
    dispatch,
    'Assume: a worker that did not end is launched again.',
    'if (!dispatch.ended) {',
    'if (false) {',
    'launched worker ends without a result',
  ),
  off(
    'T8',
    dispatch,
    'Assume: a worker is launched again while its result is in review.',
    'if (dispatch.inReview !== undefined) {\n      return refuse(',
    'if (false) {\n      return refuse(',
  ),
  off(
    'T8',
    order,
    'Assume: the next result of rejected work need not answer for its items.',
    'const own = at(state.dispatches, dispatch)?.todos ?? [];\n  return listed(state)',
    'const own: number[] = [];\n  return listed(state)',
    rejected,
  ),

  off(
    'T8',
    merge,
    'Batch: an agent makes one TODO of two items.',
    "if (actor.seat !== 'user' && areTwoItems(todo, into)) {",
    'if (false) {',
  ),
  off(
    'T8',
    merge,
    'Batch: two items are merged by way of a third TODO.',
    'if (!isOpenItem(todo) || !isOpenItem(into)) return false;',
    'if (todo.planned || into.planned) return false;',
  ),
  off(
    'T8',
    merge,
    'Batch: two items are one when their packets say the same.',
    'if (!isOpenItem(todo) || !isOpenItem(into)) return false;',
    'if (!isOpenItem(todo) || !isOpenItem(into) || (todo.packet && todo.packet.task === into.packet?.task)) return false;',
  ),
  off('T8', 'core/bundle.ts', 'Batch: an agent bundles items.', 'if (item && !isUser) {', 'if (false) {'),
  off(
    'T8',
    'core/listed.ts',
    'Batch: a proposal that was declined is made again.',
    'if (made.act !== act || made.todo !== todo || made.into !== into || made.worker !== worker) continue;',
    'continue;',
  ),

  off(
    'T8',
    dispatch,
    'Skip: work goes out before each item has its packet.',
    'if (open) return notReconciled(open);',
  ),
  off(
    'T8',
    order,
    'Skip: only the first item has to be reconciled.',
    'return listed(state).find((todo) => isUnreconciled(todo) && !todo.deferred);',
    'const items = listed(state).filter(isOpenItem);\n  return items.every(isUnreconciled) ? items[0] : undefined;',
  ),
  off(
    'T8',
    todo,
    'Skip: an edit stands for a reconcile.',
    'if (isUnreconciled(todo)) return notReconciled(todo);',
  ),
  off('T8', todo, 'Skip: an item is reconciled twice.', 'if (!isUnreconciled(todo)) {', 'if (false) {'),
  off(
    'T8',
    dispatch,
    'Skip: what was passed over unread goes out by choice.',
    'if (chosen && !chosen.packet) return notReconciled(chosen);',
  ),

  off(
    'T8',
    packet,
    'Momentum: work of a planned step gets onto the list.',
    'stepWorkIn(state, single.packet) ??',
    'undefined ??',
  ),
  off(
    'T8',
    same,
    'Momentum: other case and order make other work of it.',
    'if (meaning(planned.task) === meaning(offered.task)) return true;',
    'if (planned.task === offered.task) return true;',
  ),
  off(
    'T8',
    same,
    'Momentum: another TASK hides the same DONE-WHENs.',
    'return shared > 0 && (shared === left.size || shared === right.size);',
    'return false;',
  ),
  off(
    'T8',
    todo,
    'Momentum: an edit brings it in.',
    'const reading = readPacket(state, draft, workspace?.folders, gives(actor, act));',
    'const reading = readPacket({ ...state, steps: { size: 0, chunks: [] } }, draft, workspace?.folders, gives(actor, act));',
  ),
  off(
    'T8',
    'core/sending.ts',
    'Momentum: a bundle’s purpose brings it in.',
    'readPacket(state, composite(purpose, todos, packets, workspace), folders, { whole: true, byAgent })',
    'readPlannedPacket(composite(purpose, todos, packets, workspace), folders, true)',
  ),
  off(
    'T8',
    'core/closing.ts',
    'Momentum: an agent closes past what is open.',
    "if (actor.seat !== 'user') {",
    'if (false) {',
  ),
  off('T8', 'desk/authority.ts', 'Momentum: an agent starts anew.', 'start: userAlone,', 'start: leads,'),
];
