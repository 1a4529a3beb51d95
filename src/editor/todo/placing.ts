import { listed } from '../../core/order.ts';
import type { State } from '../../core/state.ts';

/** The TODO to stand before after one step up or down; 0 is the end. */
export function placeBeside(state: State, n: number, by: -1 | 1): number {
  const order = listed(state)
    .filter((todo) => todo.state === 'waiting')
    .map((todo) => todo.n);
  const place = order.indexOf(n);
  if (by === -1) return order[Math.max(place - 1, 0)] === n ? (order[1] ?? 0) : (order[place - 1] ?? 0);
  return order[place + 2] ?? 0;
}
