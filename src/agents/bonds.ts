import type { Bearer } from '../contract/actor.ts';
import type { Refusal } from '../contract/refusal.ts';

/** What of agents' connections no event says: who was turned away, and what their own look for us came to. In memory. */
export interface Bonds {
  /** Somebody called without a token, or with one that is nobody's. */
  turnedAway(this: void): void;
  /** How many such calls came, and when the last one did. */
  readonly strangers: { readonly count: number; readonly at: number | undefined };
  /** The agent of one was let look for us; `why` says why no call came. */
  tried(bearer: Bearer, why: Refusal | undefined): void;
  /** Why no call came, until one does. */
  trial(this: void, bearer: Bearer): Refusal | undefined;
  onChange(listener: () => void): { dispose(): void };
}

/** Who calls on and on is not drawn on and on. */
const drawnEvery = 30_000;

export function keepBonds(clock: () => number, lastContact: (bearer: Bearer) => number | undefined): Bonds {
  let strangers: Bonds['strangers'] = { count: 0, at: undefined };
  let drawn = -Infinity;
  const trials = new Map<Bearer, { readonly at: number; readonly why: Refusal }>();
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  return {
    turnedAway() {
      const now = clock();
      strangers = { count: strangers.count + 1, at: now };
      if (now - drawn < drawnEvery) return;
      drawn = now;
      changed();
    },
    get strangers() {
      return strangers;
    },
    tried(bearer, why) {
      if (why) trials.set(bearer, { at: clock(), why });
      else trials.delete(bearer);
      changed();
    },
    trial(bearer) {
      const trial = trials.get(bearer);
      return trial && (lastContact(bearer) ?? -1) <= trial.at ? trial.why : undefined;
    },
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
