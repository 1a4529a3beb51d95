import { plural } from '../prompts.ts';

/** What the person reads where a worktree is removed. */
export const removal = {
  title: 'Remove a Worktree',
  which: 'Worktrees whose dispatch is over',
  none: 'No worktree is left behind.',
  noneNext: 'One that a worker is at work in goes when its result is approved.',
  unknown: 'This worktree is not there, or a worker is at work in it.',
  holds: (worker: string, todo: number, files: number, commits: number) =>
    `${worker}, TODO ${todo}: ${
      files + commits === 0
        ? 'nothing that is not elsewhere'
        : `${plural(files, 'file')} not committed, ${plural(commits, 'commit')} of its own`
    }`,
  confirm: (id: string) => ({
    question: `Remove the worktree ${id} with the work in it?`,
    yes: 'Remove It',
    no: 'Keep It',
  }),
  detail: (files: number, commits: number, branch: string) =>
    [
      ...(files > 0 ? [`${plural(files, 'file')} not committed there: lost.`] : []),
      ...(commits > 0 ? [`${plural(commits, 'commit')} of its own: kept on the branch ${branch}.`] : []),
    ].join(' '),
  done: (id: string) => `The worktree ${id} is removed.`,
} as const;
