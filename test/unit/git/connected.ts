import assert from 'node:assert/strict';
import { join } from 'node:path';
import { connecting } from '../../../src/agents/connect/changes.ts';
import { withTexts, writeAll } from '../../../src/agents/connect/files.ts';
import { hookCommand } from '../../../src/agents/launch/guardCopy.ts';
import { otherOf } from '../../../src/agents/profiles/other.ts';
import { profileOf } from '../../../src/agents/profiles/profiles.ts';
import { connectWorktree } from '../../../src/composeConnected.ts';
import type { Refusal } from '../../../src/contract/refusal.ts';
import { at } from '../../../src/core/table.ts';
import type { GitHouse } from './house.ts';

export const guard = '/own/guard.cjs';
export const door = 'http://127.0.0.1:4711/mcp';

/** Connects an agent in a folder, as after the person's yes. */
export async function connect(folder: string, id: string, url = door): Promise<void> {
  const profile = profileOf(id) ?? otherOf(id) ?? assert.fail(id);
  const facts = { url, hook: hookCommand(id, { runtime: process.execPath, guard }) };
  const homes = { folder, home: join(folder, 'none'), own: folder };
  const changes = await withTexts((look) => connecting(profile, facts, homes, look));
  assert.ok(!('why' in changes), JSON.stringify(changes));
  assert.equal(await writeAll(changes, [folder]), undefined);
}

/** Puts what connects the agents of the open folder into the worktree of a dispatch, as when its terminal opens. */
export function put(
  house: GitHouse,
  more: { url?: string; isTrusted?: boolean; guard?: string; others?: readonly string[] } = {},
  dispatch = 1,
): Promise<Refusal | undefined> {
  const { url = door, isTrusted = true } = more;
  return connectWorktree(
    {
      guard: more.guard ?? guard,
      stdio: '',
      others: () => more.others ?? [],
      url: () => url,
      isTrusted: () => isTrusted,
      folders: () => house.folders,
      workspace: () => house.workspace,
      worktrees: house.outside.worktrees,
    },
    at(house.desk.state.dispatches, dispatch) ?? assert.fail(),
  );
}
