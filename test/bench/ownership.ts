import { matches, readPattern } from '../../src/core/scopes/pattern.ts';
import { indexOf } from '../../src/core/scopes/scopeIndex.ts';
import type { Area } from '../../src/core/scopes/area.ts';
import type { Figure } from './figure.ts';
import { count, median, microseconds, ms, timed, times } from './numbers.ts';

const scopes = 10_000;
const most = 20;
const rounds = 200;

/** As many areas of one tree: a folder, a glob within another, and a glob over all of it. */
const areas = Array.from({ length: scopes }, (_, n): readonly [number, Area] => [
  n,
  {
    scope: [`packages/part-${n}/src/**`, `packages/part-${n}/test/*.test.ts`, `**/part-${n}.md`],
    notYourJob: [`packages/part-${n}/src/generated/`, 'Anything else'],
  },
]);
const patterns = areas.map(([, { scope }]) => readPattern(scope[0] ?? '', false));
const critical = ['**/package-lock.json', '**/migrations/**'];

/** One edit against ten thousand live scopes, as it costs at each key that is pressed. */
export function ownership(): Promise<readonly Figure[]> {
  const matching = { caseBlind: false, criticalFiles: critical, folders: [] };
  const first = timed(() => indexOf(areas, matching));
  const again = median(times(5, () => indexOf(areas, matching)));
  const index = indexOf(areas, matching);
  const names = Array.from({ length: rounds }, (_, n) => `packages/part-${n * 37}/src/web/login/form.ts`);
  const found = names.filter((name, n) => index.at(name).join() === String(n * 37)).length;
  const none = names.map((name) => name.replace('packages/', 'vendor/'));
  const check = (asked: readonly string[]): number =>
    median(times(50, () => asked.map((name) => index.at(name)))) / asked.length;
  const floor = median(times(5, () => patterns.filter((pattern) => matches(pattern, names[9] ?? ''))));
  const took = check(names) * 1_000;
  return Promise.resolve([
    {
      what: `whose file is it, ${count(scopes)} live scopes`,
      ours: microseconds(took),
      floor: `${ms(floor)} one by one`,
      target: `≤ ${most} µs`,
      holds: took <= most,
      broken: found !== names.length,
    },
    {
      what: 'the same of a file that nobody owns',
      ours: microseconds(check(none) * 1_000),
      floor: '',
      target: '',
    },
    {
      what: 'the index of those, from their words / again',
      ours: `${ms(first)} / ${ms(again)}`,
      floor: '',
      target: '',
    },
  ]);
}
