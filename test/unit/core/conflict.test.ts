import assert from 'node:assert/strict';
import { frozenSide, nextStep } from '../../../src/core/dispute.ts';
import { gateReasons } from '../../../src/core/gate.ts';
import { mayWrite } from '../../../src/core/ownership.ts';
import { at } from '../../../src/core/table.ts';
import { addWorker, dispatch, judged, nothing, override, packet, tooThin } from './drafts.ts';
import { besides, together } from './given.ts';
import { orchestrator, todoAt, user, worker, type History } from './history.ts';

const file = 'src/a/x.ts';
const keeper = { seat: 'keeper' } as const;
const first = { kind: 'worker', worker: 1, dispatch: 1 } as const;
const second = { kind: 'worker', worker: 3, dispatch: 2 } as const;
const person = { kind: 'user' } as const;
const unknown = { kind: 'unknown' } as const;
const open = (sides: readonly object[], files: readonly string[] = [file]) =>
  ({ type: 'open-conflict', files, sides, noticed: 'Both wrote the file' }) as const;
const owner = { type: 'assign-owner', conflict: 1, side: 1, reason: 'It was there first' } as const;
const path = {
  type: 'set-merge-path',
  conflict: 1,
  path: 'take-side',
  words: 'The first one’s text stands',
  work: 'nothing',
} as const;
const evidence = {
  type: 'give-evidence',
  conflict: 1,
  contract: 'open() keeps its two arguments',
  regression: { command: 'npm test', result: '12 passing' },
} as const;
const resume = { type: 'resume', conflict: 1, reason: 'Both rely on the same contract' } as const;

const two = () => together(['src/a/**'], ['src/b/**']);
const may = (history: History, n: number, name: string) => {
  const answer = mayWrite(history.state, n, name, history.workspace);
  return answer.allowed ? 'allowed' : answer.code;
};
const frozen = (history: History, n = 1) => {
  const conflict = at(history.state.conflicts, n);
  assert.ok(conflict);
  return frozenSide(conflict);
};
const worked = (history: History, more: readonly Parameters<typeof history.does>[1][] = []) => {
  for (const act of [owner, path, evidence, resume, ...more]) history.does(user, act);
};

