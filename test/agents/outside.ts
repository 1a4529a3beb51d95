import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** The suite runs in a network of its own, with no way out, where the system has such (`.tools/cutOff.mjs`). */
export const isCutOff = process.env['LOCKKEEPER_CUT_OFF'] === '1';

/**
 * How often anybody in the network of a process has reached for an address outside of it: the kernel counts what it
 * knows no route for, whoever asks, by whatever library. Who asks for a name is counted too, since names are asked for
 * at such an address. What is not counted is a bare address of IPv6: a browser tries one now and then.
 */
export function triesIn(process: number | 'self' = 'self'): number {
  const rows = readFileSync(`/proc/${process}/net/snmp`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Ip: '))
    .map((line) => line.split(' '));
  const [names = [], counts = []] = rows;
  return Number(counts[names.indexOf('OutNoRoutes')] ?? assert.fail(`No such count: ${names.join()}`));
}

/** Holds that nobody has reached outside since the suite began. */
export function nobodyReachedOutside(): void {
  if (isCutOff) assert.equal(triesIn(), 0, 'Somebody reached for an address outside.');
}
