export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that this part of all values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/** Milliseconds, as a person reads them. */
export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
}

export function microseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} µs`;
}

/** The median of blocks with the lowest and the highest of them. */
export function spread(blocks: readonly number[]): string {
  return `${ms(median(blocks))} (${Math.min(...blocks).toFixed(2)}–${Math.max(...blocks).toFixed(2)})`;
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(bytes < 100_000 ? 1 : 0)} kB`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** How long it takes, in milliseconds. */
export function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** Of each of `rounds` runs. */
export function times(rounds: number, work: () => unknown): number[] {
  return Array.from({ length: rounds }, () => timed(work));
}
