import type { Memento } from 'vscode';
import { otherAgentsKey } from '../ids.ts';

/** The agents that are connected here and that no profile knows, by their ids. */
export function otherAgentsIn(memento: Memento): {
  ids(): readonly string[];
  keep(ids: readonly string[]): PromiseLike<void>;
} {
  return {
    ids: () => memento.get<readonly string[]>(otherAgentsKey, []),
    keep: (ids) => memento.update(otherAgentsKey, ids),
  };
}
