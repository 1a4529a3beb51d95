import { writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { profileOf } from '../profiles/profiles.ts';
import { askDoor, tellDoor } from './ask.ts';
import { countCall } from './counting.ts';
import { readHook } from './hook.ts';

/**
 * Stands before an agent's tools: `guard.cjs PROFILE`, with the hook's JSON on standard input. It ends with 0 where
 * the tool may run, and with 2 and a sentence on standard error where it may not, whatever the reason: that is the
 * one answer every agent obeys. Without LOCKKEEPER_TOKEN and LOCKKEEPER_GUARD nobody works for
 * Lockkeeper here, and everything passes; the address alone is in every terminal of the window.
 */

/** Milliseconds. Shorter than any hook's own deadline: an agent whose hook is late goes on without it. */
const deadline = 4_000;
/** The same, where all that is to be said is that a call comes. */
const longestWord = 2_500;
const mostBytes = 67_108_864;
const mostPaths = 1_000;
const mostSentences = 5;

const {
  LOCKKEEPER_URL: address = '',
  LOCKKEEPER_TOKEN: token = '',
  LOCKKEEPER_GUARD: own = '',
} = process.env;
const profile = profileOf(process.argv[2]);

function allow(): never {
  process.exit(0);
}

function deny(sentence: string): never {
  const shown = sentence.replaceAll(/[^\P{Cc}\n]/gu, '?');
  say(2, `Lockkeeper: ${shown}\n`);
  if (profile?.no) say(1, `${JSON.stringify(profile.no(`Lockkeeper: ${shown}`))}\n`);
  process.exit(2);
}

/** Written at once. Where it cannot be (a full disk, nobody there to read), the exit code still says no. */
function say(stream: 1 | 2, text: string): void {
  try {
    writeSync(stream, text);
  } catch {
    return;
  }
}

const unsure = (why: string): never =>
  deny(`This tool may not run now, because ${why.replace(/\.$/, '')}. Nothing was changed.`);

async function main(): Promise<void> {
  countCall();
  const hooked = readHook(await standardInput(), homedir());
  if ('unclear' in hooked) return unsure(hooked.unclear);
  // It comes to the door itself, guarded or not: nothing that goes wrong here stops it.
  if (hooked.call !== undefined) {
    if (hooked.paths.length === 0) setTimeout(allow, longestWord);
    await tellDoor(address, token, hooked.call).catch(() => undefined);
  }
  if (hooked.paths.length === 0) return allow();
  if (hooked.paths.length > mostPaths)
    return unsure(`it changes more than ${mostPaths} files at once; change fewer`);
  const ruling = await askDoor(address, token, hooked);
  if (ruling.allowed) return allow();
  const more = ruling.sentences.length - mostSentences;
  const sentences = ruling.sentences.slice(0, mostSentences);
  return deny([...sentences, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n'));
}

/** By its events: to iterate over a stream takes milliseconds more to make ready. */
function standardInput(): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    process.stdin
      .on('data', (part: Buffer) => {
        parts.push(part);
        bytes += part.length;
        if (bytes > mostBytes) reject(new Error('the agent says more of its tool than can be read'));
      })
      .on('end', () => resolve(Buffer.concat(parts).toString('utf8')))
      .on('error', reject);
  });
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

if (token === '' && own === '') allow();
process.on('uncaughtException', (error) => unsure(`the guard broke (${wordsOf(error)})`));
setTimeout(() => unsure('Lockkeeper did not answer in time; try again in a moment'), deadline);
main().catch((error: unknown) => unsure(wordsOf(error)));
