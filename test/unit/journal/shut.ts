import assert from 'node:assert/strict';
import type { Journal, Standing } from '../../../src/journal/port.ts';
import { appendAll, names, newFolder, newRow, openIn } from './folder.ts';
import type { Folder } from './folder.ts';

export function codeOf(standing: Standing): string {
  return standing.kind === 'open' ? 'open' : `${standing.kind} ${standing.reason.code}`;
}

export async function folderWith(count: number): Promise<Folder> {
  const folder = newFolder();
  const journal = await openIn(folder);
  appendAll(journal, names('a', count));
  journal.close();
  return folder;
}

/** Only looks: everything that writes is refused, with words, and nothing throws. */
export function checkShut(journal: Journal): void {
  const { standing } = journal;
  assert.ok(standing.kind !== 'open');
  assert.ok(standing.reason.sentence.length > 20 && standing.reason.next.length > 20);
  assert.deepEqual(journal.append(journal.head(), [newRow('x')], []), {
    kind: 'refused',
    reason: standing.reason,
  });
  assert.deepEqual(journal.lease.take({ pid: process.pid, startedAt: 1, port: 1 }, 1), {
    kind: 'refused',
    reason: standing.reason,
  });
  assert.equal(journal.lease.holder(1), undefined);
  assert.equal(journal.receipt('x'), undefined);
}
