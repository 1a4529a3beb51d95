/** One file that a result changed. `name` is the workspace's own; none where no folder of it shows the file. */
export interface ChangedFile {
  readonly name?: string;
  /** From the root of the repository. */
  readonly path: string;
  /** Where it was before, of a renamed file: the name, and the path from the root. */
  readonly from?: { readonly name?: string; readonly path: string };
  readonly how: 'added' | 'changed' | 'deleted' | 'renamed' | 'another kind';
  readonly kind: 'file' | 'symlink' | 'submodule';
  readonly mode: { readonly old: string; readonly new: string };
  readonly binary: boolean;
  /** Lines; undefined of a binary file. */
  readonly added?: number;
  readonly removed?: number;
  /** A submodule in whose own working tree something is not committed. */
  readonly unsaved?: true;
  /** Of a file that is in no commit of the work, be it in another repository or hidden: git's names of its own two trees. */
  readonly apart?: { readonly base: string; readonly tree: string };
  /** Lockkeeper put it there and hid it, and it is not any more as it was put there. */
  readonly hidden?: true;
  /** Whose it is, in a folder that several share; nobody can tell where it is `unknown`. */
  readonly by?: 'worker' | 'another' | 'user' | 'unknown';
}

/** How a change goes into the person's branch as it stands now. */
export type MergeOutlook =
  | { readonly kind: 'clean' }
  | { readonly kind: 'conflicts'; readonly files: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string; readonly next: string };

/** What a result really changed, measured by git when the act that is asked about it began (P8). */
export interface Measured {
  readonly result: number;
  readonly epoch: number;
  readonly where: 'worktree' | 'shared';
  /** Git's names of the tree it began from and of the one that stands there now, ignored files aside. */
  readonly base: string;
  readonly tree: string;
  /** What an approval binds to: it says the same only of the same base, tree and files. */
  readonly shown: string;
  readonly files: readonly ChangedFile[];
  /** Changed, and not in the worker's own list; in its list, and not changed. */
  readonly unsaid: readonly string[];
  readonly unchanged: readonly string[];
  readonly merge: MergeOutlook;
}

/** What only the edge can see of a result: its change, or why there is none to be had. */
export type ChangeSeen = { readonly measured: Measured } | { readonly why: string; readonly next: string };
