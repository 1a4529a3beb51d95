import type { Dispatch, Message, State } from './state.ts';
import { at } from './table.ts';

/** What waits for the worker of a dispatch, in the order it was said. */
export function unheard(dispatch: Dispatch | undefined): readonly Message[] {
  return dispatch?.messages?.filter(({ heardAt }) => heardAt === undefined) ?? [];
}

export function nextMessage({ messages = [] }: Dispatch): number {
  return messages.length + 1;
}

/** The live dispatch of a worker. */
export function liveOf(state: State, worker: number): Dispatch | undefined {
  return state.live.map((n) => at(state.dispatches, n)).find((one) => one?.worker === worker);
}

/** P5: whether a nudge waits for this worker; feedback never wakes one. */
export function isNudged(state: State, worker: number): boolean {
  return unheard(liveOf(state, worker)).some(({ kind }) => kind === 'nudge');
}

/** The message as its worker reads it. Further lines stand deeper, so that none passes for a line of its own. */
export function messageLine({ n, kind, words }: Message): string {
  return `${kind.toUpperCase()} ${n}: ${words.trim().replace(/\r\n?|\n/g, '\n  ')}`;
}
