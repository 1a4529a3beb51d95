import { posix, win32 } from 'node:path';

/**
 * Why a text is no path that can be followed here, as a sentence; undefined where it is one. Absolute paths of this
 * machine are paths; those of another kind of machine, addresses and what only a shell reads are not.
 */
export function formFault(text: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (text.trim() === '') return 'The path is blank.';
  // eslint-disable-next-line no-control-regex -- what nobody sees hides which file is meant
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'The path holds control characters.';
  if (/^\\\\|^\/\/[?.]\//.test(text)) return 'A share or a device is no place in the workspace.';
  if (text.startsWith('~')) return '“~” is read by a shell only. Write the path out.';
  if (/^\/+(?:proc\/+(?:self|thread-self)|dev\/+fd)(?:\/|$)/.test(text))
    return 'It is another place to each program. Write the path as it is on the disk.';
  if (platform === 'win32') return windowsFault(text);
  if (/^[a-z]:(?:[\\/]|$)/i.test(text)) return 'A drive is no place on this machine.';
  if (!posix.isAbsolute(text) && /^[a-z][a-z\d+.-]*:/i.test(text)) return anAddress;
  return text.includes('\\') ? 'Write “/” between folders.' : undefined;
}

const anAddress = 'An address is no path. Write the path from the workspace folder.';

function windowsFault(text: string): string | undefined {
  const hasDrive = /^[a-z]:[\\/]/i.test(text);
  if (!hasDrive && /^[a-z]:/i.test(text)) return 'A path on a drive begins at its root.';
  const rest = hasDrive ? text.slice(2) : text;
  if (rest.includes(':')) return anAddress;
  const parts = rest.split(/[\\/]/).filter((part) => part !== '.' && part !== '..');
  if (parts.some((part) => /[. ]$/.test(part))) return 'Windows drops dots and blanks at the end of a name.';
  return win32.isAbsolute(text) && !hasDrive ? 'An absolute path names its drive.' : undefined;
}
