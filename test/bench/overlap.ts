import { comparePairs } from '../unit/core/scopes/oracle.ts';
import { randomFrom } from '../unit/journal/bitFlips.ts';
import type { Effort, Figure } from './figure.ts';
import { count, microseconds } from './numbers.ts';

const atOnce = 20_000;
const mostCautious = 0.02;

/** Random pairs of areas, each asked of the automata and of an oracle that tries every name of a small alphabet. */
export function overlap({ pairs }: Effort): Promise<readonly Figure[]> {
  let missed = 0;
  let cautious = 0;
  let took = 0;
  for (let done = 0; done < pairs; done += atOnce) {
    const tally = comparePairs(Math.min(atOnce, pairs - done), randomFrom(done + 1));
    missed += tally.missed.length;
    cautious += tally.cautious.length;
    took += tally.took;
  }
  return Promise.resolve([
    {
      what: `overlap of scopes, ${count(pairs)} random pairs: missed / over-cautious`,
      ours: `${missed} / ${((100 * cautious) / pairs).toFixed(2)} %`,
      floor: '',
      target: '0 missed, ≤ 2 %',
      holds: missed === 0 && cautious <= pairs * mostCautious,
      broken: missed > 0,
    },
    { what: 'such a pair', ours: microseconds((took * 1_000) / pairs), floor: '', target: '' },
  ]);
}
