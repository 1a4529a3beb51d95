// Explores the whole models, compares states that count as the same, and looks for the seeded faults.
// `--small`: the models of seconds alone. `--faults WORD …`: the faults alone, those with the words in their name.
// `--ownership`: only what is about files.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SourceCopy } from '../rules/replacement.ts';
import { faults as gateFaults, type Fault } from './faults.ts';
import { besideFaults } from './besideFaults.ts';
import { compare, look } from './look.ts';
import type { Told } from './lookAt.ts';
import { compared, models, smallModels, wholeModels, type Model } from './models.ts';
import { ownershipFaults } from './ownership/faults.ts';
import { collision } from './seen.ts';
import type { Try } from './leadTries.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const many = (n: number): string => n.toLocaleString('en');

function line({ actor, act }: Try): string {
  const { type, ...rest } = act;
  const who = actor.seat === 'worker' ? `worker ${actor.worker}` : actor.seat;
  return `${who}: ${type} ${JSON.stringify(rest)}`;
}

/** Whether the model was explored to its end without a violation. */
async function exploreModel(model: Model): Promise<boolean> {
  const bounds = models[model];
  const limits = Object.entries(bounds).map(([name, most]) => `${most} ${name}`);
  print(`The model ${model}: at most ${limits.join(', ')}; 2 workers.`);
  const { found, seconds } = await look(root, bounds, ({ found: level, seconds: so }) => {
    print(`  ${level.depth + 1} acts deep: ${many(level.states)} states, ${so.toFixed(0)} s`);
  });
  const { states, transitions, tries, cut, violation } = found;
  print(`${many(states)} states, ${many(transitions)} transitions, ${seconds.toFixed(1)} s`);
  print(`${many(tries)} acts tried; ${many(cut)} that lead out of the bounds looked at and not followed.`);
  print(
    `Two states under one key of 64 bits, and one of them missed: ${collision(states).toExponential(1)}.`,
  );
  print(violation ? `VIOLATION ${violation.broken}` : '0 violations');
  violation?.trace.forEach((one, i) => print(`  ${i + 1}. ${line(one)}`));
  return violation === undefined;
}

/** Whether the states that count as the same answer every act alike. */
async function compareStates(): Promise<boolean> {
  const differences = await Promise.all(compared.map((bounds) => compare(root, bounds)));
  const found = differences.filter((words) => words !== '');
  print(found.length === 0 ? 'States that count as the same are alike.' : `NOT ALIKE ${found.join('\n')}`);
  return found.length === 0;
}

/** Whether it was found, and not something else in its place. */
function report({ lets }: Fault, { found, seconds }: Told): boolean {
  const { violation, states } = found;
  print(`${violation ? '✔' : '✖'} ${lets}`);
  print(
    violation
      ? `    ${violation.broken} · ${violation.trace.length} acts · ${many(states)} states · ${seconds.toFixed(1)} s`
      : `    NOT FOUND in ${many(states)} states, ${seconds.toFixed(1)} s`,
  );
  return violation !== undefined;
}

async function findFaults(chosen: readonly Fault[]): Promise<boolean> {
  const began = performance.now();
  const waiting = [...chosen];
  let found = 0;
  /** Lanes side by side, each with a copy of its own. */
  const lane = async (): Promise<void> => {
    const copy = new SourceCopy(root);
    try {
      for (let fault = waiting.shift(); fault; fault = waiting.shift()) {
        const undo = copy.change(fault.lets, fault);
        if (report(fault, await look(copy.folder, fault.bounds))) found += 1;
        undo();
      }
    } finally {
      copy.remove();
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, lane));
  const seconds = (performance.now() - began) / 1_000;
  print(`${found} of ${chosen.length} seeded faults found, ${seconds.toFixed(1)} s`);
  return found === chosen.length;
}

const faults = [...gateFaults, ...besideFaults, ...ownershipFaults];
const words = process.argv.slice(2);
const picked = words.filter((word) => !word.startsWith('--'));
const isSmall = words.includes('--small');
/** Of ownership alone, or of all. */
const isAbout = (model: string): boolean => !words.includes('--ownership') || model.includes('ownership');
let isWell = true;
if (!words.includes('--faults')) {
  for (const model of (isSmall ? smallModels : wholeModels).filter(isAbout))
    isWell = (await exploreModel(model)) && isWell;
}
if (words.length === 0) isWell = (await compareStates()) && isWell;
if (!isSmall) {
  const about = words.includes('--ownership') ? ownershipFaults : faults;
  const chosen = about.filter(({ lets }) => picked.every((word) => lets.includes(word)));
  isWell = (await findFaults(chosen)) && isWell;
}
process.exitCode = isWell ? 0 : 1;
