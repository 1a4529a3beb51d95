import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Uri } from 'vscode';
import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import type { State } from '../../src/core/state.ts';
import type { Workspace } from '../../src/core/workspace.ts';
import { Desk } from '../../src/desk/desk.ts';
import { placesOf, type Places } from '../../src/editor/storage.ts';
import { openJournal } from '../../src/journal/sqlite.ts';
import { measuring, wordsSuffice } from '../rig/unchanged.ts';
import { until } from '../rig/until.ts';
import { journalsOf } from './journal.ts';

/** Where the journal of the one window of a server stands, once it is there. */
export async function journalPlace(userData: string): Promise<Places> {
  const [file = ''] = await until(
    () => journalsOf(userData),
    (files) => files.length === 1,
  );
  const uri = (fsPath: string): Uri => ({ fsPath }) as Uri;
  return placesOf(uri(dirname(file)), uri(join(userData, 'User/globalStorage/lockkeeper.lockkeeper')));
}

/** A desk on the journal of a window, beside it: what an agent, or another window, does. */
export interface DeskBeside {
  readonly state: State;
  does(actor: Actor, act: Act): Promise<void>;
  /** Tries what is refused, and gives the code. */
  tries(actor: Actor, act: Act): Promise<string>;
  close(): void;
}

export async function deskBeside(
  place: Places,
  folders: readonly string[] = [],
  more: Partial<Workspace> = {},
): Promise<DeskBeside> {
  const journal = await openJournal(place);
  const desk: Desk = new Desk(
    journal,
    Date.now,
    () => ({ ...wordsSuffice, folders, ...more }),
    measuring(() => desk),
  );
  return {
    get state() {
      return desk.state;
    },
    does: async (actor, act) => {
      const reply = await desk.submit({ id: randomUUID(), actor, act });
      assert.ok(reply.ok, JSON.stringify(reply));
    },
    tries: async (actor, act) => {
      const reply = await desk.submit({ id: randomUUID(), actor, act });
      return reply.ok ? 'accepted' : reply.refusal.code;
    },
    close: () => {
      desk.dispose();
      journal.close();
    },
  };
}
