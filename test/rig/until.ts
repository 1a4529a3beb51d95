import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds. What is asked (a page, a journal, the list of processes) has work with it. */
const pause = 50;

/** Asks again until the answer is good; for what cannot tell us by itself. */
export async function until<T>(
  ask: () => T | Promise<T>,
  good: (answer: T) => boolean,
  patience = 45_000,
): Promise<T> {
  for (const deadline = Date.now() + patience; ; await wait(pause)) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)} after ${patience} ms`);
  }
}
