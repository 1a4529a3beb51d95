import type { State } from '../../src/core/state.ts';
import type { World } from './bounds.ts';
import { decided, onceOnly } from './effects.ts';
import type { Try } from './leadTries.ts';
import type { Model } from './model.ts';
import { Seen } from './seen.ts';

export interface Violation {
  readonly broken: string;
  /** From the start of the model to the act that broke it, the shortest way. */
  readonly trace: readonly Try[];
}

export interface Found {
  readonly states: number;
  /** Acts that were tried, and those that had an effect and stayed within the bounds. */
  readonly tries: number;
  readonly transitions: number;
  /** Acts whose effect was looked at and not followed, because it leads out of the bounds. */
  readonly cut: number;
  readonly depth: number;
  readonly violation?: Violation;
}

/**
 * Looks at every state that can be reached within the bounds, nearest first, and at every try in each. Ends at
 * the first promise that is broken, or when there is nothing new.
 */
export function explore(model: Model, told: (found: Found) => void = () => undefined): Found {
  const seen = new Seen();
  let [tries, transitions, cut, depth] = [0, 0, 0, 0];
  const { workspace } = model;
  const first = model.start();
  seen.add(model.keyOf(first), -1, 0);
  let level: World[] = [first];
  const found = (): Found => ({ states: seen.size, tries, transitions, cut, depth });
  const broken = (words: string, at: number, last?: Try): Found => ({
    ...found(),
    violation: { broken: words, trace: [...wayOf(model, seen.wayTo(at)), ...(last ? [last] : [])] },
  });

  for (let base = 0; level.length > 0; depth += 1) {
    const next: World[] = [];
    for (const [place, world] of level.entries()) {
      const { state } = world;
      const at = base + place;
      const all = model.triesIn(state);
      const accepted: Try[] = [];
      for (const [by, one] of all.entries()) {
        tries += 1;
        const drawn = decided(state, one, workspace);
        const [reply] = drawn.replies;
        const isRefused = reply?.ok !== true;
        if (reply?.ok === false && reply.refusal.code === 'defect')
          return broken(reply.refusal.sentence, at, one);
        if (drawn.rows.length === 0) {
          if (drawn.after !== state) return broken('something changed without an event', at, one);
          continue;
        }
        if (!isRefused) accepted.push(one);
        const events = drawn.events.map(({ event }) => event);
        const turn = { before: state, after: drawn.after, ...one, isRefused, events };
        const wrong = model.brokenBy(turn);
        if (wrong !== undefined) return broken(wrong, at, one);
        const after = model.follow(world, drawn);
        if (!model.isFollowed(one) || !model.isWithin(after)) {
          cut += 1;
          const bad = model.isFollowed(one) ? undefined : model.brokenIn(after.state);
          if (bad !== undefined) return broken(bad, at, one);
          continue;
        }
        transitions += 1;
        if (!seen.add(model.keyOf(after), at, by)) continue;
        const bad = model.brokenIn(after.state) ?? onceOnly(model, world, one, drawn);
        if (bad !== undefined) return broken(bad, at, one);
        next.push(after);
      }
      const stuck = model.isStuck(state, accepted);
      if (stuck !== undefined) return broken(stuck, at);
    }
    base += level.length;
    level = next;
    told(found());
  }
  return found();
}

/** The tries behind their places, found by doing them again from the start. */
function wayOf({ start, triesIn, workspace }: Model, places: readonly number[]): readonly Try[] {
  let { state }: { state: State } = start();
  return places.map((place) => {
    const one = triesIn(state)[place];
    if (!one) throw new Error('the way cannot be found again');
    state = decided(state, one, workspace).after;
    return one;
  });
}
