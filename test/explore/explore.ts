import type { Act } from '../../src/contract/acts.ts';
import { initial, type State } from '../../src/core/state.ts';
import type { Drawn } from '../../src/desk/draw.ts';
import { isWithin, type Bounds, type World } from './bounds.ts';
import { decided, onceOnly } from './effects.ts';
import { keyOf } from './identity.ts';
import { leadTries, type Try } from './leadTries.ts';
import { brokenBy, brokenIn } from './promises.ts';
import { Seen } from './seen.ts';
import { isStuck } from './wayOut.ts';
import { workTries } from './workTries.ts';

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

const runs = { kind: 'command' as const, argv: ['agent'] };
const worker = (name: string): Act => ({
  type: 'add-worker',
  name,
  role: 'code',
  runs,
  tokenHash: 'f'.repeat(64),
  expires: 9e12,
});
const opening: readonly Act[] = [
  { type: 'start', objective: 'A gate that closes', constraints: [], mode: 'orchestrator-first' },
  worker('one'),
  worker('two'),
];

/** An orchestration and its two workers. Its plan is part of what is explored. */
export function start(): World {
  const state = opening.reduce(
    (before, act) => decided(before, { actor: { seat: 'user' }, act }).after,
    initial,
  );
  return { state, overrides: 0 };
}

export function triesIn(state: State): readonly Try[] {
  const tries: Try[] = [];
  const add = (actor: Try['actor'], act: Act): void => void tries.push({ actor, act });
  leadTries(state, add);
  workTries(state, add);
  return tries;
}

/**
 * Acts that are decided in every state, and what they lead to is looked at and not followed: an edit changes the
 * words of a packet, a worker that ended waits for its relaunch, a removed one leaves the other, who is like it.
 */
const passing: ReadonlySet<Act['type']> = new Set(['edit-todo', 'note-ended', 'remove-worker']);
export const isFollowed = ({ act }: Try): boolean => !passing.has(act.type);

function isOverride({ events }: Drawn): boolean {
  return events.some(
    ({ event }) =>
      (event.type === 'step-released' || event.type === 'orchestration-closed') &&
      event.override !== undefined,
  );
}

/** The world that an act leads to. */
export function follow({ overrides }: World, drawn: Drawn): World {
  return { state: drawn.after, overrides: overrides + (isOverride(drawn) ? 1 : 0) };
}

/**
 * Looks at every state that can be reached within the bounds, nearest first, and at every try in each. Ends at
 * the first promise that is broken, or when there is nothing new.
 */
export function explore(bounds: Bounds, told: (found: Found) => void = () => undefined): Found {
  const seen = new Seen();
  let [tries, transitions, cut, depth] = [0, 0, 0, 0];
  const first = start();
  seen.add(keyOf(first), -1, 0);
  let level: World[] = [first];
  const found = (): Found => ({ states: seen.size, tries, transitions, cut, depth });
  const broken = (words: string, at: number, last?: Try): Found => ({
    ...found(),
    violation: { broken: words, trace: [...wayOf(seen.wayTo(at)), ...(last ? [last] : [])] },
  });

  for (let base = 0; level.length > 0; depth += 1) {
    const next: World[] = [];
    for (const [place, world] of level.entries()) {
      const { state } = world;
      const at = base + place;
      const all = triesIn(state);
      const accepted: Try[] = [];
      for (const [by, one] of all.entries()) {
        tries += 1;
        const drawn = decided(state, one);
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
        const wrong = brokenBy(turn);
        if (wrong !== undefined) return broken(wrong, at, one);
        const after = follow(world, drawn);
        if (!isFollowed(one) || !isWithin(after, bounds)) {
          cut += 1;
          const bad = isFollowed(one) ? undefined : brokenIn(after.state);
          if (bad !== undefined) return broken(bad, at, one);
          continue;
        }
        transitions += 1;
        if (!seen.add(keyOf(after), at, by)) continue;
        const bad = brokenIn(after.state) ?? onceOnly(state, after.overrides, one, drawn);
        if (bad !== undefined) return broken(bad, at, one);
        next.push(after);
      }
      const stuck = isStuck(state, accepted);
      if (stuck !== undefined) return broken(stuck, at);
    }
    base += level.length;
    level = next;
    told(found());
  }
  return found();
}

/** The tries behind their places, found by doing them again from the start. */
function wayOf(places: readonly number[]): readonly Try[] {
  let { state } = start();
  return places.map((place) => {
    const one = triesIn(state)[place];
    if (!one) throw new Error('the way cannot be found again');
    state = decided(state, one).after;
    return one;
  });
}
