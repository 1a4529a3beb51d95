import type { Decisive } from './decisive.ts';

export interface Proposal {
  readonly n: number;
  readonly act: 'drop' | 'merge' | 'whole' | 'unguarded' | 'nudge' | 'rollback';
  readonly todo: number;
  readonly into?: number;
  /** To whom the TODO would go unguarded, or who would be nudged. */
  readonly worker?: number;
  /** Whose approval would be taken back; `reason` is what was read. */
  readonly result?: number;
  readonly reason: string;
  readonly declined?: string;
}

/** What the user said while work was under way (T2). */
export interface Instruction {
  readonly n: number;
  readonly words: string;
  readonly at: number;
  /** `replan`: the one that quotes it; none where the user let work carry on. */
  readonly over?: { readonly at: number; readonly replan?: number };
}

/** Feedback, which rides on the worker's next contact, a nudge, which does not wait for it (P5), or a word on its budget. */
export interface Message {
  readonly n: number;
  readonly kind: 'feedback' | 'nudge' | 'budget';
  readonly words: string;
  readonly at: number;
  readonly by: string;
  /** When the worker was told. */
  readonly heardAt?: number;
}

/** A decision of the agent in the seat. `n` is the number of what it is about, which is what `decisive` says. */
export interface Decided {
  readonly what: Decisive;
  readonly n: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Its reason, where it gave one; what a TODO was split into. */
  readonly why?: string;
}
