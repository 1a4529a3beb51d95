const mostAtOnce = 16;
/** Bytes that count as one call: what a long body costs to read is paid for like the calls it stands for. */
const bytesOfACall = 16_384;

interface Purse {
  tokens: number;
  at: number;
  running: number;
}

/** A call that was let in. */
export interface Paced {
  /** Counts a body of so many bytes; the purse may go below nothing, and is then empty for longer. */
  readonly weigh: (bytes: number) => void;
  readonly end: () => void;
}

/** How fast one credential may call, and how many of its calls may run at once (long polls are calls too). */
export interface Pace {
  /** Begins a call; undefined when it is too much now. */
  begin(who: string): Paced | undefined;
}

/** `perSecond` sustained, twice that in a burst. `now` gives milliseconds that only grow. */
export function createPace(perSecond: number, now: () => number): Pace {
  const purses = new Map<string, Purse>();
  const most = perSecond * 2;
  return {
    begin(who) {
      const purse = purses.get(who) ?? { tokens: most, at: now(), running: 0 };
      purses.set(who, purse);
      const at = now();
      purse.tokens = Math.min(most, purse.tokens + ((at - purse.at) / 1_000) * perSecond);
      purse.at = at;
      if (purse.tokens < 1 || purse.running >= mostAtOnce) return undefined;
      purse.tokens -= 1;
      purse.running += 1;
      return {
        weigh(bytes) {
          purse.tokens -= bytes / bytesOfACall;
        },
        end() {
          purse.running -= 1;
        },
      };
    },
  };
}
