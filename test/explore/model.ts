import type { State } from '../../src/core/state.ts';
import type { Workspace } from '../../src/core/workspace.ts';
import type { Drawn } from '../../src/desk/draw.ts';
import type { World } from './bounds.ts';
import type { Key } from './identity.ts';
import type { Try } from './leadTries.ts';
import type { Turn } from './turn.ts';

/** What is explored: where it starts, what is tried in each state, what has to hold, and how far it goes. */
export interface Model {
  /** What comes with each command, where the rules of the model ask for it. */
  readonly workspace?: Workspace;
  readonly start: () => World;
  readonly triesIn: (state: State) => readonly Try[];
  /** The world that an act leads to. */
  readonly follow: (before: World, drawn: Drawn) => World;
  /** Whether what an act leads to is explored too, or only looked at. */
  readonly isFollowed: (one: Try) => boolean;
  readonly isWithin: (world: World) => boolean;
  readonly keyOf: (world: World) => Key;
  readonly brokenBy: (turn: Turn) => string | undefined;
  readonly brokenIn: (state: State) => string | undefined;
  /** Why nobody gets on from here by what was accepted here. */
  readonly isStuck: (state: State, accepted: readonly Try[]) => string | undefined;
}
