import assert from 'node:assert/strict';
import type { ActName } from '../../../src/contract/acts.ts';
import type { Actor } from '../../../src/contract/actor.ts';
import { nextStep, openConflicts } from '../../../src/core/dispute.ts';
import { mayWrite } from '../../../src/core/ownership.ts';
import { at } from '../../../src/core/table.ts';
import type { Reply } from '../../../src/desk/command.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { measuring, shown, wordsSuffice } from '../../rig/unchanged.ts';
import { newFolder, openIn, sweep } from '../journal/folder.ts';
import { addWorker, judged, nothing, packet } from '../core/drafts.ts';
import { orchestrator, user, worker } from '../core/history.ts';
import { command } from './given.ts';

const seeds = 300;
const hands = 20;
const workspace = { ...wordsSuffice, mostSideBySide: hands };
type Given = { readonly type: ActName } & Record<string, unknown>;
const reason = 'As the seed has it';

/** The same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let a = seed * 0x9e3779b1;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) % 0x1_0000) % below;
  };
}

const file = (n: number): string => `src/part${n}/main.ts`;
const files = Array.from({ length: hands }, (_, n) => file(n));

describe('twenty workers at one desk', () => {
  let desk: Desk;
  const ask = (actor: Actor, act: Given): Promise<Reply> => desk.submit(command(act, actor));
  const all = (...acts: readonly Given[]): Promise<readonly Reply[]> =>
    Promise.all(acts.map((act) => ask(user, act)));

  before(async () => {
    let now = 1_000;
    desk = new Desk(
      await openIn(newFolder()),
      () => (now += 1),
      () => workspace,
      measuring(() => desk),
    );
    await all(...Array.from({ length: hands }, (_, n) => addWorker(`hand ${n}`, 'code')));
  });
  after(() => {
    desk.dispose();
    sweep();
  });

  /** An orchestration with a released step of TODOs on these scopes; gives their numbers. */
  async function begin(scopes: readonly (readonly string[])[]): Promise<readonly number[]> {
    const tasks = scopes.map((scope, n) =>
      packet(`Add the part number ${n}`, { scope: [...scope], notYourJob: ['The other parts'] }),
    );
    const replies = await all(
      { type: 'start', objective: 'A gate that closes', constraints: [] },
      { type: 'add-step', title: 'Build', role: 'code', tasks },
      { type: 'release' },
    );
    for (const reply of replies) assert.ok(reply.ok, reply.ok ? '' : reply.refusal.sentence);
    return desk.state.list;
  }

  const beside = (todos: readonly number[]): Given => ({
    type: 'dispatch-side-by-side',
    parts: todos.map((todo, n) => ({ todo, worker: n + 1 })),
    reason,
  });

  /** Works every case to resume, and closes past what is left. */
  async function end(): Promise<void> {
    for (const { n } of openConflicts(desk.state)) {
      for (let one = at(desk.state.conflicts, n); one && !one.resumed; one = at(desk.state.conflicts, n)) {
        const step = nextStep(one);
        const act = {
          'name-writer': { type: 'name-writer', writer: { kind: 'user' } },
          'assign-owner': { type: 'assign-owner', side: 1, reason },
          'set-merge-path': { type: 'set-merge-path', path: 'take-side', words: reason, work: 'nothing' },
          'give-evidence': {
            type: 'give-evidence',
            contract: reason,
            regression: { command: 'npm test', result: 'ok' },
          },
          resume: { type: 'resume', reason },
        }[step] as Given;
        const reply = await ask(user, { ...act, conflict: n });
        assert.ok(reply.ok, reply.ok ? '' : reply.refusal.sentence);
      }
    }
    await all(...desk.state.held.map((lock): Given => ({ type: 'release-lock', lock, reason })));
    const results = desk.state.live.flatMap((n) => at(desk.state.dispatches, n)?.inReview ?? []);
    const override = { todos: desk.state.list, results, questions: [], reason };
    const isEmpty = desk.state.list.length === 0;
    const [reply] = await all(isEmpty ? { type: 'close' } : { type: 'close', override });
    assert.ok(reply?.ok, reply && !reply.ok ? reply.refusal.sentence : '');
    const carried = desk.state.pending;
    if (carried.length === 0) return;
    await all({ type: 'start', objective: 'Clear up', constraints: [] });
    await all(...carried.map(({ todo }): Given => ({ type: 'drop-todo', todo, reason })), { type: 'close' });
  }

  it('P7: on scopes that are apart they work at once, and nothing is refused', async () => {
    const todos = await begin(files.map((one) => [one.replace('main.ts', '**')]));
    const [sent] = await all(beside(todos));
    assert.ok(sent?.ok, sent && !sent.ok ? sent.refusal.sentence : '');
    const live = desk.state.live.map((n) => at(desk.state.dispatches, n));
    assert.equal(live.length, hands);
    for (const [n, dispatch] of live.entries()) {
      assert.ok(mayWrite(desk.state, dispatch?.worker ?? 0, file(n), workspace).allowed);
    }
    const submitted = await Promise.all(
      live.map((dispatch) =>
        ask(worker(dispatch?.worker ?? 0), {
          type: 'submit',
          dispatch: dispatch?.n,
          epoch: 1,
          packet: nothing({ files: [] }),
        }),
      ),
    );
    const results = submitted.map((reply) =>
      reply.ok ? reply.made.result : assert.fail(reply.refusal.sentence),
    );
    const verdicts = await all(
      ...results.map((result): Given => ({ type: 'approve', shown, result, judged: [...judged] })),
    );
    for (const reply of verdicts) assert.ok(reply.ok, reply.ok ? '' : reply.refusal.sentence);
    await end();
  });

  it(`P7: on scopes of which three in ten overlap no file is written by two, in ${seeds} orders`, async function () {
    this.timeout(120_000);
    const met = new Set<string>();
    for (let seed = 1; seed <= seeds; seed += 1) {
      const next = numbers(seed);
      const count = 4 + next(5);
      const scopes = Array.from({ length: count }, (_, n) => [
        `src/part${n}/**`,
        ...(next(10) < 3 ? [next(2) === 0 ? file(next(count)) : `src/part${next(count)}/`] : []),
      ]);
      const todos = await begin(scopes);
      const writers = new Map<string, Set<number>>();
      /** Everybody tries to write everything, in the order of the seed. */
      const write = (): void => {
        const { state } = desk;
        for (let n = 0; n < count; n += 1) {
          const by = 1 + ((n + next(count)) % count);
          for (const name of files.slice(0, count)) {
            if (!mayWrite(state, by, name, workspace).allowed) continue;
            const dispatch = state.live.find((live) => at(state.dispatches, live)?.worker === by) ?? 0;
            const known = [...(writers.get(name) ?? [])].filter((other) => state.live.includes(other));
            assert.deepEqual(
              known.filter((other) => other !== dispatch),
              [],
              `seed ${seed}: ${name} is written by two`,
            );
            writers.set(name, new Set([...known, dispatch]));
          }
        }
      };
      const tries: { actor: Actor; act: Given }[] = [];
      for (let length = count; length >= 2; length -= 1)
        tries.push({ actor: orchestrator, act: beside(todos.slice(0, length)) });
      tries.push({ actor: orchestrator, act: { type: 'dispatch', worker: 1 } });
      const first = desk.state.dispatches.size;
      const any = (): number => first + 1 + next(count);
      for (let n = 0; n < 14; n += 1) {
        const dispatch = any();
        const by = 1 + next(count);
        const acts: readonly (readonly [Actor, Given])[] = [
          [worker(by), { type: 'request-scope', dispatch, epoch: 1, paths: [file(next(count))], reason }],
          [orchestrator, { type: 'grant-scope', request: desk.state.requests.size + 1 + next(3) }],
          [user, { type: 'withdraw', dispatch, reason }],
          [orchestrator, { type: 'dispatch', worker: by }],
          [
            user,
            {
              type: 'lock-scope',
              scope: [file(next(count))],
              holder: { kind: 'worker', worker: by },
              reason,
            },
          ],
          [
            user,
            {
              type: 'open-conflict',
              files: [file(next(count))],
              sides: [{ kind: 'worker', worker: 1, dispatch: first + 1 }, { kind: 'user' }],
              noticed: reason,
            },
          ],
          [
            user,
            { type: 'assign-owner', conflict: desk.state.conflicts.size + 1, side: 1 + next(2), reason },
          ],
        ];
        const [actor, act] = acts[next(acts.length)] ?? [user, { type: 'dispatch', worker: 1 }];
        tries.push({ actor, act });
      }
      const heard = desk.onTold(write);
      const replies: Reply[] = [];
      // Some at one moment, so that they stand in one transaction; the others one after the other.
      while (tries.length > 0) {
        const some = tries.splice(0, 1 + next(3));
        replies.push(...(await Promise.all(some.map(({ actor, act }) => ask(actor, act)))));
      }
      heard.dispose();
      write();
      for (const reply of replies) met.add(reply.ok ? 'done' : reply.refusal.code);
      await end();
    }
    for (const code of ['done', 'scopes-overlap', 'scope-owned'])
      assert.ok(met.has(code), [...met].join(' '));
  });
});
