import type { Refusal } from '../../contract/refusal.ts';
import type { FreshGround, Ground } from '../../running/series.ts';

/** What of running VERIFY is not this window's own: where it is run, and what is kept of it. */
export interface VerifyPlace {
  /** Takes the runs of a result for this process; undefined where another one is at it. */
  claim(result: number): (() => void) | undefined;
  /** Where the work of a dispatch stands. */
  ground(dispatch: number): Promise<Ground | Refusal>;
  /** The change of a result on top of what the person has committed, in a fresh worktree. */
  fresh(result: number, signal: AbortSignal): Promise<FreshGround | Refusal>;
  /**
   * What the work of a result began from, in a fresh worktree; nothing where `isKnown` says that this tree needs no
   * run any more.
   */
  base(
    result: number,
    signal: AbortSignal,
    isKnown: (tree: string) => boolean,
  ): Promise<FreshGround | Refusal | undefined>;
  keep(output: string): Promise<string>;
  read(sha256: string): Promise<string | undefined>;
}
