import assert from 'node:assert/strict';
import fc from 'fast-check';
import { actorName } from '../../../src/contract/actor.ts';
import { acts } from '../../../src/contract/acts.ts';
import { invariants } from './invariants.ts';
import { kinds } from './randomActs.ts';
import type { Throw } from './thrown.ts';
import { play, reread, type Turn } from './randomPlay.ts';

const histories = 2_000;
const thrown = fc.record({ kind: fc.nat(kinds - 1), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999) });
const throws = fc.array(thrown, { minLength: 1, maxLength: 90, size: 'max' });

const twice = 'T3: the same command twice has its effect once, and the same answer';
const restart = 'T3: a restart reads the same state from the rows';
const checks = Object.entries(invariants);

/** Named after the invariant that did not hold; the cause says how. */
class Broken extends Error {}

function held<T>(title: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw error instanceof Broken ? error : new Broken(title, { cause: error });
  }
}

/** What happened in a history that breaks something, act by act. */
function told(steps: readonly Throw[]): readonly string[] {
  const lines: string[] = [];
  const tell = ({ command: { actor, act }, reply }: Turn): void => {
    const { type, ...rest } = act;
    const came = reply.ok ? '' : ` refused: ${reply.refusal.code}`;
    lines.push(`${actorName(actor)} ${type} ${JSON.stringify(rest).slice(0, 200)}${came}`);
  };
  try {
    play(steps, tell);
  } catch (error) {
    lines.push(String(error));
  }
  return lines;
}

/** How often each act was accepted and refused, and what a history tests nothing without. */
class Reach {
  readonly done = new Map<string, number>();
  readonly refused = new Map<string, number>();

  see({ before, command: { act }, events, reply }: Turn): void {
    const count = (reached: Map<string, number>, key: string): void =>
      void reached.set(key, (reached.get(key) ?? 0) + 1);
    count(reply.ok ? this.done : this.refused, act.type);
    for (const event of events) {
      if (event.type === 'step-released') count(this.done, event.override ? 'release past' : 'release open');
      if (event.type === 'orchestration-closed')
        count(this.done, event.override ? 'close past' : 'close open');
      if (event.type === 'dispatched' && event.todos.length > 1) count(this.done, 'dispatch of a bundle');
      if (event.type === 'resulted' && event.late) count(this.done, 'late result');
      if (event.type === 'orchestration-started' && before.pending.length > 0) count(this.done, 'carried on');
    }
  }

  print(): void {
    const sum = (reached: Map<string, number>): number =>
      Object.keys(acts).reduce((total, act) => total + (reached.get(act) ?? 0), 0);
    const [done, refused] = [sum(this.done), sum(this.refused)];
    const parts = [...new Set([...this.done.keys(), ...this.refused.keys()])]
      .sort()
      .map((key) => `${key} ${this.done.get(key) ?? 0}/${this.refused.get(key) ?? 0}`);
    process.stdout.write(
      `    ${histories} histories, ${done + refused} acts: ${done} accepted, ${refused} refused\n    ${parts.join(', ')}\n`,
    );
  }
}

describe('any history of acts', () => {
  const reach = new Reach();
  let broken: { readonly title: string; readonly report: string } | undefined;

  before(function () {
    this.timeout(900_000);
    const look = (turn: Turn): void => {
      reach.see(turn);
      for (const [title, check] of checks) held(title, () => check(turn));
    };
    const property = fc.property(throws, (steps) => {
      const played = held(twice, () => play(steps, look));
      held(restart, () => assert.deepEqual(reread(played), played.ended));
    });
    const found = fc.check(property, { numRuns: histories });
    if (!found.failed) return reach.print();
    const { seed, errorInstance: error, counterexample } = found;
    const title = error instanceof Broken ? error.message : twice;
    const cause = String(error instanceof Broken ? error.cause : error);
    const report = `${cause}\nLOCKKEEPER_SEED=${seed} plays the same histories again. The shortest:\n`;
    broken = { title, report: report + told(counterexample?.[0] ?? []).join('\n') };
  });

  for (const title of [...Object.keys(invariants), twice, restart]) {
    it(title, () => {
      if (broken?.title === title) assert.fail(broken.report);
    });
  }

  it('goes deep: each act is done in some, and what is rare too', () => {
    if (broken) return;
    const rare = ['release past', 'release open', 'close past', 'close open'];
    const wanted = [...Object.keys(acts), ...rare, 'dispatch of a bundle', 'late result', 'carried on'];
    assert.deepEqual(
      wanted.filter((key) => (reach.done.get(key) ?? 0) === 0),
      [],
    );
  });
});
