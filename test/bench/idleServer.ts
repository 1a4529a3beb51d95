// The server with every timer under ten seconds on record: `timers.log` has a line for each that goes off.
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import timers from 'node:timers/promises';
import { short, watchTimers } from './timers.ts';

const folder = process.argv[process.argv.indexOf('--dir') + 1] ?? '';
watchTimers(timers, (line) => appendFileSync(join(folder, 'timers.log'), line), short);
syncBuiltinESMExports();
await import('../rig/serve.ts');
