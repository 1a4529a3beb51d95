/** A process of its own that lands a change and dies by SIGKILL at the step its argument names. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { land, type LandOrder } from '../../../src/git/approving.ts';
import { processes } from './given.ts';

const [file = '', dieAt = ''] = process.argv.slice(2);
const order = JSON.parse(readFileSync(file, 'utf8')) as LandOrder;
const landed = await land({
  ...order,
  maker: processes.markOf(process.pid),
  onStep: (step) => step === dieAt && process.kill(process.pid, 'SIGKILL'),
});
if (!landed.ok) throw new Error(landed.refusal.sentence);