describe('a conflict', () => {
  it('P7: freezes the later of two workers with the act that opens it, on that file and nowhere else', () => {
    const history = two();
    assert.equal(history.does(orchestrator, open([second, first])).conflict, 1);
    assert.equal(may(history, 1, file), 'frozen');
    assert.equal(may(history, 1, 'src/a/y.ts'), 'allowed');
    assert.deepEqual(frozen(history), first);
    assert.match(gateReasons(history.state).at(-1)?.sentence ?? '', /Conflict 1 over `src\/a\/x.ts` is open/);
  });

  it('P7: its steps go in order, none is skipped, and each names who did it', () => {
    const history = two();
    history.does(keeper, open([first, second]));
    const steps = [owner, path, evidence, resume] as const;
    steps.forEach((step, index) => {
      for (const later of steps.slice(index + 1)) {
        const { next } = history.isRefused('step-skipped', user, later);
        assert.match(next, /^First (say|give)/);
      }
      history.does(index % 2 === 0 ? user : orchestrator, step);
    });
    const conflict = at(history.state.conflicts, 1);
    assert.deepEqual(
      [conflict?.by, conflict?.owner?.by, conflict?.path?.by, conflict?.evidence?.by, conflict?.resumed?.by],
      ['keeper', 'user', 'orchestrator', 'user', 'orchestrator'],
    );
    assert.deepEqual(history.state.disputed, []);
    assert.equal(may(history, 1, file), 'allowed');
    history.isRefused('conflict-not-open', user, owner);
  });

  it('P7: a step without its words is refused, and evidence without contract, command or result', () => {
    const history = two();
    history.isRefused('no-reason', user, { ...open([first, second]), noticed: '' });
    history.does(user, open([first, second]));
    history.isRefused('no-reason', user, { ...owner, reason: ' ' });
    history.does(user, owner);
    history.isRefused('no-reason', user, { ...path, words: '' });
    history.does(user, path);
    for (const more of [
      { contract: '' },
      { regression: { command: '', result: '12 passing' } },
      { regression: { command: 'npm test', result: ' ' } },
    ])
      history.isRefused('evidence-incomplete', user, { ...evidence, ...more });
    history.does(user, evidence);
    history.isRefused('no-reason', user, { ...resume, reason: '' });
  });

  it('P7: a step that is done again undoes those behind it', () => {
    const history = two();
    history.does(user, open([first, second]));
    for (const step of [owner, path, evidence, { ...owner, side: 2 } as const]) history.does(user, step);
    const conflict = at(history.state.conflicts, 1);
    assert.ok(conflict);
    assert.equal(nextStep(conflict), 'set-merge-path');
    assert.deepEqual(frozenSide(conflict), first, 'whoever does not own it is frozen');
    assert.equal(may(history, 1, file), 'frozen');
  });

  it('P7: person against worker freezes the worker; what the user takes over is the user’s until given back', () => {
    const history = two();
    history.does(user, open([first, person]));
    assert.equal(may(history, 1, file), 'frozen');
    for (const act of [owner, path, evidence, resume]) history.isRefused('user-only', orchestrator, act);
    history.does(user, { ...owner, side: 2 });
    assert.deepEqual(at(history.state.locks, 1)?.holder, person);
    for (const act of [path, evidence, resume]) history.does(user, act);
    assert.equal(may(history, 1, file), 'scope-owned', 'it is the user’s');
    history.isRefused('user-only', orchestrator, { type: 'release-lock', lock: 1, reason: 'Done' });
    history.does(user, { type: 'release-lock', lock: 1, reason: 'Given back' });
    assert.equal(may(history, 1, file), 'allowed');
  });

  it('P7: the user’s take-over goes before a lock for the worker, and back when the worker turns out the owner', () => {
    const history = two();
    history.does(user, {
      type: 'lock-scope',
      scope: [file],
      holder: { kind: 'worker', worker: 1 },
      reason: 'Its',
    });
    history.does(user, open([first, person]));
    history.does(user, { ...owner, side: 2 });
    history.does(user, owner);
    assert.deepEqual(history.state.held, [1]);
    assert.equal(may(history, 1, file), 'frozen', 'until it is resumed');
    history.does(user, { ...owner, side: 2 });
    for (const act of [path, evidence, resume]) history.does(user, act);
    assert.equal(may(history, 1, file), 'scope-owned');
  });

  it('P7: of an unknown writer the owner is frozen until the user says whose write it was', () => {
    const named = (writer: object) => {
      const history = two();
      history.does(keeper, open([unknown, first]));
      assert.equal(may(history, 1, file), 'frozen');
      assert.match(history.isRefused('step-skipped', user, owner).next, /whose write/);
      history.isRefused('user-only', orchestrator, { type: 'name-writer', conflict: 1, writer });
      history.isRefused('writer-unnamed', user, { type: 'name-writer', conflict: 1, writer: unknown });
      history.does(user, { type: 'name-writer', conflict: 1, writer });
      return history;
    };
    const byUser = named(person);
    assert.deepEqual([may(byUser, 1, file), byUser.state.disputed], ['frozen', [1]]);
    byUser.isRefused('writer-known', user, { type: 'name-writer', conflict: 1, writer: person });
    const byOther = named(second);
    assert.deepEqual([may(byOther, 1, file), frozen(byOther)], ['allowed', second]);
    const own = named({ kind: 'worker', worker: 1 });
    assert.deepEqual([may(own, 1, file), own.state.disputed], ['allowed', []]);
  });

  it('P7: is asked once: the same two in the same file are one case, and a new file of theirs joins it', () => {
    const history = two();
    history.does(keeper, open([first, person]));
    const again = history.ask(keeper, open([person, first]));
    assert.ok('made' in again);
    assert.deepEqual([again.events, again.made], [[], { conflict: 1 }]);
    history.does(keeper, open([first, person], [file, 'src/a/y.ts']));
    assert.deepEqual(at(history.state.conflicts, 1)?.files, [file, 'src/a/y.ts']);
    assert.equal(may(history, 1, 'src/a/y.ts'), 'frozen');
    history.does(user, owner);
    assert.equal(history.does(keeper, open([first, person], ['src/a/z.ts'])).conflict, 2);
  });

  it('P7: has two different sides, a worker with a live task among them, and files that are paths', () => {
    const history = two();
    history.isRefused('no-side-works', user, open([person, unknown]));
    history.isRefused('one-side', user, open([first, { kind: 'worker', worker: 1 }]));
    history.isRefused('unknown-worker', user, open([first, { kind: 'worker', worker: 9 }]));
    history.isRefused('not-its-task', user, open([first, { kind: 'worker', worker: 3, dispatch: 1 }]));
    history.isRefused('nothing-live', user, open([person, { kind: 'worker', worker: 1 }]));
    history.isRefused('scope-flawed', user, open([first, second], ['../x']));
    history.isRefused('not-a-workers', worker(1), open([first, second]));
    for (const act of [owner, path, evidence, resume]) history.isRefused('conflict-not-open', user, act);
  });
});

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
