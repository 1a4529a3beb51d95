import type { Event } from '../contract/events.ts';
import { accept, refuse, type Deciders, type Decision } from './decision.ts';
import { isSettled } from './gate.ts';
import { isBlank } from './labels.ts';
import { noOrchestration } from './listed.ts';
import { placeOfItems } from './order.ts';
import { openOrchestration, type State, type StoredResult } from './state.ts';
import { at } from './table.ts';

export const lateDeciders: Deciders<'add-late-item' | 'dismiss-late-item' | 'note-late-result'> = {
  'add-late-item': (state, { act }) => {
    const found = openLateItem(state, act.result, act.item);
    if ('events' in found) return found;
    if (!openOrchestration(state)) return noOrchestration;
    const dispatch = at(state.dispatches, found.result.dispatch);
    const own = dispatch?.todos.map((n) => at(state.todos, n)).find((todo) => todo !== undefined);
    const todo = state.todos.size + 1;
    const worker = dispatch?.worker ?? 0;
    const before = placeOfItems(state, found.result.dispatch);
    const added: Event = {
      type: 'todo-added',
      todo,
      role: own?.role ?? '',
      origin: { kind: 'item', result: act.result, item: act.item },
      sources: [{ result: act.result, item: act.item, worker, words: found.words }],
      ...(own?.step === undefined ? {} : { step: own.step }),
      ...(before === undefined ? {} : { before }),
    };
    return accept(
      [added, { type: 'late-item-added', result: act.result, item: act.item, todo }],
      `TODO ${todo} is on the list and wants to be reconciled.`,
      { todo },
    );
  },

  'dismiss-late-item': (state, { act }) => {
    const found = openLateItem(state, act.result, act.item);
    if ('events' in found) return found;
    if (isBlank(act.reason))
      return refuse('no-reason', 'The reason is missing.', 'Say why it need not be done.');
    const { result, item, reason } = act;
    return accept([{ type: 'late-item-dismissed', result, item, reason }], 'The item is dismissed.');
  },

  'note-late-result': (state, { act }) => {
    if (!state.late.includes(act.result)) return notLate(act.result);
    if (!isSettled(at(state.results, act.result))) {
      return refuse(
        'late-items-open',
        `Result ${act.result} left items that are neither added nor dismissed.`,
        'Add each to the list; only the user dismisses one.',
      );
    }
    return accept([{ type: 'late-result-noted', result: act.result }], `Late result ${act.result} is noted.`);
  },
};

function openLateItem(
  state: State,
  n: number,
  item: number,
): { readonly result: StoredResult; readonly words: string } | Decision {
  const result = at(state.results, n);
  if (!result || !state.late.includes(n)) return notLate(n);
  const words = result.packet.open[item - 1]?.words;
  if (words === undefined || result.lateItems[item - 1]?.standing !== 'open') {
    return refuse(
      'unknown-item',
      `Item ${item} of result ${n} does not stand.`,
      'Name an item that is still open.',
    );
  }
  return { result, words };
}

function notLate(n: number): Decision {
  return refuse('not-late', `Result ${n} is not a late result that stands.`, 'Name one from the Inbox.');
}
