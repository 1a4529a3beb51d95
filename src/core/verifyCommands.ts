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
    return { line: index + 1, words, ...readCommand(words) };
  });
}

/** What is to be run, or seen by eye, or why it cannot be run. */
export function readCommand(
  words: string,
): { readonly argv: readonly string[] } | { readonly seen: string } | { readonly why: string } {
  if (byEye.test(words)) return { seen: words.replace(byEye, '') };
  const parsed = parseCommandLine(words);
  if ('why' in parsed) return { why: parsed.why };
  const { argv } = parsed;
  return argv.length > mostWords || argv.some((word) => word.length > longestWord)
    ? { why: 'it is longer than what can be started' }
    : { argv };
}
