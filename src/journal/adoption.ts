import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { connectToWrite, kindOfError } from './connection.ts';
import { readHeadCopy } from './headCopy.ts';
import { look } from './look.ts';
import { openFile } from './opening.ts';
import type { Fault, Notice, Places, Unavailable } from './port.ts';
import { alone, move, nextNumber, syncFolder } from './repair.ts';
import { reasonOf, unavailable } from './wording.ts';

/** What opening finds here, it finds in the new place as well, with the ways out that belong to it. */
const movable = new Set(['rolled-back', 'replaced', 'newer-schema']);

/**
 * Moves a whole journal into the place of one without events, which is kept beside it; mends it before if need be.
 * Nothing is copied, so there is never a second one: a crash between two of the moves leaves the journal in its old
 * place or in its new one. Needs both places without a connection of ours. Answers why not, or nothing when done.
 */
export async function moveIn(
  from: Places,
  to: Places,
  { fault, notices }: { fault: Fault; notices: Notice[] },
): Promise<Unavailable | undefined> {
  try {
    if (!existsSync(from.file)) return unavailable('not-there', from.file);
    const { db, standing } = await openFile({ ...from, fault, accept: false, known: undefined, notices });
    db?.close();
    if (standing.kind !== 'open' && !movable.has(standing.reason.code)) return standing.reason;
    const done = await alone(to.file, () =>
      alone(from.file, async () => {
        const reason = (await whyNotTo(to)) ?? (standing.kind === 'open' ? whyNotFrom(from) : undefined);
        if (!reason) moveAll(from, to, fault);
        return { reason };
      }),
    );
    return done ? done.reason : unavailable('in-repair');
  } catch (error) {
    return reasonOf(error, from.file);
  }
}

async function whyNotTo({ file, headFile }: Places): Promise<Unavailable | undefined> {
  const found = await look(file);
  if (found.kind === 'sound' || found.kind === 'newer') found.db.close();
  const promised = readHeadCopy(headFile);
  const isEmpty = found.kind === 'absent' || (found.kind === 'sound' && found.head.seq === 0);
  return isEmpty && !(typeof promised === 'object' && promised.seq > 0)
    ? undefined
    : unavailable('not-empty');
}

/** Brings it into a single file, which SQLite does only where nobody else has it open. */
function whyNotFrom({ file }: Places): Unavailable | undefined {
  if (!existsSync(file)) return unavailable('not-there', file);
  const db = connectToWrite(file);
  try {
    db.exec('PRAGMA journal_mode = DELETE');
    return undefined;
  } catch (error) {
    if (kindOfError(error) === 'busy') return unavailable('in-use', file);
    throw error;
  } finally {
    db.close();
  }
}

function moveAll(from: Places, to: Places, fault: Fault): void {
  const aside = `${to.file}.empty-${nextNumber(to.file, 'empty')}`;
  for (const end of ['-wal', '-shm', '']) move(to.file + end, aside + end);
  fault('adopt:cleared');
  // Only one that is behind what was promised still has a write-ahead file; it must never meet another file.
  move(`${from.file}-wal`, `${to.file}-wal`);
  renameSync(from.file, to.file);
  fault('adopt:moved');
  if (existsSync(from.headFile)) renameSync(from.headFile, to.headFile);
  for (const { file } of [to, from]) syncFolder(dirname(file));
}
