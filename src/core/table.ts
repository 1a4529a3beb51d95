const width = 64;

/**
 * Things numbered from 1 without gaps, as a persistent value: a change copies one chunk and the spine,
 * so that ten thousand TODOs cost a change no more than ten do, and an older state stays whole.
 */
export interface Table<T> {
  readonly size: number;
  readonly chunks: readonly (readonly T[])[];
}

export function emptyTable<T>(): Table<T> {
  return { size: 0, chunks: [] };
}

export function at<T>(table: Table<T>, n: number): T | undefined {
  return table.chunks[Math.floor((n - 1) / width)]?.[(n - 1) % width];
}

/** Puts `value` at `n`, which stands already or is the next free number. Throws on a gap: a defect of ours. */
export function put<T>(table: Table<T>, n: number, value: T): Table<T> {
  if (!Number.isInteger(n) || n < 1 || n > table.size + 1)
    throw new RangeError(`number ${n} of ${table.size}`);
  const index = Math.floor((n - 1) / width);
  const chunks = table.chunks.slice();
  const chunk = (chunks[index] ?? []).slice();
  chunk[(n - 1) % width] = value;
  chunks[index] = chunk;
  return { size: Math.max(table.size, n), chunks };
}

export function change<T>(table: Table<T>, n: number, part: Partial<T>): Table<T> {
  const before = at(table, n);
  if (before === undefined) throw new RangeError(`nothing at ${n}`);
  return put(table, n, { ...before, ...part });
}

export function* each<T>(table: Table<T>): Generator<T> {
  for (const chunk of table.chunks) yield* chunk;
}
