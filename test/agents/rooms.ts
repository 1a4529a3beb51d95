import assert from 'node:assert/strict';
import { accessSync, constants, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepBonds, type Bonds } from '../../src/agents/bonds.ts';
import { openDoor, type Door, type DoorLog } from '../../src/agents/endpoint.ts';
import { copyProgram, guardCopyIn } from '../../src/agents/launch/guardCopy.ts';
import { openHandover, type Handover } from '../../src/agents/launch/handover.ts';
import { createPresence, type Presence } from '../../src/agents/presence.ts';
import { toolCallsIn, type ToolCalls } from '../../src/agents/toolCalls.ts';
import { buildGuard } from '../../.tools/build.mjs';
import { Ground } from '../unit/git/given.ts';
import { GitHouse } from '../unit/git/house.ts';
import type { RealAgent } from './agents.ts';
import { ScriptedModel } from './model/script.ts';

/** What a workshop stands on. */
export interface Rooms {
  readonly ground: Ground;
  readonly top: string;
  readonly model: ScriptedModel;
  readonly house: GitHouse;
  readonly presence: Presence;
  readonly toolCalls: ToolCalls;
  readonly bonds: Bonds;
  readonly door: Door;
  readonly openAt: (port: number) => Promise<Door>;
  readonly handover: Handover;
  /** The program of the guard. */
  readonly guard: string;
  /** Where a worker finds what is written for it. */
  readonly own: string;
  readonly logged: string[];
  readonly log: DoorLog;
  /** What editors hold and the disk does not, by path. */
  readonly unsaved: Map<string, string>;
}

export async function openRooms(agent: RealAgent, files: Readonly<Record<string, string>>): Promise<Rooms> {
  const ground = new Ground();
  await ground.open();
  const top = ground.repository(files);
  const model = new ScriptedModel(agent.dialect);
  await model.open();
  const house = await GitHouse.open(top);
  const { worktrees, reviews } = house.outside;
  const logged: string[] = [];
  const unsaved = new Map<string, string>();
  const say = (text: string): void => void logged.push(text);
  const log = { info: say, warn: say };
  const toolCalls = toolCallsIn(join(dirname(top), 'calls'));
  const presence = createPresence({ desk: house.desk, clock: Date.now, silentAfter: () => 300, toolCalls });
  const bonds = keepBonds(Date.now, presence.lastContact);
  const openAt = (port: number): Promise<Door> =>
    openDoor({
      port,
      desk: house.desk,
      clock: Date.now,
      log,
      onContact: presence.contact,
      onStranger: bonds.turnedAway,
      onCall: bonds.called,
      folders: () => house.folders,
      workFolders: (dispatch) => worktrees.folders(dispatch),
      names: (path, from, worker) => worktrees.names(path, from, worker),
      changeOf: (result) => reviews.measure(result),
      own: () => [join(dirname(top), 'own')],
      unsaved: (path) => unsaved.get(path),
    });
  const door = await openAt(0);
  const own = await mkdtemp(join(privateFolder(), '.lockkeeper-test-'));
  const built = join(ground.folder, 'built');
  await buildGuard(built);
  const guard = guardCopyIn(built);
  await copyProgram(join(built, 'guard.js'), guard);
  const handover = await openHandover();
  return {
    ground,
    top,
    model,
    house,
    presence,
    toolCalls,
    bonds,
    door,
    openAt,
    handover,
    guard,
    own,
    logged,
    log,
    unsaved,
  };
}

/** Before a test puts another one in its place. */
const personsHome = homedir();
const root = fileURLToPath(new URL('../..', import.meta.url));

/** There are agents that read nothing below a folder that others may write in, as the one for temporary files. */
function privateFolder(): string {
  const isPrivate = (folder: string): boolean =>
    (statSync(folder).mode & 0o002) === 0 && (dirname(folder) === folder || isPrivate(dirname(folder)));
  const isOurs = (folder: string): boolean => {
    try {
      accessSync(folder, constants.W_OK);
      return isPrivate(folder);
    } catch {
      return false;
    }
  };
  // HOME may be a folder for temporary files; the system knows the home of an account besides.
  const fit = [personsHome, root, userInfo().homedir, '/var/lib', '/'].find(isOurs);
  return fit ?? assert.fail('There is no folder to write in that is kept from others.');
}
