import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Refusal } from '../../../src/contract/refusal.ts';
import type { Reply } from '../../../src/desk/command.ts';
import { git, write } from './given.ts';
import { dispatched, submitted, type GitHouse } from './house.ts';

const claimed = { high: 'claimed', normal: 'claimed', low: 'claimed' } as const;
/** What the worker claims is evidence enough. */
export const easy = (house: GitHouse): void => {
  house.workspace = { ...house.workspace, evidence: claimed };
};

/** A result of these changes that waits for its verdict, and where they were made. */
export async function inReview(
  top: string,
  mode: 'worktree' | 'shared',
  changes: Readonly<Record<string, string>>,
  settle: (house: GitHouse) => void = () => undefined,
  fault?: Parameters<typeof dispatched>[3],
): Promise<{ house: GitHouse; path: string }> {
  const given = await dispatched(
    top,
    mode,
    (house) => {
      easy(house);
      settle(house);
    },
    fault,
  );
  write(given.path, changes);
  await submitted(given.house, Object.keys(changes));
  return given;
}

export function refusalOf(reply: Reply): Refusal {
  assert.ok(!reply.ok, 'it was approved');
  return reply.refusal;
}

/** Branch, index, files and what of ours lies in the repository, as one text. */
export function standing(top: string): string {
  return [
    git(top, 'rev-parse', 'HEAD'),
    git(top, 'symbolic-ref', 'HEAD'),
    git(top, 'ls-files', '--stage'),
    git(top, 'status', '--porcelain', '--untracked-files=all'),
    git(top, 'diff'),
    git(top, 'for-each-ref'),
  ].join('\n');
}

export function hook(top: string, name: string, script: string): void {
  const file = join(top, '.git', 'hooks', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
