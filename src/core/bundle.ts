import type { Packet } from '../contract/packets.ts';
import { refuse, type Decision } from './decision.ts';
import { forms } from './forms.ts';
import { isBlank, todoName } from './labels.ts';
import { openItemFirst } from './listed.ts';
import { openItemBefore, waitingTodos } from './order.ts';
import { areasOverlap } from './scopes/overlap.ts';
import { readScopeEntry, scopeFault } from './scopeEntry.ts';
import { isOpenItem, type State, type Todo } from './state.ts';
import type { Workspace } from './workspace.ts';

/** T6: consecutive TODOs from the head of the list, for one worker and one purpose, with one verdict. */
export function bundleTodos(
  state: State,
  bundle: { todos: readonly number[]; purpose: string },
  isUser: boolean,
): readonly Todo[] | Decision {
  const head = waitingTodos(state).slice(0, bundle.todos.length);
  if (head.length !== bundle.todos.length || head.some((todo, index) => todo.n !== bundle.todos[index])) {
    return refuse(
      'bundle-not-head',
      'A bundle is consecutive TODOs from the head of the list, in order.',
      `Bundle ${head.map(({ n }) => n).join(', ') || 'nothing'}, or dispatch the next TODO alone.`,
    );
  }
  if (isBlank(bundle.purpose) || forms().purposesOf(bundle.purpose).length > 1) {
    return refuse(
      'bundle-purpose',
      'A bundle has one purpose, in a sentence.',
      'Say what it is for, or dispatch one TODO.',
    );
  }
  const item = head.find(isOpenItem);
  if (item && !isUser) {
    return refuse(
      'user-only',
      `${todoName(item)} is an open item; only the user bundles it.`,
      `Dispatch TODO ${item.n} alone.`,
    );
  }
  const first = head.map((todo) => openItemBefore(state, todo, head)).find((found) => found !== undefined);
  return first ? openItemFirst(first) : head;
}

/** The packet of a bundle: its purpose is the TASK, and each DONE-WHEN says of which TODO it is. */
export function composite(
  purpose: string,
  todos: readonly Todo[],
  packets: readonly Packet[],
  workspace: Workspace,
): Packet {
  const all = (field: 'scope' | 'notYourJob' | 'verify'): string[] => [
    ...new Set(packets.flatMap((one) => one[field])),
  ];
  return {
    task: purpose,
    scope: all('scope'),
    notYourJob: all('notYourJob').filter((entry) => !cutsAnother(entry, packets, workspace)),
    doneWhen: packets.flatMap((one, index) => one.doneWhen.map((done) => `TODO ${todos[index]?.n}: ${done}`)),
    verify: all('verify'),
    priority: packets.some((one) => one.priority === 'high') ? 'high' : (packets[0]?.priority ?? 'normal'),
  };
}

/** Whether what one of them leaves alone is the work of another: in one packet it would cut that out. */
function cutsAnother(line: string, packets: readonly Packet[], workspace: Workspace): boolean {
  const entry = readScopeEntry(line);
  if (/\s/.test(entry) || scopeFault(entry) !== undefined) return false;
  const cut = { scope: [entry], notYourJob: [] };
  return packets.some(
    (one) => !one.notYourJob.includes(line) && areasOverlap(cut, one, workspace) !== undefined,
  );
}
