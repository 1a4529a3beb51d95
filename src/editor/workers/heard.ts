import type { Bearer } from '../../contract/actor.ts';
import type { Refusal } from '../../contract/refusal.ts';
import type { Dispatch } from '../../core/state.ts';
import type { DoorStanding } from '../house.ts';
import type { Listing } from '../tree/row.ts';
import type { OutdatedAgent } from './agentsPlace.ts';

/** What the Workers view shows besides the state. */
export interface Heard {
  readonly lastContact: (bearer: Bearer) => number | undefined;
  /** Why its agent's own look for us came to no call. */
  readonly trial: (bearer: Bearer) => Refusal | undefined;
  /** How a person lets an agent, by its profile, trust what was written for it. */
  readonly trust: (agent: string) => Promise<string | undefined>;
  /** How often the agent of a dispatch has called its tools. */
  readonly calls: (dispatch: Dispatch) => number;
  /** When somebody last called with a token that is nobody's. */
  readonly strangerAt: number | undefined;
  /** Agents whose configuration is not what would be written now. */
  readonly outdated: readonly OutdatedAgent[];
  readonly door: DoorStanding;
  readonly now: number;
  /** The names of the workspace's folders. */
  readonly folders: readonly string[];
  /** What is owned, row by row; undefined while that is being loaded. */
  readonly locks?: Listing | undefined;
}
