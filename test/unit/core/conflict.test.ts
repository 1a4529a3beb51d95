import assert from 'node:assert/strict';
import { frozenSide, nextStep } from '../../../src/core/dispute.ts';
import { gateReasons } from '../../../src/core/gate.ts';
import { at } from '../../../src/core/table.ts';
import { orchestrator, user, worker } from './history.ts';
import {
  file,
  keeper,
  first,
  second,
  person,
  unknown,
  open,
  owner,
  path,
  evidence,
  resume,
  two,
  may,
  frozen,
} from './conflicts.ts';

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
