import type { ActName } from '../../../src/contract/acts.ts';
import type { Actor } from '../../../src/contract/actor.ts';

/** Numbers that choose an act and what it is about; the same ones on the same state choose the same. */
export interface Throw {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export type Try = readonly [Actor, { readonly type: ActName } & Record<string, unknown>];
