// A program of its own, so that it can look at a copy of the sources: `lookAt.ts BOUNDS` tells what it finds.
import './remember.ts';
import type { Found } from './explore.ts';
import type { AnyBounds } from './models.ts';

/** What is found so far, after every level; the last is all of it. */
export interface Told {
  readonly found: Found;
  readonly seconds: number;
}

const { explore } = await import('./explore.ts');
const { modelOf } = await import('./modelOf.ts');
const model = modelOf(JSON.parse(process.argv[2] ?? '') as AnyBounds);
const began = performance.now();
const tell = (found: Found): void => {
  const told: Told = { found, seconds: (performance.now() - began) / 1_000 };
  process.send?.(told);
};
tell(explore(model, tell));
process.disconnect();
