/**
 * A process of its own that opens a journal and does what its one argument, a JSON `Orders`, says. Each line it
 * prints is JSON and is out before the next step. It goes on to the next order of a list after each line on stdin
 * only where an order says `wait`.
 */
import { rmSync, writeFileSync, writeSync } from 'node:fs';
import type { Fault, FaultPoint, Journal } from '../../../src/journal/port.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';
import { newRow, receiptOf } from './folder.ts';

export interface Orders {
  file: string;
  headFile: string;
  /** Die by SIGKILL at the nth passing of this point. */
  dieAt?: { point: FaultPoint; nth: number };
  /** Stop by SIGSTOP at the nth passing of this point, until somebody sends SIGCONT. */
  stopAt?: { point: FaultPoint; nth: number };
  /** Become an account without rights, where this one may do all. */
  asNobody?: boolean;
  steps: Step[];
}

export type Step =
  | { do: 'append'; prefix: string; count: number; perCommand?: number; padding?: number }
  | { do: 'lease'; port: number }
  | { do: 'write'; path: string; bytes: number }
  | { do: 'remove'; path: string }
  | { do: 'adopt'; file: string; headFile: string }
  | { do: 'wait' }
  | { do: 'die' }
  | { do: 'close' };

const orders = JSON.parse(process.argv[2] ?? '') as Orders;

function say(line: unknown): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

function faultOf({ dieAt, stopAt }: Orders): Fault {
  let passed = 0;
  return (point) => {
    if (point === stopAt?.point && ++passed === stopAt.nth) {
      say({ stopping: true });
      process.kill(process.pid, 'SIGSTOP');
      // The signal may take a moment; nothing may happen in it.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
    if (point !== dieAt?.point || ++passed !== dieAt.nth) return;
    process.kill(process.pid, 'SIGKILL');
    // The signal may take a moment; nothing may happen in it.
    for (;;);
  };
}

async function append(journal: Journal, step: Step & { do: 'append' }): Promise<void> {
  for (let index = 1; index <= step.count; index++) {
    const command = `${step.prefix}${index}`;
    const text = `text of ${command}`.padEnd(step.padding ?? 0, '.');
    const rows = Array.from({ length: step.perCommand ?? 1 }, () => newRow(command, text));
    for (;;) {
      const outcome = journal.append(journal.head(), rows, [receiptOf(command)]);
      if (outcome.kind === 'kept') say({ ack: command, head: outcome.head });
      if (outcome.kind === 'refused') say({ refused: command, code: outcome.reason.code });
      if (outcome.kind === 'kept' || outcome.kind === 'refused') break;
      if (journal.receipt(command)) {
        say({ again: command });
        break;
      }
      if (outcome.kind === 'moved') journal.read(journal.head());
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

if (orders.asNobody && process.getuid?.() === 0) process.setuid?.(65534);
const { file, headFile } = orders;
const journal = await openJournal({ file, headFile, fault: faultOf(orders) });
say({ opened: journal.standing, head: journal.head() });
const lines = process.stdin[Symbol.asyncIterator]();
for (const step of orders.steps) {
  switch (step.do) {
    case 'append':
      await append(journal, step);
      break;
    case 'lease':
      say({ lease: journal.lease.take({ pid: process.pid, startedAt: 1, port: step.port }, Date.now()) });
      break;
    case 'write':
      try {
        writeFileSync(step.path, Buffer.alloc(step.bytes, 'x'));
      } catch (error) {
        say({ failed: (error as NodeJS.ErrnoException).code });
      }
      break;
    case 'remove':
      rmSync(step.path);
      break;
    case 'adopt':
      say({ adopted: await journal.adopt(step) });
      break;
    case 'wait':
      say({ waiting: true });
      await lines.next();
      break;
    case 'die':
      process.kill(process.pid, 'SIGKILL');
      for (;;);
    case 'close':
      journal.close();
      break;
  }
}
say({ done: true, standing: journal.standing });
process.exit(0);
