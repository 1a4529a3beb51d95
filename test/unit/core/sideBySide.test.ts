import assert from 'node:assert/strict';
import { gatesOf } from '../../../src/core/gates.ts';
import { at } from '../../../src/core/table.ts';
import { nextAction } from '../../../src/core/views/nextAction.ts';
import { dispatch, judged, item, nothing, tooThin } from './drafts.ts';
import { besides, parts, reconcile, together } from './given.ts';
import { orchestrator, todoAt, user, worker } from './history.ts';
import { changed, seen } from './seen.ts';

const apart = [['src/a/**'], ['src/b/**'], ['src/c.ts']] as const;
const send = {
  type: 'dispatch-side-by-side',
  parts: parts(2),
  reason: 'They touch nothing in common',
} as const;
const submit = (n: number, more = {}) =>
  ({ type: 'submit', dispatch: n, epoch: 1, packet: nothing({ files: [], ...more }) }) as const;

describe('side by side', () => {
  it('T6: TODOs from the head go out in one act, each with its own worker, and share a number and a reason', () => {
    const history = together(...apart);
    const sent = history.events.flatMap((event) => (event.type === 'dispatched' ? [event] : []));
    assert.deepEqual(
      sent.map(({ dispatch: n, worker: to, todos, bundle, reason }) => [n, to, todos, bundle, reason]),
      [1, 2, 3].map((n) => [n, n === 1 ? 1 : n + 1, [n], 1, send.reason]),
    );
    assert.deepEqual(history.state.live, [1, 2, 3]);
    for (const n of [1, 3, 4]) {
      const name = { dispatch: n === 1 ? 1 : n - 1, epoch: 1 };
      history.does(worker(n), { type: 'acknowledge', ...name });
    }
  });

  it('T6: only from the head, in order, with a reason, each with a worker of its role and of its own', () => {
    const history = besides(...apart);
    const no = (code: string, given: object) => history.isRefused(code, orchestrator, { ...send, ...given });
    assert.match(no('bundle-not-head', { parts: parts(3).slice(1) }).next, /Name 1, 2/);
    no('bundle-not-head', { parts: parts(2).toReversed() });
    no('bundle-not-head', { parts: [parts(1)[0], parts(1)[0]] });
    no('no-reason', { reason: ' ' });
    no('unknown-worker', {
      parts: [
        { todo: 1, worker: 1 },
        { todo: 2, worker: 9 },
      ],
    });
    no('role-mismatch', {
      parts: [
        { todo: 1, worker: 1 },
        { todo: 2, worker: 2 },
      ],
    });
    assert.match(
      no('worker-twice', {
        parts: [
          { todo: 1, worker: 1 },
          { todo: 2, worker: 1 },
        ],
      }).sentence,
      /web is named for two/,
    );
    history.does(orchestrator, send);
  });

  it('T6: at most as many as the setting says', () => {
    const history = besides(...apart);
    history.workspace = { ...history.workspace, mostSideBySide: 2 };
    const { next } = history.isRefused('too-many-side-by-side', user, { ...send, parts: parts(3) });
    assert.match(next, /first 2.*lockkeeper\.sideBySide\.most/);
    history.workspace = { ...history.workspace, mostSideBySide: 1 };
    assert.match(history.isRefused('too-many-side-by-side', user, send).next, /Dispatch the next TODO alone/);
    history.does(user, dispatch);
  });

  it('T6: scopes that meet are refused with both TODOs and where; cut out with NOT-YOUR-JOB they go', () => {
    const history = besides(['src/**'], ['src/b/**']);
    const { sentence, next } = history.isRefused('scopes-overlap', orchestrator, send);
    assert.match(sentence, /TODO 1 .* and TODO 2 .*`src\/\*\*` meets `src\/b\/\*\*`/);
    assert.match(next, /NOT-YOUR-JOB/);
    history.does(orchestrator, {
      type: 'edit-todo',
      todo: 1,
      packet: { notYourJob: ['src/b/**'] },
      role: '',
    });
    history.does(orchestrator, send);
  });

  it('T6: while they are live nothing else goes out, alone or side by side', () => {
    const history = together(['src/a/**'], ['src/b/**'], ['src/c/**']);
    history.does(user, { type: 'add-todo', role: 'code', packet: todoAt(history, 1).packet });
    assert.match(history.isRefused('something-live', user, dispatch).sentence, /and 2 more are live/);
    history.isRefused('something-live', user, {
      ...send,
      parts: [
        { todo: 4, worker: 1 },
        { todo: 5, worker: 3 },
      ],
    });
    history.does(worker(1), submit(1));
    history.does(user, { type: 'approve', result: 1, judged });
    history.isRefused('something-live', user, dispatch);
    assert.equal(nextAction(history.state).kind, 'sent', 'another part is not acknowledged');
  });

  it('T6: a part that was taken back goes out again beside the rest, and to no worker that is busy', () => {
    const history = together(...apart);
    history.does(user, { type: 'withdraw', dispatch: 2, reason: 'Its worker is silent' });
    assert.equal(nextAction(history.state).kind, 'dispatch');
    assert.match(history.isRefused('worker-busy', user, dispatch).sentence, /web has TODO 1/);
    history.isRefused('something-live', user, {
      ...dispatch,
      bundle: { todos: [2, 3], purpose: 'Add the sluices' },
    });
    history.does(user, { ...dispatch, worker: 3 });
    const again = history.last('dispatched');
    assert.deepEqual([again.todos, again.bundle, again.reason], [[2], 1, send.reason]);
    assert.deepEqual(history.state.live, [1, 3, 4]);
  });

  it('T6: a rejected part goes back alone, and the verdict on one leaves the others as they are', () => {
    const history = together(...apart);
    history.does(worker(3), submit(2));
    history.does(user, { type: 'reject', result: 1, ...tooThin });
    assert.deepEqual(
      [1, 2, 3].map((n) => at(history.state.dispatches, n)?.epoch),
      [1, 2, 1],
    );
    history.does(worker(1), submit(1));
    history.does(user, { type: 'approve', result: 2, judged });
    assert.deepEqual(history.state.live, [2, 3]);
    assert.deepEqual(history.state.list, [2, 3]);
  });

  it('T4: what one leaves open keeps planned work waiting, while the others finish', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    history.does(user, { type: 'add-todo', role: 'code', packet: todoAt(history, 1).packet });
    history.does(worker(1), submit(1, { stillOpen: [item] }));
    history.does(worker(3), submit(2));
    for (const result of [1, 2]) history.does(user, { type: 'approve', result, judged });
    assert.deepEqual(history.state.list, [4, 3]);
    history.isRefused('unreconciled', user, {
      ...send,
      parts: [
        { todo: 4, worker: 1 },
        { todo: 3, worker: 3 },
      ],
    });
    reconcile(history, 4, { scope: ['src/d.ts'] });
    const both = [
      { todo: 4, worker: 1 },
      { todo: 3, worker: 3 },
    ];
    assert.match(history.isRefused('open-item-first', user, { ...send, parts: both }).sentence, /TODO 4/);
  });

  it('T1: no worker sends anything side by side', () => {
    besides(...apart).isRefused('not-a-workers', worker(1), send);
  });

  it('P8: conflict risk fails where the scope meets that of another, whatever made it so since', () => {
    const history = together(['src/Gate.js'], ['src/gate.js']);
    history.does(worker(1), { type: 'acknowledge', dispatch: 1, epoch: 1 });
    history.does(worker(1), submit(1));
    const change = seen({ files: [changed('src/Gate.js')] });
    const conflict = (caseBlind: boolean) =>
      gatesOf(history.state, 1, change, { ...history.workspace, caseBlind })?.find(
        ({ gate }) => gate === 'conflict',
      );
    assert.equal(conflict(false)?.pass, true);
    // The folder turns out to lie on a disk that knows no capitals.
    assert.equal(conflict(true)?.pass, false);
    assert.match(JSON.stringify(conflict(true)), /The scope meets that of/);
  });
});
