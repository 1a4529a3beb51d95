import { randomUUID } from 'node:crypto';
import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import type { Packet, QuestionDraft } from '../../src/contract/packets.ts';
import type { Reply } from '../../src/desk/command.ts';
import { Desk } from '../../src/desk/desk.ts';
import { openJournal } from '../../src/journal/sqlite.ts';

/** How much a long journal holds. Every question is open and asked by the worker of TODO 1, every third blocks. */
export interface LongList {
  readonly todos: number;
  readonly workers: number;
  readonly questions: number;
}

/** What the hardening is measured with. */
export const longList: LongList = { todos: 10_000, workers: 200, questions: 500 };

const user: Actor = { seat: 'user' };
const roles = ['code', 'docs', 'tests', 'review'] as const;
const verbs = ['Widen', 'Paint', 'Measure', 'Seal', 'Oil', 'Number', 'Drain', 'Lift'] as const;
const parts = ['sluice', 'ladder', 'mitre gate', 'culvert', 'bollard', 'paddle', 'towpath'] as const;

/** What TODO `n` of a long journal is to do. No two read the same. */
export function taskOf(n: number): string {
  return `${verbs[n % verbs.length]} the ${parts[n % parts.length]} of lock ${n} in src/lock${n}.js`;
}

/** The packet of that TODO. */
export function packetOf(n: number): Packet {
  return {
    task: taskOf(n),
    scope: [`src/lock${n}.js`],
    notYourJob: ['docs/'],
    doneWhen: [`\`npm test\` prints "lock ${n} is tight"`],
    verify: ['npm test'],
    priority: 'normal',
  };
}

export function longQuestion(n: number): QuestionDraft {
  return {
    question: `Which water level closes lock ${n}?`,
    context: `src/lock${n}.js reads two sensors, and no test names one of them.`,
    files: [`src/lock${n}.js:12`],
    options: ['The upper level: early, and water is lost', 'The lower level: late, which the rule allows'],
    recommended: 'The lower level: late, which the rule allows',
    blocking: n % 3 === 0,
  };
}

/** The acts that make it, in the order in which they are done, each with who does it. */
function* longListActs({ todos, workers, questions }: LongList): Generator<readonly [Actor, Act]> {
  yield [
    user,
    { type: 'start', objective: 'Every lock is tight', constraints: ['Node 20'], mode: 'orchestrator-first' },
  ];
  for (let n = 1; n <= workers; n += 1) {
    const role = roles[(n - 1) % roles.length] ?? 'code';
    yield [
      user,
      {
        type: 'add-worker',
        name: `${role} ${n}`,
        role,
        runs: { kind: 'rehearsal' },
        tokenHash: 'f'.repeat(64),
        expires: 9e12,
      },
    ];
  }
  for (let n = 1; n <= todos; n += 1) {
    yield [user, { type: 'add-todo', role: roles[(n - 1) % roles.length] ?? 'code', packet: packetOf(n) }];
  }
  if (questions === 0) return;
  yield [user, { type: 'dispatch', worker: 1 }];
  for (let n = 1; n <= questions; n += 1) {
    yield [
      { seat: 'worker', worker: 1 },
      { type: 'ask', dispatch: 1, epoch: 1, packet: longQuestion(n) },
    ];
  }
}

/** Asks a desk for all of it at once, so that it goes into the journal in few transactions. Throws on a refusal. */
async function fill(desk: Pick<Desk, 'submit'>, size: LongList): Promise<void> {
  const replies: Promise<Reply>[] = [];
  for (const [actor, act] of longListActs(size)) replies.push(desk.submit({ id: randomUUID(), actor, act }));
  for (const reply of await Promise.all(replies)) {
    if (!reply.ok) throw new Error(`${reply.refusal.code}: ${reply.refusal.sentence}`);
  }
}

/**
 * Makes such a journal through the real desk. The file may be one that a window has open: it is one more writer.
 * 10,000 TODOs take some seconds.
 */
export async function makeLongList(
  place: { readonly file: string; readonly headFile: string },
  size: LongList = longList,
): Promise<void> {
  const journal = await openJournal(place);
  const desk = new Desk(journal, Date.now);
  try {
    await fill(desk, size);
  } finally {
    desk.dispose();
    journal.close();
  }
}
