import { acks, startWriter } from '../unit/journal/writer.ts';
import { newFolder, openIn, sweep } from '../unit/journal/folder.ts';
import { randomFrom } from '../unit/journal/bitFlips.ts';
import type { Effort, Figure } from './figure.ts';
import { count } from './numbers.ts';

const rowsACommand = 2;

/**
 * A writer is killed in the middle of its work again and again, on one file. What it had said yes to is there
 * afterwards, whole and once, and so is whatever else is there.
 */
export async function kills({ kills: times }: Effort): Promise<readonly Figure[]> {
  const random = randomFrom(7);
  const folder = newFolder();
  const acknowledged = new Set<string>();
  for (let n = 1; n <= times; n += 1) {
    const steps = [{ do: 'append', prefix: `k${n}-`, count: 100_000, perCommand: rowsACommand }] as const;
    const writer = startWriter(folder, { steps: [...steps] });
    const enough = 1 + random(60);
    await writer.line(() => acks(writer.lines).length >= enough);
    writer.process.kill('SIGKILL');
    await writer.ended;
    for (const command of acks(writer.lines)) acknowledged.add(command);
  }
  const journal = await openIn(folder);
  const found = new Map<string, number>();
  for (const { command } of journal.read(0)) found.set(command, (found.get(command) ?? 0) + 1);
  const isOpen = journal.standing.kind === 'open';
  sweep();
  const lost = [...acknowledged].filter((command) => (found.get(command) ?? 0) < rowsACommand).length;
  const odd = [...found.values()].filter((rows) => rows !== rowsACommand).length;
  const isRight = isOpen && lost === 0 && odd === 0;
  return [
    {
      what: `kill -9, ${count(times)} times in ${count(acknowledged.size)} acknowledged writes: lost / not whole and once`,
      ours: `${lost} / ${odd}${isOpen ? '' : ', and the journal did not open'}`,
      floor: '',
      target: '0 / 0',
      holds: isRight,
      broken: !isRight,
    },
  ];
}
