import type { Packet } from '../contract/packets.ts';
import { parseCommandLine } from './commandLine.ts';

export const byEye = /^by eye\s{0,3}:\s*/i;

/** A line of VERIFY by its number from 1: a command, or what is to be seen. */
export type VerifyEntry = { readonly line: number; readonly words: string } & (
  { readonly argv: readonly string[] } | { readonly seen: string } | { readonly why: string }
);

const longestWord = 4_000;
const mostWords = 200;

/** The lines of VERIFY of a packet that was taken, each one entry. */
export function verifyEntries(packet: Packet | undefined): readonly VerifyEntry[] {
  return (packet?.verify ?? []).map((words, index) => {
    const line = index + 1;
    if (byEye.test(words)) return { line, words, seen: words.replace(byEye, '') };
    const parsed = parseCommandLine(words);
    if ('why' in parsed) return { line, words, why: parsed.why };
    const { argv } = parsed;
    return argv.length > mostWords || argv.some((word) => word.length > longestWord)
      ? { line, words, why: 'it is longer than what can be started' }
      : { line, words, argv };
  });
}
