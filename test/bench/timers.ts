import { existsSync, readFileSync } from 'node:fs';

/** Milliseconds. */
export const short = 10_000;

/**
 * For a process whose timers are watched, before anything else runs there: `timers` is the module `node:timers/promises`.
 * Each timer under ten seconds that goes off leaves a line: its length, and the frame of the stack that set it. Self-contained,
 * since its text goes into a program of its own, too.
 */
export function watchTimers(
  timers: { setTimeout: unknown },
  tell: (line: string) => void,
  shortest: number,
): void {
  const whoSet = (): string => (new Error('who').stack ?? '').split('\n')[3] ?? '';
  const watched = (set: (...given: never[]) => unknown) =>
    Object.assign((run: (...given: unknown[]) => void, ms = 0, ...rest: unknown[]): unknown => {
      const who = ms < shortest ? whoSet() : '';
      const told = (...given: unknown[]): void => {
        tell(`${ms} ${who.trim()}\n`);
        run(...given);
      };
      return set(...([ms < shortest ? told : run, ms, ...rest] as never[]));
    }, set);
  globalThis.setTimeout = watched(globalThis.setTimeout) as never;
  globalThis.setInterval = watched(globalThis.setInterval) as never;
  const pause = timers.setTimeout as (ms?: number, ...rest: unknown[]) => unknown;
  timers.setTimeout = (ms = 0, ...rest: unknown[]): unknown => {
    if (ms < shortest) tell(`${ms} ${whoSet().trim()}\n`);
    return pause(ms, ...rest);
  };
}

/** The timers that went off since so many lines, by the file of ours that set them, with how often; `placeOf` names the file. */
export function wentOff(
  log: string,
  since: number,
  placeOf: (frame: string) => string | undefined,
): readonly string[] {
  const often = new Map<string, number>();
  for (const line of linesOf(log).slice(since)) {
    const [ms = '', ...frame] = line.split(' ');
    const place = placeOf(frame.join(' '));
    if (place === undefined) continue;
    const told = `${place} ${ms} ms`;
    often.set(told, (often.get(told) ?? 0) + 1);
  }
  return [...often].sort(([, one], [, other]) => other - one).map(([told, count]) => `${told} × ${count}`);
}

export function linesOf(log: string): readonly string[] {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
}
