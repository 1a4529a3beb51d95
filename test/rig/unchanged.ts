import type { ActName } from '../../src/contract/acts.ts';
import type { ChangeSeen, MergeOutlook } from '../../src/core/change.ts';
import type { State } from '../../src/core/state.ts';
import { at } from '../../src/core/table.ts';
import { plainWorkspace, type Workspace } from '../../src/core/workspace.ts';
import type { Preparations } from '../../src/desk/preparing.ts';

/** What an approval binds to where nothing changed. */
export const shown = 'c'.repeat(64);

/** A worker's words are evidence enough. */
export const wordsSuffice: Workspace = {
  ...plainWorkspace,
  evidence: { high: 'claimed', normal: 'claimed', low: 'claimed' },
};

/** Measured of a result: no file changed, and so it merges. For a test in which no repository is at stake. */
export function unchanged(
  state: State,
  act: { readonly type: ActName },
  merge: MergeOutlook = { kind: 'clean' },
): { readonly change?: ChangeSeen } {
  if (act.type !== 'approve' || !('result' in act)) return {};
  const result = Number(act.result);
  const measured = {
    result,
    epoch: at(state.results, result)?.epoch ?? 1,
    where: 'worktree',
    base: 'a'.repeat(40),
    tree: 'b'.repeat(40),
    shown,
    files: [],
    unsaid: [],
    unchanged: [],
    merge,
  } as const;
  return { change: { measured } };
}

/** For a desk without a repository: what each approval is about was measured, and changed nothing. */
export function measuring(desk: () => { readonly state: State }): Preparations {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    approve: {
      turn: 'approve',
      measure: ({ act }) => Promise.resolve(unchanged(desk().state, act)),
      prepare: () => Promise.resolve({ keep: nothing, undo: nothing }),
    },
  };
}
