import { packetText } from '../../contract/text/packetText.ts';
import { byWhom, workerName } from '../../core/labels.ts';
import type { State, Todo } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { visible } from '../../core/views/visible.ts';

/** The whole of a TODO as plain text: the workers' own words first, then its packet. */
export function todoTooltip(state: State, todo: Todo): string {
  const parts = [`TODO ${todo.n}`];
  for (const { worker, result, words } of todo.sources) {
    parts.push(`Left open by ${workerName(state, worker)} in result ${result}, word for word:\n${words}`);
  }
  parts.push(
    todo.packet
      ? packetText(todo.packet)
      : 'Not reconciled: it has no packet yet, and nothing is dispatched before.',
  );
  const fired = todo.debug?.fired;
  if (fired !== undefined) parts.push(`Its last fix was taken back: its rollback trigger fired at ${fired}`);
  const rollback = todo.debug?.bug?.rollback;
  if (rollback && todo.state === 'approved') {
    parts.push(
      `Watched: ${rollback.watch}`,
      `Taken back at: ${rollback.reading}`,
      `Undone then: ${rollback.undo}`,
    );
  }
  if (todo.deferred) parts.push(`Passed over: ${todo.deferred.reason}`);
  const dispatch = todo.dispatch === undefined ? undefined : at(state.dispatches, todo.dispatch);
  if (todo.state === 'live' && dispatch?.progress) {
    parts.push(`Last progress${byWhom(dispatch.progress)}: ${dispatch.progress.text}`);
  }
  return visible(parts.join('\n\n')).slice(0, 8_000);
}
