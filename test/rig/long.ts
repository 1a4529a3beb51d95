/** `npm run test:long` plays every case of a drill that repeats one thing; `npm test` plays some of them. */
const isLong = process.env['LOCKKEEPER_LONG'] === '1';

/** What `npm run test:long` looks for in a title: one without it has no long form, and need not run again. */
export const mark = isLong ? ' (long)' : '';

export function inLong<T>(all: T, some: T): T {
  return isLong ? all : some;
}

/** A drill that the long run alone plays, in a file whose others npm test plays. */
export function itLong(title: string, test: Mocha.AsyncFunc): void {
  if (isLong) it(`${title}${mark}`, test);
}

export function describeLong(title: string, tests: (this: Mocha.Suite) => void): void {
  if (isLong) describe(title, tests);
}
