import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dispatch } from '../core/state.ts';
import { callsEntry } from './guard/counting.ts';

/**
 * How often agents have called their tools: a file for each time that a dispatch goes out, a byte for each call. So a
 * call costs no journal and no word with the door, is counted while no window is open, and outlives all of them. A
 * rejected dispatch begins anew. Who ends up with no file is not counted.
 */
export interface ToolCalls {
  /** What the environment of an agent says, so that its hook counts; nothing where its calls have no limit. */
  entryOf(dispatch: Dispatch): Readonly<Record<string, string>>;
  made(dispatch: Dispatch): Promise<number>;
  /** The same at once, for what is drawn now. */
  madeNow(dispatch: Dispatch): number;
  /** Tells that `made` found another number than the time before. */
  onMore(listener: () => void): { dispose(): void };
}

export function toolCallsIn(folder: string): ToolCalls {
  const file = ({ n, results }: Dispatch): string => join(folder, `${n}-${results.length}`);
  const seen = new Map<number, number>();
  const listeners = new Set<() => void>();
  return {
    entryOf: (dispatch) => (dispatch.budget?.calls === undefined ? {} : { [callsEntry]: file(dispatch) }),
    made: async (dispatch) => {
      const made = await stat(file(dispatch)).then(
        ({ size }) => size,
        () => 0,
      );
      const isNew = (seen.get(dispatch.n) ?? 0) !== made;
      seen.set(dispatch.n, made);
      if (isNew) for (const listener of listeners) listener();
      return made;
    },
    madeNow(dispatch) {
      try {
        return statSync(file(dispatch), { throwIfNoEntry: false })?.size ?? 0;
      } catch {
        return 0;
      }
    },
    onMore(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
