/**
 * A process of its own with a desk on a journal. It submits each command of its one argument, a JSON `DeskOrders`,
 * prints each answer as a line of JSON, and dies by SIGKILL at the nth passing of a fault point.
 */
import { writeSync } from 'node:fs';
import type { Command } from '../../../src/desk/command.ts';
import { Desk } from '../../../src/desk/desk.ts';
import type { FaultPoint } from '../../../src/journal/port.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';
import { measuring, wordsSuffice } from '../../rig/unchanged.ts';

export interface DeskOrders {
  file: string;
  headFile: string;
  dieAt?: { point: FaultPoint; nth: number };
  commands: readonly Command[];
}

const { file, headFile, dieAt, commands } = JSON.parse(process.argv[2] ?? '') as DeskOrders;
let passed = 0;
const journal = await openJournal({
  file,
  headFile,
  fault(point) {
    if (point !== dieAt?.point || ++passed !== dieAt.nth) return;
    process.kill(process.pid, 'SIGKILL');
    // The signal may take a moment; nothing may happen in it.
    for (;;);
  },
});
const desk: Desk = new Desk(
  journal,
  Date.now,
  () => wordsSuffice,
  measuring(() => desk),
);
for (const command of commands)
  writeSync(1, `${JSON.stringify({ command: command.id, reply: await desk.submit(command) })}\n`);
desk.dispose();
journal.close();
