import assert from 'node:assert/strict';
import { addWorker, dispatch, judged, nothing, override, packet, tooThin } from './drafts.ts';
import { besides } from './given.ts';
import { orchestrator, todoAt, user, worker } from './history.ts';
import {
  file,
  first,
  second,
  person,
  open,
  owner,
  path,
  evidence,
  resume,
  two,
  worked,
} from './conflicts.ts';

describe('while a conflict is open', () => {
  it('P7: a frozen side’s result that names the file is refused, and taken after resume', () => {
    const history = two();
    history.does(user, open([first, second]));
    const submit = (files: readonly string[]) =>
      ({ type: 'submit', dispatch: 2, epoch: 1, packet: nothing({ files: [...files] }) }) as const;
    const { next } = history.isRefused('frozen', worker(3), submit([`./${file}`]));
    assert.match(next, /report_progress|still_open/);
    worked(history);
    history.does(worker(3), submit([file]));
  });

  it('P7: a result of a side is not approved; it may be rejected, and the case stands', () => {
    const history = two();
    history.does(user, open([first, second]));
    history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 1, packet: nothing({ files: [] }) });
    const { next } = history.isRefused('conflict-open', user, { type: 'approve', result: 1, judged });
    assert.match(next, /Work it to resume first: say who owns it/);
    history.does(user, { type: 'reject', result: 1, ...tooThin });
    history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 2, packet: nothing({ files: [] }) });
    worked(history);
    history.does(user, { type: 'approve', result: 2, judged });
  });

  it('P7: no override covers it, neither for a release nor for closing', () => {
    const history = two();
    history.does(user, open([first, second]));
    const named = override([1, 2]);
    history.does(user, { type: 'add-step', title: 'More', role: 'code', tasks: [packet('Add the gate')] });
    assert.match(history.isRefused('gate-shut', user, { type: 'release', override: named }).next, /resume/);
    const { sentence } = history.isRefused('not-closable', user, { type: 'close', override: named });
    assert.match(sentence, /No override covers a conflict/);
    worked(history);
    history.does(user, { type: 'close', override: named });
  });

  it('P7: it outlives its dispatch: nobody new is sent into these files before resume, and then they are', () => {
    const history = two();
    history.does(user, open([first, second]));
    for (const n of [1, 2]) history.does(user, { type: 'withdraw', dispatch: n, reason: 'Later' });
    history.does(user, { type: 'move-todo', todo: 1, before: 2, reason: 'First' });
    const { sentence, next } = history.isRefused('conflict-open', user, dispatch);
    assert.match(sentence, /nobody new is sent into it/);
    assert.match(next, /resume/);
    worked(history);
    history.does(user, dispatch);
  });

  it('P7: by hand elsewhere nobody can be frozen: the result is taken, and its verdict waits', () => {
    const history = besides(['src/a/**'], ['src/b/**']);
    const runs = { kind: 'by-hand', where: 'elsewhere' };
    history.does(user, { type: 'add-worker', name: 'Ann', role: 'code', runs });
    history.does(user, {
      type: 'dispatch-side-by-side',
      parts: [
        { todo: 1, worker: 1 },
        { todo: 2, worker: 4 },
      ],
      reason: 'Apart',
    });
    const decision = history.ask(user, open([first, { kind: 'worker', worker: 4, dispatch: 2 }]));
    assert.ok('said' in decision);
    assert.match(decision.said, /Ann works elsewhere and cannot be frozen: tell it, and its result waits/);
    const entered = { seat: 'worker', worker: 4, enteredBy: 'user' } as const;
    history.does(entered, { type: 'submit', dispatch: 2, epoch: 1, packet: nothing({ files: [file] }) });
    history.isRefused('conflict-open', user, { type: 'approve', result: 1, judged });
  });
});

describe('a merge path', () => {
  const work = { packet: packet('Rebase the gate on the sluice', { scope: ['src/b/**'] }), role: 'code' };

  it('T3: what it leaves to do is on the list before it is accepted, before everything planned', () => {
    const history = two();
    history.does(user, { type: 'add-todo', role: 'code', packet: packet('Add the last sluice') });
    history.does(user, open([first, second]));
    history.does(user, owner);
    history.isRefused('packet-flawed', user, { ...path, work: { packet: {}, role: 'code' } });
    history.isRefused('todo-roleless', user, { ...path, work: { ...work, role: '' } });
    const { todo } = history.does(user, { ...path, path: 'owner-first', work });
    assert.equal(todo, 4);
    assert.deepEqual(history.state.list, [1, 2, 4, 3]);
    assert.deepEqual(todoAt(history, 4).origin, { kind: 'conflict', conflict: 1 });
    for (const act of [evidence, resume]) history.does(user, act);
    for (const n of [1, 2]) {
      const to = n === 1 ? 1 : 3;
      history.does(worker(to), { type: 'submit', dispatch: n, epoch: 1, packet: nothing({ files: [] }) });
      history.does(user, { type: 'approve', result: n, judged });
    }
    const move = { type: 'move-todo', todo: 3, before: 4, reason: 'First' } as const;
    history.isRefused('planned-first', orchestrator, move);
    history.does(user, move);
    assert.match(history.isRefused('open-item-first', user, dispatch).sentence, /TODO 4/);
  });

  it('T3: “nothing” is not taken where somebody without a live task is to redo it', () => {
    const history = two();
    history.does(user, open([first, person]));
    history.does(user, owner);
    const { sentence } = history.isRefused('path-leaves-work', user, { ...path, path: 'owner-first' });
    assert.match(sentence, /the user, who has no live task/);
    history.does(user, { ...path, path: 'owner-first', work });
    history.does(user, { ...path, path: 'hand-over' });
    const other = two();
    other.does(user, open([first, second]));
    other.does(user, owner);
    other.does(user, { ...path, path: 'owner-first' });
    other.does(user, { type: 'withdraw', dispatch: 2, reason: 'Gone' });
    other.isRefused('path-leaves-work', user, { ...path, path: 'owner-first' });
    other.does(user, { ...path, path: 'split' });
  });

  it('P7: a removed worker leaves the case to be worked to its end', () => {
    const history = two();
    history.does(user, open([first, second]));
    history.does(user, { type: 'remove-worker', worker: 3, reason: 'Gone' });
    history.does(user, addWorker('new', 'code'));
    worked(history);
    history.does(user, { ...dispatch, worker: 4 });
  });
});
