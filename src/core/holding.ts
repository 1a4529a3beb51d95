import type { Holder, MergePath, Side } from '../contract/ownership.ts';

/** Files that were locked by hand. What a live dispatch owns is not stored: it follows from its packet. */
export interface Lock {
  readonly n: number;
  readonly scope: readonly string[];
  readonly holder: Holder;
  readonly reason: string;
  /** Who locked it, as the journal names them. */
  readonly by: string;
  readonly at: number;
  /** Of the case in which the user took these files over. */
  readonly conflict?: number;
  /** Why it was released. */
  readonly over?: string;
}

/** What one step of a case says, and who did it. */
interface DoneBy {
  readonly by: string;
}

/** P7: two sides in one file. Each step names who did it; one that is done again undoes those behind it. */
export interface Conflict {
  readonly n: number;
  /** Entries as in SCOPE. */
  readonly files: readonly string[];
  readonly sides: readonly [Side, Side];
  readonly noticed: string;
  readonly by: string;
  readonly at: number;
  /** Whose change does not merge into the branch; the user's side is then what is committed there. */
  readonly result?: number;
  readonly owner?: DoneBy & { readonly side: 1 | 2; readonly reason: string };
  readonly path?: DoneBy & { readonly path: MergePath; readonly words: string; readonly todo?: number };
  readonly evidence?: DoneBy & {
    readonly contract: string;
    readonly regression: { readonly command: string; readonly result: string };
  };
  readonly resumed?: DoneBy & { readonly reason: string };
}

/** A worker asks for more files. */
export interface ScopeRequest {
  readonly n: number;
  readonly dispatch: number;
  readonly paths: readonly string[];
  readonly reason: string;
  readonly at: number;
  readonly state: 'open' | 'granted' | 'declined' | 'conflict' | 'moot';
  readonly why?: string;
  readonly conflict?: number;
}
