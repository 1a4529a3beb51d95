// Switches each rule off in a copy of the sources, by one small change at a time, and looks whether its tests notice.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changes } from './changes.ts';
import { gaps } from './gaps.ts';
import type { Played } from './play.ts';
import { SourceCopy } from './replacement.ts';
import { nameOf, rules, type Change } from './rules.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** A change that keeps the tests from ending is not noticed. */
const longest = 120_000;

interface Row {
  readonly change: Change;
  readonly played: Played;
  readonly seconds: number;
}

function play(folder: string, ids: readonly string[]): Promise<Played> {
  return new Promise((resolve) => {
    const child = fork(join(root, 'test/rules/play.ts'), [folder, ...ids], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
      timeout: longest,
      killSignal: 'SIGKILL',
    });
    let told: Played | undefined;
    const errors: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('message', (message) => (told = message as Played));
    child.on('close', (code, signal) => {
      const why = `the tests ended with ${signal ?? code}: ${Buffer.concat(errors).toString().slice(0, 500)}`;
      resolve(told ?? { passed: [], noticed: [], broken: [why] });
    });
  });
}

/** What is wrong with the tests while nothing is changed: a red one, or none for a rule. */
async function flawsAtRest(folder: string): Promise<readonly string[]> {
  const { passed, noticed, broken } = await play(folder, Object.keys(rules));
  const without = Object.keys(rules).filter((id) => !passed.some((title) => title.includes(`${id}: `)));
  return [
    ...[...noticed, ...broken].map((title) => `Red without any change: ${title}`),
    ...without.map((id) => `No test is named after ${id}.`),
  ];
}

const shortened = (title: string): string => {
  const own = title.replace(/^.*?(?=[A-Z]\d+: )/, '').replace(/^[A-Z]\d+: /, '');
  return own.length > 64 ? `${own.slice(0, 63).trimEnd()}…` : own;
};

function print({ change, played, seconds }: Row): void {
  const { noticed, broken } = played;
  const mark = noticed.length > 0 ? '✔' : '✖';
  const settled = change.settled ? ` [${change.settled}]` : '';
  process.stdout.write(`${mark} ${change.rule.padEnd(3)} ${change.lets}${settled} ${seconds.toFixed(1)} s\n`);
  const more = noticed.length > 3 ? ` · and ${noticed.length - 3} more` : '';
  if (noticed.length > 0)
    process.stdout.write(`      red: ${noticed.slice(0, 3).map(shortened).join(' · ')}${more}\n`);
  else process.stdout.write(`      ${broken[0] ?? 'no test named after the rule went red'}\n`);
}

async function runAll(chosen: readonly Change[], copies: readonly SourceCopy[]): Promise<readonly Row[]> {
  const rows: (Row | undefined)[] = chosen.map(() => undefined);
  let next = 0;
  let printed = 0;
  const work = async (copy: SourceCopy): Promise<void> => {
    for (let index = next++; index < chosen.length; index = next++) {
      const change = chosen[index] as Change;
      const begun = performance.now();
      const undo = copy.change(nameOf(change), change);
      const played = await play(copy.folder, [change.rule]);
      undo();
      rows[index] = { change, played, seconds: (performance.now() - begun) / 1_000 };
      for (let row = rows[printed]; row; row = rows[printed]) {
        print(row);
        printed += 1;
      }
    }
  };
  await Promise.all(copies.map(work));
  return rows.filter((row) => row !== undefined);
}

const wanted = process.argv.slice(2);
const chosen = changes.filter(({ rule }) => wanted.length === 0 || wanted.includes(rule));
const lanes = Math.max(1, Math.min(8, availableParallelism()));
const copies = Array.from({ length: lanes }, () => new SourceCopy(root));
process.on('exit', () => copies.forEach((copy) => copy.remove()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

const flaws = [...gaps(root), ...(await flawsAtRest(copies[0]?.folder ?? ''))];
const rows = flaws.length > 0 ? [] : await runAll(chosen, copies);
const unnoticed = rows.filter(({ played }) => played.noticed.length === 0);
for (const { change } of unnoticed) flaws.push(`Not noticed: ${nameOf(change)}`);
process.stdout.write(`\n${flaws.map((flaw) => `✖ ${flaw}\n`).join('')}`);
const kinds = new Set(chosen.map(({ rule }) => rule)).size;
process.stdout.write(
  `${kinds} rules in ${chosen.length} parts: ${rows.length} switched off, ${rows.length - unnoticed.length} noticed\n`,
);
process.exitCode = flaws.length === 0 && rows.length > 0 ? 0 : 1;
