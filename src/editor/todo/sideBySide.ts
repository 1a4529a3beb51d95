import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { sameWords, todoName } from '../../core/labels.ts';
import { waitingTodos } from '../../core/order.ts';
import { isByHand } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { presentWorkers } from '../../core/worker.ts';
import { action, cancelled, type Action } from '../action.ts';
import { back, choose } from '../asking/box.ts';
import { reasonStop } from '../asking/stops.ts';
import { walk } from '../asking/walk.ts';
import { copied } from '../byHand/carrying.ts';
import { forPick } from '../inert.ts';
import { sent as sentWithWords } from '../ownership/consents.ts';
import { asks, titles } from '../ownership/sentences.ts';
import type { Room } from '../room.ts';
import { workspaceMost } from '../workspaceFacts.ts';

const sending = z.partial(acts['dispatch-side-by-side']);
type Sending = z.output<typeof sending>;

/** T6: TODOs from the head of the list at once, each with a worker of its role. */
export function dispatchSideBySide(room: Room): Action {
  return action(sending, async (given) => {
    const draft = await walk<Sending>(titles.sideBySide, given, [
      {
        key: 'parts',
        ask: async (frame, before) => {
          const todos = waitingTodos(room.state).slice(0, workspaceMost());
          const counts = todos.slice(1).map((_, index) => ({
            label: `${index + 2}`,
            description: forPick(
              todos
                .slice(0, index + 2)
                .map((todo) => todoName(todo))
                .join(', '),
              160,
            ),
            value: index + 2,
          }));
          const count = await choose(frame, counts, { placeholder: asks.parts });
          if (count === undefined || count === back) return count;
          const parts: { todo: number; worker: number }[] = [];
          for (const todo of todos.slice(0, Number(count))) {
            const able = presentWorkers(room.state)
              .filter(
                ({ role, n }) => sameWords(role, todo.role) && !parts.some(({ worker }) => worker === n),
              )
              .map(({ n, name }) => ({ label: forPick(name, 60), value: n }));
            const worker =
              able.length === 1
                ? able[0]?.value
                : await choose(frame, able, { placeholder: asks.part(forPick(todoName(todo), 80)) });
            if (worker === undefined || worker === back) return worker;
            parts.push({ todo: todo.n, worker: Number(worker) });
          }
          return { ...before, parts };
        },
      },
      reasonStop<Sending>(asks.why.sideBySide),
    ]);
    if (!draft) return cancelled;
    const { parts = [], reason = '' } = draft;
    const first = room.state.dispatches.size + 1;
    const todos = parts.map(({ todo }) => todo);
    const outcome = await sentWithWords(room, todos, () =>
      room.submit({ type: 'dispatch-side-by-side', parts, reason }),
    );
    for (let n = first; outcome.ok && n <= room.state.dispatches.size; n += 1) {
      const sent = at(room.state.dispatches, n);
      // To somebody who works by hand nothing goes by itself: the person carries it.
      if (sent && isByHand(at(room.state.workers, sent.worker))) await copied(room, sent);
    }
    return outcome;
  });
}
