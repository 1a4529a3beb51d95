// A program of its own, as `lookAt.ts` is: `alikeAt.ts BOUNDS` tells the first difference between like states.
import './remember.ts';
import type { Bounds } from './bounds.ts';

const { difference } = await import('./alike.ts');
process.send?.(difference(JSON.parse(process.argv[2] ?? '') as Bounds) ?? '');
process.disconnect();
