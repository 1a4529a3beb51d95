/**
 * Every figure beside its floor, taken in the same run on the same machine:
 * `npm run bench -- [TOPIC …] [--seconds N] [--kills N] [--flips N]
 * [--pairs N] [--readme]`.
 * A time that is missed is shown and fails nothing; a write that is lost or done twice does.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { root } from '../rig/places.ts';
import { calls } from './calls.ts';
import { crowdOfWorkers } from './crowd.ts';
import { table, type Figure, type Topic } from './figure.ts';
import { disk } from './disk.ts';
import { flips } from './flips.ts';
import { guard } from './guard.ts';
import { idle } from './idle.ts';
import { kills } from './kills.ts';
import { lists } from './lists.ts';
import { machine } from './machine.ts';
import { overlap } from './overlap.ts';
import { ownership } from './ownership.ts';
import { pauses } from './pauses.ts';
import { restore } from './restore.ts';
import { review } from './review.ts';
import { sizes } from './sizes.ts';
import { timeline } from './timeline.ts';
import { views } from './views.ts';
import { windows } from './windows.ts';
import { word } from './word.ts';
import { writes } from './writes.ts';

const topics: Readonly<Record<string, Topic>> = {
  calls,
  writes,
  crowd: crowdOfWorkers,
  idle,
  word,
  lists,
  restore,
  views,
  windows,
  timeline,
  review,
  ownership,
  overlap,
  guard,
  disk,
  sizes,
  pauses,
  kills,
  flips,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '180' },
    kills: { type: 'string', default: '500' },
    flips: { type: 'string', default: '10000' },
    pairs: { type: 'string', default: '1000000' },
    readme: { type: 'boolean', default: false },
  },
});
const unknown = positionals.find((name) => !(name in topics));
if (unknown !== undefined)
  throw new Error(`There is no ${unknown}. There is ${Object.keys(topics).join(', ')}.`);
const effort = {
  seconds: Number(values.seconds),
  kills: Number(values.kills),
  flips: Number(values.flips),
  pairs: Number(values.pairs),
};

const began = performance.now();
const figures: Figure[] = [];
for (const [name, topic] of Object.entries(topics)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const from = performance.now();
  try {
    figures.push(...(await topic(effort)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const ours = `it broke: ${why.replaceAll(/[\n|]/g, ' ').slice(0, 200)}`;
    figures.push({ what: name, ours, floor: '', target: '', broken: true });
    process.stderr.write(`${error instanceof Error ? error.stack : why}\n`);
  }
  process.stderr.write(`${name}: ${((performance.now() - from) / 1_000).toFixed(0)} s\n`);
}
const printed = `${table(figures)}\n`;
process.stdout.write(printed);
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
process.stderr.write(`${machine()}; ${minutes} minutes in all\n`);

const marks = { begin: '<!-- bench -->', end: '<!-- /bench -->' };
if (values.readme) {
  const file = join(root, 'README.md');
  const text = await readFile(file, 'utf8');
  const [before, rest] = [text.indexOf(marks.begin), text.indexOf(marks.end)];
  if (before < 0 || rest < before) throw new Error('README.md has no place for the figures.');
  const own = `${marks.begin}\n\nTaken on ${machine()}.\n\n${printed}\n`;
  const options = { ...(await resolveConfig(file)), filepath: file };
  await writeFile(file, await format(text.slice(0, before) + own + text.slice(rest), options));
}
process.exitCode = figures.some(({ broken }) => broken) ? 1 : 0;
