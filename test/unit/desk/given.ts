import assert from 'node:assert/strict';
import type { Act, ActName } from '../../../src/contract/acts.ts';
import { acts } from '../../../src/contract/acts.ts';
import type { Actor } from '../../../src/contract/actor.ts';
import type { Refusal } from '../../../src/contract/refusal.ts';
import type { Made } from '../../../src/core/decision.ts';
import type { Command, Reply } from '../../../src/desk/command.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { Replay } from '../../../src/desk/replay.ts';
import type { Journal, JournalOptions } from '../../../src/journal/port.ts';
import { openIn, type Folder } from '../journal/folder.ts';
import { measuring, wordsSuffice } from '../../rig/unchanged.ts';
import { packet } from '../core/drafts.ts';
import { user } from '../core/history.ts';

const open = new Set<Desk>();
let commands = 0;

/** A desk on a journal of its own connection to the file in this folder; its clock counts its askings. */
export async function deskIn(
  folder: Folder,
  options: Partial<JournalOptions> = {},
): Promise<{ desk: Desk; journal: Journal }> {
  const replay = new Replay();
  const journal = await openIn(folder, { reader: replay, ...options });
  let now = 1_000;
  const clock = (): number => (now += 1);
  const desk: Desk = new Desk(
    journal,
    clock,
    () => wordsSuffice,
    measuring(() => desk),
    replay.state,
  );
  open.add(desk);
  return { desk, journal };
}

/** For `afterEach`, before the journals are closed. */
export function closeDesks(): void {
  for (const desk of open) desk.dispose();
  open.clear();
}

export function command(
  given: { readonly type: ActName } & Record<string, unknown>,
  actor: Actor = user,
  id?: string,
): Command {
  const { type, ...rest } = given;
  commands += 1;
  return { id: id ?? `command ${commands}`, actor, act: { type, ...acts[type].parse(rest) } as Act };
}

export function made(reply: Reply): Made {
  assert.ok(reply.ok, reply.ok ? '' : `${reply.refusal.code}: ${reply.refusal.sentence}`);
  return reply.made;
}

export function refused(reply: Reply, code: string): Refusal {
  assert.ok(!reply.ok, `accepted, where ${code} was expected`);
  assert.equal(reply.refusal.code, code, reply.refusal.sentence);
  assert.ok(reply.refusal.sentence.length > 10 && reply.refusal.next.length > 3);
  return reply.refusal;
}

export const start = { type: 'start', objective: 'A gate that closes', constraints: [] } as const;

export function todo(n: number | string): { type: 'add-todo' } & Record<string, unknown> {
  return { type: 'add-todo', role: 'code', packet: packet(`Add the part number ${n}`) };
}
