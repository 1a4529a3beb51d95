import { readGit } from './git.ts';

type Bytes = Uint8Array | undefined;

interface Asked {
  readonly name: string;
  readonly answer: (bytes: Bytes) => void;
}

/** What is asked of one process: a change is opened with all its files at once, and each may be large. */
const mostAtOnce = 50;

const queues = new Map<string, Asked[]>();

/** What a file holds in a tree that git knows, as bytes; undefined where it is not there, or no file. */
export function contentOf(folder: string, tree: string, path: string): Promise<Bytes> {
  const name = `${tree}:${path}`;
  // The process that reads many takes each from a line.
  if (path.includes('\n')) return alone(folder, name);
  return new Promise((answer) => {
    const queue = queues.get(folder);
    if (queue) {
      queue.push({ name, answer });
      return;
    }
    const begun = [{ name, answer }];
    queues.set(folder, begun);
    setImmediate(() => void serve(folder, begun));
  });
}

async function serve(folder: string, queue: Asked[]): Promise<void> {
  for (let asked = queue.splice(0, mostAtOnce); asked.length > 0; asked = queue.splice(0, mostAtOnce)) {
    const [one] = asked;
    if (asked.length === 1 && one) one.answer(await alone(folder, one.name));
    else await together(folder, asked);
  }
  queues.delete(folder);
}

async function alone(folder: string, name: string): Promise<Bytes> {
  const answer = await readGit(folder, ['cat-file', 'blob', name], { isBytes: true });
  return answer.ok ? Buffer.from(answer.text, 'latin1') : undefined;
}

async function together(folder: string, asked: readonly Asked[]): Promise<void> {
  const input = asked.map(({ name }) => `${name}\n`).join('');
  const read = await readGit(folder, ['cat-file', '--batch'], { isBytes: true, input });
  // Too much for one answer, or one of them cannot be read.
  if (!read.ok) {
    for (const { name, answer } of asked) answer(await alone(folder, name));
    return;
  }
  let at = 0;
  for (const { answer } of asked) {
    const end = read.text.indexOf('\n', at);
    const [, kind, length] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(read.text.slice(at, end)) ?? [];
    at = end + 1;
    if (length === undefined) {
      answer(undefined);
      continue;
    }
    answer(kind === 'blob' ? Buffer.from(read.text.slice(at, at + Number(length)), 'latin1') : undefined);
    at += Number(length) + 1;
  }
}
