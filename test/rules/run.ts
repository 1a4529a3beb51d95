// Switches each rule off in a copy of the sources, by one small change at a time, and looks whether its tests notice.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { changes } from './changes.ts';
import { gaps } from './gaps.ts';
import type { Played } from './play.ts';
import { nameOf, rules, type Change } from './rules.ts';
import { Stage } from './stage.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What a process has loaded it keeps. */
const mostOfOne = 60;

interface Row {
  readonly change: Change;
  readonly played: Played;
  readonly seconds: number;
}

/** What is wrong with the tests while nothing is changed: a red one, or none for a rule. */
function flawsAtRest({ passed, noticed, broken }: Played): readonly string[] {
  const without = Object.keys(rules).filter((id) => !passed.some((title) => title.includes(`${id}: `)));
  return [
    ...[...noticed, ...broken].map((title) => `Red without any change: ${title}`),
    ...without.map((id) => `No test is named after ${id}.`),
  ];
}

const shortened = (title: string): string => {
  const own = title.replace(/^.*?(?=[A-Z]\d+: )/, '').replace(/^[A-Z]\d+: /, '');
  return own.length > 100 ? `${own.slice(0, 99).trimEnd()}…` : own;
};

function print({ change, played, seconds }: Row): void {
  const { noticed, broken } = played;
  const mark = noticed.length > 0 ? '✔' : '✖';
  const settled = change.settled ? ` [${change.settled}]` : '';
  process.stdout.write(`${mark} ${change.rule.padEnd(3)} ${change.lets}${settled} ${seconds.toFixed(1)} s\n`);
  const [red] = noticed.map(shortened);
  process.stdout.write(
    `      ${red === undefined ? (broken[0] ?? 'no test named after the rule went red') : `red: ${red}`}\n`,
  );
}

/** The rows, and what was red in the same process without any change afterwards. */
async function runAll(
  chosen: readonly Change[],
  stages: readonly Stage[],
  took: Played['took'],
): Promise<{ rows: readonly Row[]; after: readonly string[] }> {
  const rows: (Row | undefined)[] = chosen.map(() => undefined);
  const after: string[] = [];
  let next = 0;
  let printed = 0;
  const rest = async (stage: Stage): Promise<void> => {
    const { noticed, broken } = await stage.rest();
    after.push(...[...noticed, ...broken].map((title) => `Red with the change taken out again: ${title}`));
  };
  const work = async (stage: Stage): Promise<void> => {
    let count = 0;
    for (let index = next++; index < chosen.length; index = next++) {
      const change = chosen[index] as Change;
      const begun = performance.now();
      const played = await stage.playWith(change, took);
      rows[index] = { change, played, seconds: (performance.now() - begun) / 1_000 };
      for (let row = rows[printed]; row; row = rows[printed]) {
        print(row);
        printed += 1;
      }
      count += 1;
      if (count % mostOfOne === 0) await rest(stage);
    }
    await rest(stage);
  };
  await Promise.all(stages.map(work));
  return { rows: rows.filter((row) => row !== undefined), after };
}

const wanted = process.argv.slice(2);
const chosen = changes.filter(({ rule }) => wanted.length === 0 || wanted.includes(rule));
const lanes = Math.max(1, Math.min(8, availableParallelism()));
const stages = Array.from({ length: lanes }, () => new Stage(root));
process.on('exit', () => stages.forEach((stage) => stage.remove()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

const [first] = stages;
const still = await first?.play({ ids: Object.keys(rules) });
const flaws = [...gaps(root), ...(still === undefined ? [] : flawsAtRest(still))];
const { rows, after } =
  flaws.length > 0 ? { rows: [], after: [] } : await runAll(chosen, stages, still?.took ?? {});
flaws.push(...after);
const unnoticed = rows.filter(({ played }) => played.noticed.length === 0);
for (const { change } of unnoticed) flaws.push(`Not noticed: ${nameOf(change)}`);
process.stdout.write(`\n${flaws.map((flaw) => `✖ ${flaw}\n`).join('')}`);
const kinds = new Set(chosen.map(({ rule }) => rule)).size;
process.stdout.write(
  `${kinds} rules in ${chosen.length} parts: ${rows.length} switched off, ${rows.length - unnoticed.length} noticed\n`,
);
process.exitCode = flaws.length === 0 && rows.length > 0 ? 0 : 1;
// A process that still waits for a change would keep this one from ending.
for (const stage of stages) stage.remove();
