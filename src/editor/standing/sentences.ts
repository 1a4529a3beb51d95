export const standing = {
  opened: 'The sync status is open; it follows the work.',
  copied: 'The sync status is on the clipboard.',
} as const;
