/** What a person is told and asked of files that somebody owns. */
export const ownership = {
  owned: (who: string) => `Belongs to ${who}`,
  met: (name: string, who: string) =>
    `${name} belongs to ${who}. Two who write in one file undo each other’s work.`,
  unread: (entry: string, why: string, more: number) =>
    `“${entry}” in lockkeeper.criticalFiles protects nothing: ${why}${more === 0 ? '' : ` So do ${more} more.`}`,
  openSetting: 'Open the Setting',
  leave: 'Leave It to the Worker',
  undo: 'Undo My Edits',
  takeOver: 'Take It Over',
  coordinate: 'Coordinate',
  taken: 'at the keyboard.',
  typed: 'The user typed into the file at this editor.',
  saved: 'The user saved the file at this editor.',
  onDisk: 'The file was written on the disk, and nobody knows by whom.',
  written: (name: string, who: string | undefined) =>
    `${name} was written on the disk; it is ${who === undefined ? 'in no scope that is live' : `kept: ${who}`}.`,
  left: (name: string) => `Your edits to ${name} are undone.`,
  stillDirty: (name: string) => `The edits to ${name} are still there.`,
  unsaved: {
    prompt: (names: readonly string[]) =>
      `Not saved, and in the scope: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}. The worker would not see these edits, and one of you would undo the other’s.`,
    placeholder: 'What becomes of the unsaved edits?',
    wait: 'Wait: Send Nothing Now',
    save: 'Save Them, Then Dispatch',
    discard: 'Discard Them, Then Dispatch',
    exclude: 'Leave These Files out of the Scope, Then Dispatch',
    discarding: {
      question: 'Discard the unsaved edits?',
      yes: 'Discard Them',
      no: 'Keep Them',
    },
  },
} as const;
