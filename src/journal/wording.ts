import { kindOfError, wordsOf } from './connection.ts';
import type { Notice, NoticeCode, Unavailable, UnavailableCode } from './port.ts';

const TRY_AGAIN = 'Reload the window; the history is checked before anything is written.';

const WORDS: Record<UnavailableCode, { sentence: string; next: string }> = {
  'io-error': {
    sentence:
      'Reading or writing the history on disk failed, so nothing more is accepted until it was checked.',
    next: 'Look at the disk that holds the workspace storage, then reopen the journal.',
  },
  'disk-full': {
    sentence: 'The disk is full. Nothing was changed.',
    next: 'Free some space and do it again; nothing else is needed.',
  },
  damaged: {
    sentence: 'The history on disk is damaged, so nothing more is accepted until it was mended.',
    next: 'Close other windows of this folder, then reopen the journal: what can be read is kept, the damaged file too.',
  },
  replaced: {
    sentence: 'The history on disk is not the one that was written here: another file is in its place.',
    next: 'Put the right file back and reopen, or accept the file as it is.',
  },
  'rolled-back': {
    sentence: 'The history on disk is older than what was already acknowledged.',
    next: 'Put the newer file back and reopen, or accept the file as it is and lose the missing events.',
  },
  'newer-schema': {
    sentence: 'This history was written by a newer version of Lockkeeper, so it is only shown here.',
    next: 'Update Lockkeeper and reload the window.',
  },
  'old-sqlite': {
    sentence:
      'The SQLite inside this VS Code can damage files that two windows share, so nothing is written.',
    next: 'Update VS Code to 1.125 or newer.',
  },
  unreadable: {
    sentence: 'The history cannot be opened.',
    next: 'Make the path below a file this account may read and write, then reopen the journal.',
  },
  'not-writable': {
    sentence: 'The history can be read but not written.',
    next: 'Give this account the right to write the file, the -wal and -shm files beside it and their folder, then reopen.',
  },
  'in-repair': {
    sentence: 'The history is being checked or mended, here or in another window.',
    next: TRY_AGAIN,
  },
  unkeepable: {
    sentence: 'The event cannot be kept as it is.',
    next: 'Correct what the detail names and do it again.',
  },
  'not-empty': {
    sentence: 'This folder has a history of its own, and two histories do not become one.',
    next: 'Give the folder a name that it has not had, open it there, where it has no history yet, and adopt the other one.',
  },
  'not-there': {
    sentence: 'The journal is not in its old place any more: another folder may have adopted it.',
    next: 'Look for one to adopt once more.',
  },
  'in-use': {
    sentence: 'The journal is open in another window, on the folder under its old name.',
    next: 'Close that window, then adopt the journal.',
  },
  closed: { sentence: 'The journal is closed.', next: TRY_AGAIN },
};

export function unavailable(code: UnavailableCode, detail?: string): Unavailable {
  return { code, ...WORDS[code], ...(detail === undefined ? {} : { detail }) };
}

export function behind(missing: number): Unavailable {
  const reason = unavailable('rolled-back');
  const events =
    missing === 1 ? '1 event that was acknowledged is' : `${missing} events that were acknowledged are`;
  return { ...reason, sentence: `${reason.sentence} ${events} missing.` };
}

/** The reason that an error amounts to; `readOnlyAs` for one that only says no to writing. */
export function reasonOf(
  error: unknown,
  file: string,
  readOnlyAs: UnavailableCode = 'unreadable',
): Unavailable {
  const detail = `${file}: ${wordsOf(error)}`;
  switch (kindOfError(error)) {
    case 'full':
      return unavailable('disk-full', detail);
    case 'damaged':
      return unavailable('damaged', detail);
    case 'read-only':
      return unavailable('not-writable', detail);
    case 'busy':
    case 'cannot-open':
      return unavailable(readOnlyAs, detail);
    case 'io':
      return unavailable('io-error', detail);
  }
}

const FOUND: Record<NoticeCode, string> = {
  'set-aside':
    'The history on disk was damaged. The damaged file was set aside and what could be read is in use again.',
  'rolled-back':
    'The history on disk is older than what was already acknowledged; nothing is written until you decide.',
  replaced: 'The history on disk is not the one written here before; nothing is written until you decide.',
  accepted: 'The history on disk was accepted as it is.',
  'read-anew': 'The history on disk was changed or mended meanwhile; it was read again from its beginning.',
  'head-copy-unreadable':
    "The copy of the history's end could not be read, so it could not be told whether events are missing.",
  'head-copy-unwritable':
    "The copy of the history's end cannot be written: events are safe, but a file put back later would not be seen.",
};

export interface Particulars {
  keptAs?: string | undefined;
  dropped?: { from: number; to: number } | undefined;
}

export function notice(code: NoticeCode, { keptAs, dropped }: Particulars = {}): Notice {
  const parts = [FOUND[code]];
  if (dropped) {
    const { from, to } = dropped;
    parts.push(from === to ? `Event ${from} is missing.` : `Events ${from} to ${to} are missing.`);
  } else if (code === 'set-aside') {
    parts.push('No event is missing.');
  }
  if (keptAs !== undefined) parts.push(`The old file is kept as ${keptAs}.`);
  return {
    code,
    sentence: parts.join(' '),
    ...(keptAs === undefined ? {} : { keptAs }),
    ...(dropped === undefined ? {} : { dropped }),
  };
}

/** What was said already is not said again: an opening may be repeated many times. */
export function tell(notices: Notice[], next: Notice): void {
  if (!notices.some(({ sentence }) => sentence === next.sentence)) notices.push(next);
}
