import type { Packet } from '../../../src/contract/packets.ts';

/** The files of the model: two in one folder, one in another, and one that no TODO is about. */
export const files = ['src/one/a.js', 'src/one/b.js', 'src/two/c.js', 'src/d.js'] as const;
export const [, shared, theirs, free] = files;

function packet(file: string, scope: readonly string[], notYourJob = 'docs/'): Packet {
  return {
    task: `Add ${file}`,
    scope: [...scope],
    notYourJob: [notYourJob],
    doneWhen: [`${file} exists`],
    verify: ['npm test'],
    priority: 'normal',
  };
}

const [first] = files;
/** The first TODO: its folder, or its folder without the file that the second may want. */
export const whole = packet(first, ['src/one/']);
export const cut = packet(first, ['src/one/'], shared);
/** The second: its own folder, or a file of the first one's with it. */
export const apart = packet(theirs, ['src/two/']);
export const meeting = packet(theirs, ['src/two/', shared]);
/** What a conflict leaves to do. */
export const settling = packet('src/one/settled.js', [shared]);

/** Whether an entry of the model, a file or a folder, holds a file: read by the model itself. */
export const covers = (entry: string, name: string): boolean =>
  entry === name || (entry.endsWith('/') && name.startsWith(entry));

export const reason = 'It is so';
export const regression = { command: 'npm test', result: 'all pass' };
