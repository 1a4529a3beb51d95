import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Act } from '../../../src/contract/acts.ts';
import type { Actor } from '../../../src/contract/actor.ts';
import type { PacketDraft } from '../../../src/contract/packets.ts';
import { hashToken, mintToken, tokenLifetime } from '../../../src/agents/credentials.ts';
import { openDoor, type Door, type DoorOptions } from '../../../src/agents/endpoint.ts';
import type { Made } from '../../../src/core/decision.ts';
import { Desk } from '../../../src/desk/desk.ts';
import type { Journal, JournalOptions } from '../../../src/journal/port.ts';
import type { Workspace } from '../../../src/core/workspace.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';
import { measuring, wordsSuffice } from '../../rig/unchanged.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';

/** A real journal in a real file, a desk on it and an open door. The clock can be set forward. */
export interface House {
  readonly folder: string;
  readonly journal: Journal;
  readonly desk: Desk;
  readonly door: Door;
  readonly logged: string[];
  readonly contacts: number[];
  now: number;
  act(act: Act, actor?: Actor): Promise<Made>;
  addWorker(name: string, role?: string): Promise<{ worker: number; token: string }>;
  lendSeat(): Promise<string>;
  close(): Promise<void>;
}

export const user: Actor = { seat: 'user' };

export async function openHouse(
  options: Partial<DoorOptions> = {},
  journalOptions: Partial<JournalOptions> = {},
  workspace: Workspace = wordsSuffice,
): Promise<House> {
  const folder = await temporaryFolder('door');
  const journal = await openJournal({
    file: join(folder, 'journal.db'),
    headFile: join(folder, 'head', 'head.json'),
    ...journalOptions,
  });
  const logged: string[] = [];
  const contacts: number[] = [];
  const desk: Desk = new Desk(
    journal,
    () => house.now,
    () => workspace,
    measuring(() => desk),
  );
  const say = (message: string): void => void logged.push(message);
  const door = await openDoor({
    desk,
    clock: () => house.now,
    log: { info: say, warn: say },
    onContact: (bearer) => bearer !== 'orchestrator' && contacts.push(bearer),
    callsPerSecond: 5_000,
    ...options,
  });
  const house: House = {
    folder,
    journal,
    desk,
    door,
    logged,
    contacts,
    now: Date.now(),
    async act(act, actor = user) {
      const reply = await desk.submit({ id: randomUUID(), actor, act });
      if (!reply.ok) throw new Error(`${act.type}: ${reply.refusal.code}: ${reply.refusal.sentence}`);
      return reply.made;
    },
    async addWorker(name, role = 'any') {
      const token = mintToken();
      const made = await house.act({
        type: 'add-worker',
        name,
        role,
        runs: { kind: 'rehearsal' },
        tokenHash: hashToken(token),
        expires: house.now + tokenLifetime,
      });
      return { worker: made.worker ?? 0, token };
    },
    async lendSeat() {
      const token = mintToken();
      await house.act({ type: 'lend-seat', tokenHash: hashToken(token), expires: house.now + tokenLifetime });
      return token;
    },
    async close() {
      await door.close();
      desk.dispose();
      journal.close();
      await removeFolder(folder);
    },
  };
  return house;
}

export function packetFor(task: string, file = 'src/a.ts'): PacketDraft {
  return {
    task,
    scope: [file],
    notYourJob: ['The release notes stay as they are.'],
    doneWhen: [`\`${file}\` exports the function \`total\`.`],
    verify: ['npm test'],
    priority: 'normal',
  };
}

/** The same as it goes over the wire. */
export function wirePacketFor(task: string, file = 'src/a.ts'): Record<string, unknown> {
  const { notYourJob, doneWhen, ...rest } = packetFor(task, file);
  return { ...rest, not_your_job: notYourJob, done_when: doneWhen };
}

/** An orchestration with one released step of these tasks, as the user makes it. */
export async function beginStep(house: House, tasks: readonly string[], scope?: string): Promise<void> {
  await house.act({
    type: 'start',
    objective: 'Sum the totals',
    constraints: [],
    mode: 'orchestrator-first',
  });
  await house.act({
    type: 'add-step',
    title: 'Totals',
    role: 'any',
    tasks: tasks.map((task) => ({ ...packetFor(task), ...(scope === undefined ? {} : { scope: [scope] }) })),
  });
  await house.act({ type: 'release' });
}
