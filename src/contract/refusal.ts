import type { Flaw } from './packets.ts';

/**
 * A no, as a value. `code` is stable, `sentence` is for a tired person, `next` is the way out.
 * `flaws` names the fields to mend where a packet, question or result was sent back.
 */
export interface Refusal {
  readonly code: string;
  readonly sentence: string;
  readonly next: string;
  readonly flaws?: readonly Flaw[];
  /** What the way out is about, where that is one thing. */
  readonly about?: Subject;
  /** Where several things stand in the way and the sentence names the first: the others, twenty at most. */
  readonly also?: readonly { readonly sentence: string; readonly next: string }[];
}

export interface Subject {
  readonly kind: 'todo' | 'dispatch' | 'conflict' | 'lock' | 'worker' | 'step';
  readonly n: number;
}

export function refusal(code: string, sentence: string, next: string, flaws?: readonly Flaw[]): Refusal {
  return flaws ? { code, sentence, next, flaws } : { code, sentence, next };
}
