// A program of its own, as `lookAt.ts` is: `alikeAt.ts BOUNDS` tells the first difference between like states.
import './remember.ts';
import type { AnyBounds } from './models.ts';

const { difference } = await import('./alike.ts');
const { modelOf } = await import('./modelOf.ts');
process.send?.(difference(modelOf(JSON.parse(process.argv[2] ?? '') as AnyBounds)) ?? '');
process.disconnect();
