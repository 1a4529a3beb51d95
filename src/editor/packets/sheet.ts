import type { Act } from '../../contract/acts.ts';
import type { Refusal } from '../../contract/refusal.ts';
import type { PlacedFlaw } from './flaws.ts';

/** What a document comes to as it stands. */
export interface Sheet {
  readonly flaws: readonly PlacedFlaw[];
  /** Where writing begins. */
  readonly line: number;
  readonly asks: { readonly act: Act; readonly worker?: number } | { readonly refusal: Refusal };
}
