import { refusal } from '../../contract/refusal.ts';

export const standing = {
  opened: 'The sync status is open; it follows the work.',
  copied: 'The sync status is on the clipboard.',
  title: 'Open the Task of a Worker',
  which: 'Whose task?',
  openedTask: (who: string) => `The task of ${who} is open; it follows the work.`,
} as const;

export const noWorker = refusal(
  'unknown-worker',
  'There is no such worker.',
  'Add a worker, or name another.',
);
