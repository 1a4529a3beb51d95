export type InboxKind =
  | 'instruction'
  | 'blocking-question'
  | 'conflict'
  | 'silent'
  | 'unacknowledged'
  | 'exposed'
  | 'over-budget'
  | 'ended'
  | 'contradicted'
  | 'command'
  | 'review'
  | 'late'
  | 'reconcile'
  | 'plan-affected'
  | 'request'
  | 'proposal'
  | 'question';

/** One thing that wants a person's word. `n` is the number of what it is about. */
export interface InboxEntry {
  readonly kind: InboxKind;
  readonly n: number;
  readonly title: string;
  readonly detail: string;
  /** Epoch milliseconds since when it waits. */
  readonly since: number;
}
