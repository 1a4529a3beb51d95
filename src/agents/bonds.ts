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
  /** A call of a tool came; `guarded`: its guard was heard before it, or has been heard of writes. */
  called(this: void, bearer: Bearer, guarded: boolean): void;
  /** Resolves at the next call of a tool with whether that was guarded; who asks anew takes its place. */
  nextCall(bearer: Bearer): Promise<boolean>;
  /** What was written for an agent is taken out: nothing is waited for, and nothing is wrong with it. */
  forget(): void;
  /** Why no call came, until one does; or that its guard was not heard, until it is. */
  trial(this: void, bearer: Bearer): Refusal | undefined;
  onChange(listener: () => void): { dispose(): void };
}

/** The code of a trial in which the agent called and its guard was not heard. */
export const hookSkipped = 'hook-skipped';

/** Who calls on and on is not drawn on and on. */
const drawnEvery = 30_000;

export function keepBonds(clock: () => number, lastContact: (bearer: Bearer) => number | undefined): Bonds {
  let strangers: Bonds['strangers'] = { count: 0, at: undefined };
  let drawn = -Infinity;
  const trials = new Map<Bearer, { readonly at: number; readonly why: Refusal }>();
  const waiting = new Map<Bearer, (guarded: boolean) => void>();
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
    called(bearer, guarded) {
      waiting.get(bearer)?.(guarded);
      waiting.delete(bearer);
      if (!guarded || trials.get(bearer)?.why.code !== hookSkipped) return;
      trials.delete(bearer);
      changed();
    },
    forget() {
      waiting.clear();
      trials.clear();
      changed();
    },
    nextCall: (bearer) => new Promise((resolve) => void waiting.set(bearer, resolve)),
    trial(bearer) {
      const trial = trials.get(bearer);
      if (trial?.why.code === hookSkipped) return trial.why;
      return trial && (lastContact(bearer) ?? -1) <= trial.at ? trial.why : undefined;
    },
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
