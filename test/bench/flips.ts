import { existsSync, rmSync, statSync } from 'node:fs';
import { flip, randomFrom } from '../unit/journal/bitFlips.ts';
import { appendAll, copyOf, names, newFolder, openIn, receiptOf, sweep } from '../unit/journal/folder.ts';
import type { Effort, Figure } from './figure.ts';
import { count } from './numbers.ts';

const commands = names('c', 40);

/** One bit of a closed journal turned over, anywhere: it is told, or it stood where nothing is kept. */
export async function flips({ flips: times }: Effort): Promise<readonly Figure[]> {
  const random = randomFrom(11);
  // Nothing here is a matter of the disk, and ten thousand mendings are quicker without one.
  const usual = process.env.TMPDIR;
  if (existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm';
  const whole = newFolder();
  const first = await openIn(whole);
  appendAll(first, commands);
  const before = JSON.stringify(first.read(0));
  first.close();
  const bits = statSync(whole.file).size * 8;
  let told = 0;
  let missed = 0;
  for (let n = 0; n < times; n += 1) {
    const folder = copyOf(whole);
    flip(folder.file, random(bits));
    const journal = await openIn(folder);
    const isTold = journal.notices.length > 0 || journal.standing.kind !== 'open';
    const isSame =
      JSON.stringify(journal.read(0)) === before &&
      commands.every(
        (command) => JSON.stringify(journal.receipt(command)) === JSON.stringify(receiptOf(command)),
      );
    journal.close();
    rmSync(folder.path, { recursive: true });
    if (isTold) told += 1;
    else if (!isSame) missed += 1;
  }
  sweep();
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
  return [
    {
      what: `single-bit flips, ${count(times)}: told / where nothing is kept / missed`,
      ours: `${count(told)} / ${count(times - told - missed)} / ${missed}`,
      floor: '',
      target: '0 missed',
      holds: missed === 0,
      broken: missed > 0,
    },
  ];
}
