import { off, type Change } from '../rules.ts';

const authority = 'desk/authority.ts';
const table = 'core/table.ts';

/** T1, T3 and P12, who may do what; P2 and P10, what a person is shown. */
export const seatChanges: readonly Change[] = [
  off(
    'T1',
    'agents/writing.ts',
    'The guard lets the orchestrator write.',
    'return paths.map(no(code, sentence, next));',
    'return paths.map((path) => ({ path, allowed: true }));',
  ),
  off(
    'P7',
    'agents/writing.ts',
    'A folder is written without what is in it.',
    'const names = below.length === 0 ?',
    'const names = below.length >= 0 ?',
  ),
  off(
    'T1',
    authority,
    'The orchestrator’s seat takes a task.',
    'acknowledge: works,',
    "acknowledge: ['worker', 'orchestrator'],",
  ),
  off(
    'T1',
    authority,
    'The orchestrator’s seat submits a result.',
    'submit: works,',
    "submit: ['worker', 'orchestrator'],",
  ),
  off('T1', authority, 'A worker orchestrates.', '  dispatch: leads,', "  dispatch: [...leads, 'worker'],"),
  off(
    'T1',
    authority,
    'A worker judges its own result.',
    'approve: leads,',
    "approve: [...leads, 'worker'],",
  ),
  off('T1', authority, 'An agent lends the seat.', "'lend-seat': userAlone,", "'lend-seat': leads,"),
  off('T1', authority, 'An agent registers workers.', "'add-worker': userAlone,", "'add-worker': leads,"),
  off('T1', 'core/registration.ts', 'The seat is lent twice.', 'if (state.seat) {', 'if (false) {'),
  off(
    'T1',
    'core/evolvers/worker.ts',
    'The seat cannot be taken back.',
    "'seat-taken-back': ({ seat: _, ...state }) => state,",
    "'seat-taken-back': (state) => state,",
  ),

  off('T3', authority, 'A worker drops a TODO.', "'drop-todo': leads,", "'drop-todo': [...leads, 'worker'],"),
  off('T3', authority, 'A worker adds a TODO.', "'add-todo': leads,", "'add-todo': [...leads, 'worker'],"),
  off(
    'T3',
    authority,
    'A worker’s try is refused without its name.',
    'No worker may ${act.replaceAll(',
    'No worker may do that ${"-".replaceAll(',
  ),
  off(
    'T3',
    'desk/ruling.ts',
    'A worker’s try is not on the record.',
    "events: [{ type: 'try-refused', act: act.type, code: refused.code }]",
    'events: []',
  ),
  off(
    'T3',
    'desk/ruling.ts',
    'The desk does not ask who may.',
    'if (!refused) return decide(',
    'return decide(',
  ),
  off(
    'T3',
    'core/todo.ts',
    'There is a list without an orchestration.',
    'if (!openOrchestration(state)) return noOrchestration;',
  ),
  off(
    'T3',
    'core/closing.ts',
    'Two orchestrations are open at once.',
    'if (openOrchestration(state)) {',
    'if (false) {',
  ),
  off(
    'T3',
    'core/listed.ts',
    'A TODO that has left the list is changed.',
    'if (!todo || !state.list.includes(n)) {',
    'if (!todo) {',
  ),
  off(
    'T3',
    'core/listed.ts',
    'A TODO that is gone stays on the list.',
    'list: state.list.filter((other) => other !== n),',
    'list: state.list,',
  ),
  off(
    'T3',
    table,
    'An older state changes with the newer one.',
    'const chunk = (chunks[index] ?? []).slice();',
    'const chunk = (chunks[index] ?? []) as T[];',
  ),
  off('T3', table, 'A number is left out.', ' || n > table.size + 1', ''),

  off('P12', authority, 'An act has no seat that may ask for it.', 'close: leads,', 'close: [],'),

  off(
    'P2',
    'core/views/nextAction.ts',
    'What presses is not named before the next dispatch.',
    'if (pressing) return entryAction(pressing);',
  ),
  off(
    'P2',
    'core/views/nextAction.ts',
    'A dispatch is named that would be refused.',
    'const item = openItemBefore(state, next);',
    'const item = undefined as Todo | undefined;',
  ),
  off(
    'P2',
    'core/views/nextAction.ts',
    'A worker that is missing is not named.',
    'if (role !== undefined) {',
    'if (false) {',
  ),
  off(
    'P2',
    'core/views/nextAction.ts',
    'What was passed over is not named when nothing else is left.',
    'if (reason) return { kind',
    'if (false) return { kind',
  ),
  off(
    'P2',
    'core/views/todoTree.ts',
    'What was passed over is shown as waiting.',
    'waiting: waiting.filter((todo) => !isOpenItem(todo) && !todo.deferred),',
    'waiting: waiting.filter((todo) => !isOpenItem(todo)),',
  ),

  off(
    'P10',
    'editor/notices.ts',
    'A question that does not block interrupts a person.',
    "question?.state !== 'open' || !question.blocking",
    "question?.state !== 'open'",
  ),
  off(
    'P10',
    'editor/notices.ts',
    'What is settled by now interrupts a person.',
    'if (dispatch?.silentSince === undefined || dispatch.over) return undefined;',
  ),
  off(
    'P10',
    'editor/notices.ts',
    'Several of a kind come one by one.',
    'if (!first || same.length === 1) return same;',
    'return same;',
  ),
  off(
    'P10',
    'core/views/inboxWork.ts',
    'A verdict that is awaited does not reach the Inbox.',
    '    ...reviewEntries(state),\n',
  ),
  off(
    'P10',
    'core/views/inbox.ts',
    'A proposal does not reach the Inbox.',
    '    ...proposalEntries(state),\n',
  ),
];
