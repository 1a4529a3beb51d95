import { siege } from './attack/siege.ts';
import type { Effort, Figure } from './figure.ts';
import { count, ms } from './numbers.ts';

/** The process that serves the door, attacked from others, while real workers beside it play the story. */
export async function pauses({ seconds }: Effort): Promise<readonly Figure[]> {
  const { stories, approved, calls, before, during } = await siege({ seconds });
  const failed = calls.kept.failed;
  return [
    {
      what: `the event loop under attack, ${seconds} s and 2,000 sockets: longest pause / p99`,
      ours: `${ms(during.longestPause)} / ${ms(during.p99Pause)}`,
      floor: `${ms(before.longestPause)} / ${ms(before.p99Pause)} in peace`,
      target: '',
    },
    {
      what: 'the story of the real worker meanwhile',
      ours: `${count(stories)} times to its end, ${count(approved)} approved`,
      floor: '',
      target: '≥ 1',
      holds: stories >= 1,
      // One story more was played before, in peace.
      broken: stories < 1 || approved !== (stories + 1) * 3,
    },
    {
      what: 'calls of an honest worker meanwhile: p50 / p99 / failed',
      ours: `${ms(calls.kept.p50)} / ${ms(calls.kept.p99)} / ${failed}`,
      floor: '',
      target: '0 failed',
      holds: failed === 0,
      broken: failed > 0,
    },
  ];
}
