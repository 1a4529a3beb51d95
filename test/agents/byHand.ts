import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import {
  connecting,
  disconnecting,
  type FileChange,
  type Homes,
  type Refused,
} from '../../src/agents/connect/changes.ts';
import type { Facts } from '../../src/agents/connect/filled.ts';
import { profileOf } from '../../src/agents/profiles/profiles.ts';
import type { RealAgent } from './agents.ts';

/** The environment of a person who has set nothing. */
export function plainEnvironment(home: string): Readonly<Record<string, string>> {
  const PATH = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
  return { PATH, HOME: home };
}

/** Writes what connecting it writes, or takes it out, as after the person's yes; all of it or one part. */
export function configure(
  { id }: RealAgent,
  how: 'connect' | 'disconnect',
  facts: Facts,
  homes: Homes,
  part?: 'hook',
): readonly FileChange[] {
  const known = profileOf(id) ?? assert.fail(id);
  const profile = { entries: known.entries.filter(({ what }) => part === undefined || what === part) };
  const read = (path: string): string | undefined =>
    existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const change = how === 'connect' ? connecting : disconnecting;
  const changes: readonly FileChange[] | Refused = change(profile, facts, homes, read);
  assert.ok(!('why' in changes), JSON.stringify(changes));
  for (const { path, after } of changes) {
    mkdirSync(dirname(path), { recursive: true });
    if (after === undefined) rmSync(path);
    else writeFileSync(path, after);
  }
  return changes;
}

/** Runs the agent as a person does in a terminal, to its end, and gives what it printed. */
export async function startByHand(
  { program }: RealAgent,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)));
  await once(child, 'close');
  return said;
}
