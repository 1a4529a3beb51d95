import type { ChangedFile, Measured } from '../../../src/core/change.ts';

export function changed(path: string, more: Partial<ChangedFile> = {}): ChangedFile {
  return {
    name: path,
    path,
    how: 'changed',
    kind: 'file',
    mode: { old: '100644', new: '100644' },
    binary: false,
    added: 1,
    removed: 0,
    ...more,
  };
}

/** What was shown of result 1 by default: one file in the scope of `packet`, which merges. */
export function seen(more: Partial<Measured> = {}): { readonly measured: Measured } {
  return {
    measured: {
      result: 1,
      epoch: 1,
      where: 'worktree',
      base: 'a'.repeat(40),
      tree: 'b'.repeat(40),
      shown: 'c'.repeat(64),
      files: [changed('src/gate.js')],
      unsaid: [],
      unchanged: [],
      merge: { kind: 'clean' },
      ...more,
    },
  };
}
