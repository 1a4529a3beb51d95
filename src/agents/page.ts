import { refusal } from '../contract/refusal.ts';
import type { Answer } from './answer.ts';

/** How long one page may be, in bytes of its answer; what wraps it on the wire needs the rest of 32 kB. */
const longestPage = 30_000;
const usualLimit = 100;

/** One entry of a list: a line for the model and the same as data. */
export interface Entry {
  readonly key: number;
  readonly line: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface PageInput {
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

/** One page of a list whose entries are made only as far as they fit. `keys` are in the order of the list. */
export function pageOf(
  name: string,
  keys: readonly number[],
  input: PageInput,
  entryOf: (key: number) => Entry | undefined,
  last: string,
): Answer {
  const start = input.after === undefined ? 0 : keys.indexOf(input.after) + 1;
  if (input.after !== undefined && start === 0) {
    return {
      refusal: refusal(
        'page-gone',
        `${input.after} is not on the list any more.`,
        'Begin again without `after`.',
      ),
    };
  }
  const entries: Entry[] = [];
  let bytes = 0;
  let index = start;
  for (; index < keys.length && entries.length < (input.limit ?? usualLimit); index += 1) {
    const key = keys[index];
    const entry = key === undefined ? undefined : entryOf(key);
    if (!entry) continue;
    bytes += bytesOf(entry);
    if (bytes > longestPage && entries.length > 0) break;
    entries.push(entry);
  }
  const next = index < keys.length ? entries.at(-1)?.key : undefined;
  const more = next === undefined ? last : `there is more: call again with after ${next}.`;
  return {
    text: [
      `${name}: ${entries.length} of ${keys.length}`,
      ...entries.map(({ line }) => line),
      `NEXT: ${more}`,
    ].join('\n'),
    content: {
      [name]: entries.map(({ data }) => data),
      total: keys.length,
      ...(next === undefined ? {} : { next }),
    },
  };
}

/** As it will stand in the answer: the line inside a JSON text, and the data. */
function bytesOf({ line, data }: Entry): number {
  return Buffer.byteLength(JSON.stringify(line)) + Buffer.byteLength(JSON.stringify(data)) + 2;
}
