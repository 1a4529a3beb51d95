import assert from 'node:assert/strict';
import { acts } from '../../../src/contract/acts.ts';
import { mayWrite, ownerOf } from '../../../src/core/ownership.ts';
import { plainWorkspace } from '../../../src/core/workspace.ts';
import { dispatch, judged, nothing } from './drafts.ts';
import { besides, planned, together } from './given.ts';
import { orchestrator, user, worker, type History } from './history.ts';

const reason = 'It is being rewritten';
const closed = { kind: 'closed' } as const;
const lock = (scope: readonly string[], holder: object = closed) =>
  ({ type: 'lock-scope', scope, holder, reason }) as const;
const allowed = (history: History, n: number, name: string) => {
  const answer = mayWrite(history.state, n, name, history.workspace);
  return answer.allowed ? 'allowed' : answer.code;
};

describe('who owns a file', () => {
  it('P2: a live dispatch owns its scope for its worker, until it is approved or withdrawn', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    const owner = () => ownerOf(history.state, 'src/a/x.ts', history.workspace);
    assert.deepEqual(owner(), { kind: 'dispatch', dispatch: 1, worker: 1, todos: [1] });
    assert.equal(ownerOf(history.state, 'src/c.ts', history.workspace), undefined);
    history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 1, packet: nothing({ files: [] }) });
    assert.equal(owner()?.kind, 'dispatch', 'in review it is kept');
    history.does(user, { type: 'approve', result: 1, judged });
    assert.equal(owner(), undefined);
    history.does(user, { type: 'withdraw', dispatch: 2, reason });
    assert.equal(ownerOf(history.state, 'src/b/x.ts', history.workspace), undefined);
  });

  it('P2: a worker writes in its own scope alone; elsewhere it is told whose the file is, and what to do', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    assert.equal(allowed(history, 1, 'src/a/x.ts'), 'allowed');
    assert.equal(allowed(history, 1, 'src/c.ts'), 'outside-scope');
    const answer = mayWrite(history.state, 1, 'src/b/x.ts', history.workspace);
    assert.ok(!answer.allowed);
    assert.equal(answer.sentence, '`src/b/x.ts` belongs to hand 3 for TODO 2.');
    assert.match(answer.next, /request_scope.*What is still open/);
    history.does(user, { type: 'withdraw', dispatch: 1, reason });
    assert.equal(allowed(history, 1, 'src/a/x.ts'), 'no-task');
    assert.equal(allowed(history, 9, 'src/a/x.ts'), 'unknown-worker');
    history.does(user, { type: 'remove-worker', worker: 3, reason });
    assert.equal(allowed(history, 3, 'src/b/x.ts'), 'unknown-worker');
  });

  it('P2: what is in review stays as it is', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 1, packet: nothing({ files: [] }) });
    assert.equal(allowed(history, 1, 'src/a/x.ts'), 'in-review');
  });

  it('P2: no path leads around it: dots, other cases on a blind disk, another spelling of a letter', () => {
    const history = together(['src/a/**'], ['src/b/é.ts']);
    for (const name of ['./src/b/é.ts', 'src/a/../b/é.ts', 'src//b/e\u0301.ts'])
      assert.equal(allowed(history, 1, name), 'scope-owned', name);
    assert.equal(allowed(history, 1, 'SRC/B/é.ts'), 'outside-scope');
    history.workspace = { ...plainWorkspace, caseBlind: true };
    assert.equal(allowed(history, 1, 'SRC/B/É.ts'), 'scope-owned');
    assert.equal(allowed(history, 1, '../src/a/x.ts'), 'outside-scope');
  });
});

describe('a lock by hand', () => {
  it('P1: keeps files for a worker, for the user, or closed to all, with a reason; released they are free', () => {
    const history = besides(['src/a/**']);
    const { lock: first } = history.does(orchestrator, lock(['src/b/']));
    assert.equal(first, 1);
    history.does(user, lock(['src/c.ts'], { kind: 'user' }));
    history.does(user, lock(['src/d.ts'], { kind: 'worker', worker: 1 }));
    assert.deepEqual(ownerOf(history.state, 'src/b/x.ts', history.workspace), {
      kind: 'lock',
      lock: 1,
      holder: closed,
    });
    const events = history.does(orchestrator, { type: 'release-lock', lock: 1, reason: 'Done' });
    assert.ok(events);
    assert.equal(ownerOf(history.state, 'src/b/x.ts', history.workspace), undefined);
    assert.match(
      history.isRefused('unknown-lock', user, { type: 'release-lock', lock: 1, reason }).next,
      /Owned files/,
    );
  });

  it('P1: is refused without a reason, for nobody known, and for what is no scope', () => {
    const history = besides(['src/a/**']);
    history.isRefused('no-reason', user, { ...lock(['src/b/']), reason: '' });
    history.isRefused('unknown-worker', user, lock(['src/b/'], { kind: 'worker', worker: 7 }));
    for (const entry of ['../x', '/etc', '{a,b}/**'])
      assert.equal(history.isRefused('scope-flawed', user, lock([entry])).flaws?.[0]?.field, 'SCOPE');
    history.workspace = { ...plainWorkspace, folders: ['api', 'web'] };
    history.isRefused('scope-flawed', user, lock(['src/b/']));
    history.does(user, lock(['api/src/b/']));
  });

  it('P1: the whole workspace is locked by the user alone, and for no worker; then nobody is sent into it', () => {
    const history = planned('Add the sluice');
    history.does(user, { type: 'release' });
    for (const [actor, holder] of [
      [orchestrator, closed],
      [user, { kind: 'worker', worker: 1 }],
    ] as const)
      assert.match(
        history.isRefused('scope-flawed', actor, lock(['**'], holder)).sentence,
        /whole workspace, which only the user gives/,
      );
    history.workspace = { ...history.workspace, folders: ['api', 'web'] };
    for (const holder of [closed, { kind: 'user' }]) {
      const { lock: n } = history.does(user, lock(['**'], holder));
      assert.equal(ownerOf(history.state, 'web/package-lock.json', history.workspace)?.kind, 'lock');
      history.does(user, { type: 'release-lock', lock: n, reason });
    }
    history.workspace = plainWorkspace;
    history.does(user, lock(['**']));
    assert.match(history.isRefused('scope-owned', user, dispatch).next, /^Release lock 3/);
    history.does(user, { type: 'release-lock', lock: 3, reason });
  });

  it('T1: no lock is held for the orchestrator’s seat', () => {
    const parsed = acts['lock-scope'].safeParse({
      scope: ['src/b'],
      holder: { kind: 'orchestrator' },
      reason,
    });
    assert.equal(parsed.success, false);
    for (const act of [lock(['src/b']), { type: 'release-lock', lock: 1, reason }] as const)
      besides(['src/a']).isRefused('not-a-workers', worker(1), act);
  });

  it('P2: what a live dispatch of another owns is not locked over its head, nor what is locked already', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    const { sentence, next } = history.isRefused('scope-owned', user, lock(['src/a/x.ts'], { kind: 'user' }));
    assert.match(sentence, /`src\/a\/x.ts`.* belongs to web for TODO 1/);
    assert.match(next, /withdraw/);
    history.isRefused('scope-owned', user, lock(['src/a/x.ts'], { kind: 'worker', worker: 3 }));
    history.does(user, lock(['src/a/x.ts'], { kind: 'worker', worker: 1 }));
    assert.equal(allowed(history, 1, 'src/a/x.ts'), 'allowed');
    assert.match(
      history.isRefused('scope-owned', user, lock(['src/a/'], { kind: 'worker', worker: 1 })).next,
      /lock 1/,
    );
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Taken back' });
    history.does(user, lock(['src/a/y.ts'], { kind: 'user' }));
  });

  it('P2: keeps a dispatch to anybody else back, and names the lock and the way out', () => {
    const history = besides(['src/a/**'], ['src/b/**']);
    history.does(user, lock(['src/a/x.ts'], { kind: 'worker', worker: 3 }));
    const { sentence, next } = history.isRefused('scope-owned', orchestrator, dispatch);
    assert.match(
      sentence,
      /`src\/a\/\*\*` meets `src\/a\/x.ts`, which belongs to hand 3 \(lock 1: It is being/,
    );
    assert.match(next, /lock 1/);
    history.does(orchestrator, { ...dispatch, worker: 3 });
    assert.equal(allowed(history, 3, 'src/a/x.ts'), 'allowed');
  });

  it('P2: what the user locked, or keeps, the user alone releases and hands over', () => {
    const history = besides(['src/a/**']);
    history.does(user, lock(['src/a/x.ts']));
    history.does(orchestrator, lock(['src/a/y.ts'], { kind: 'user' }));
    history.does(orchestrator, lock(['src/a/z.ts']));
    for (const n of [1, 2]) {
      history.isRefused('user-only', orchestrator, { type: 'release-lock', lock: n, reason });
      history.isRefused('user-only', orchestrator, {
        type: 'hand-over-lock',
        lock: n,
        holder: { kind: 'worker', worker: 1 },
        reason,
      });
    }
    history.does(user, { type: 'hand-over-lock', lock: 2, holder: { kind: 'worker', worker: 1 }, reason });
    history.isRefused('user-only', orchestrator, { type: 'release-lock', lock: 2, reason });
    history.does(user, { type: 'release-lock', lock: 1, reason });
    history.does(orchestrator, { type: 'release-lock', lock: 3, reason });
    history.does(user, { type: 'release-lock', lock: 2, reason });
  });

  it('P2: is not handed over to take from a worker what it is at work on', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    history.does(orchestrator, lock(['src/a/x.ts'], { kind: 'worker', worker: 1 }));
    const hand = { type: 'hand-over-lock', lock: 1, reason } as const;
    for (const holder of [{ kind: 'user' }, closed, { kind: 'worker', worker: 3 }])
      history.isRefused('scope-owned', user, { ...hand, holder });
    history.isRefused('unknown-worker', user, { ...hand, holder: { kind: 'worker', worker: 9 } });
    history.isRefused('no-reason', user, { ...hand, holder: closed, reason: ' ' });
    history.does(user, { type: 'withdraw', dispatch: 1, reason });
    history.does(user, { ...hand, holder: { kind: 'user' } });
  });

  it('P2: ends with its worker, and outlives the orchestration, whose end names it', () => {
    const history = planned('Add the first sluice');
    history.does(user, {
      type: 'add-worker',
      name: 'x',
      role: 'code',
      runs: { kind: 'by-hand', where: 'here' },
    });
    history.does(user, lock(['src/a'], { kind: 'worker', worker: 3 }));
    history.does(user, lock(['src/b']));
    history.does(user, { type: 'remove-worker', worker: 3, reason });
    assert.deepEqual(history.state.held, [2]);
    const decision = history.ask(user, { type: 'close' });
    assert.ok('said' in decision);
    assert.match(decision.said, /Still locked by hand: lock 2 on src\/b for nobody/);
    assert.deepEqual(history.state.held, [2]);
  });
});

describe('critical files', () => {
  const critical = { ...plainWorkspace, criticalFiles: ['**/package-lock.json', '**/migrations/**'] };
  const name = 'src/a/package-lock.json';

  it('P7: are in a scope only where it names them literally', () => {
    const history = besides(['src/a/**', 'src/db/migrations'], ['src/b/**']);
    history.workspace = critical;
    history.does(orchestrator, dispatch);
    assert.equal(allowed(history, 1, 'src/a/x.ts'), 'allowed');
    for (const file of [name, 'src/db/migrations/7.sql']) {
      const answer = mayWrite(history.state, 1, file, critical);
      assert.ok(!answer.allowed);
      assert.equal(answer.code, 'outside-scope');
      assert.match(answer.sentence, /critical/);
    }
  });

  it('P7: two may work side by side where one names the critical file and the other does not', () => {
    const history = besides(['src/a/**'], [name]);
    history.workspace = { ...critical, worktrees: true };
    history.does(orchestrator, {
      type: 'dispatch-side-by-side',
      parts: [
        { todo: 1, worker: 1 },
        { todo: 2, worker: 3 },
      ],
      reason: 'The lock file is apart',
    });
    assert.equal(allowed(history, 1, name), 'scope-owned');
    assert.equal(allowed(history, 3, name), 'allowed');
  });

  it('P7: are never given to an unguarded worker in a shared folder; guarded, or with a folder of its own, it goes', () => {
    const history = besides([name]);
    history.workspace = critical;
    const { sentence, next } = history.isRefused('critical-unguarded', user, dispatch);
    assert.match(sentence, /`src\/a\/package-lock.json` is a critical file/);
    assert.match(next, /guarded worker/);
    history.does({ seat: 'keeper' }, { type: 'note-guarded', worker: 1 });
    assert.equal(history.ask({ seat: 'keeper' }, { type: 'note-guarded', worker: 1 }).events.length, 0);
    history.does(user, dispatch);

    const renewed = besides([name]);
    renewed.workspace = critical;
    renewed.does({ seat: 'keeper' }, { type: 'note-guarded', worker: 1 });
    renewed.does(user, { type: 'renew-token', worker: 1, tokenHash: 'a'.repeat(64), expires: 9e12 });
    renewed.isRefused('critical-unguarded', user, dispatch);
    renewed.workspace = { ...critical, worktrees: true };
    renewed.does(user, dispatch);
  });

  it('P7: a person at this editor is seen at every key; one elsewhere is as unguarded as can be', () => {
    for (const where of ['here', 'elsewhere'] as const) {
      const history = besides([name]);
      history.workspace = critical;
      history.does(user, { type: 'add-worker', name: 'Ann', role: 'code', runs: { kind: 'by-hand', where } });
      if (where === 'here') history.does(user, { ...dispatch, worker: 3 });
      else {
        history.isRefused('critical-unguarded', user, { ...dispatch, worker: 3 });
        // A folder of its own is made for those that are launched.
        history.workspace = { ...critical, worktrees: true };
        history.isRefused('critical-unguarded', user, { ...dispatch, worker: 3 });
      }
    }
  });

  it('P7: a lock by hand holds every file that it names, critical ones too', () => {
    const history = besides(['src/a/**', name]);
    history.workspace = { ...critical, worktrees: true };
    history.does(user, lock(['src/a/p*.json']));
    assert.match(
      history.isRefused('scope-owned', user, dispatch).sentence,
      /belongs to nobody \(closed to all\)/,
    );
  });
});

describe('a bundle that is one packet', () => {
  it('T6: holds what each of its TODOs holds, though each leaves the other’s files alone', () => {
    const history = besides(['src/a/**'], ['src/b/**']);
    const aside = (todo: number, notYourJob: readonly string[]) =>
      history.does(user, { type: 'edit-todo', todo, packet: { notYourJob: [...notYourJob] }, role: '' });
    aside(1, ['src/b/', 'docs/']);
    aside(2, ['src/a/', 'src/b/x.ts']);
    history.does(user, { ...dispatch, bundle: { todos: [1, 2], purpose: 'Add both sluices' } });
    for (const name of ['src/a/x.ts', 'src/b/y.ts']) assert.equal(allowed(history, 1, name), 'allowed');
    assert.equal(allowed(history, 1, 'src/b/x.ts'), 'outside-scope');
    assert.deepEqual(history.last('dispatched').packet.notYourJob, ['docs/', 'src/b/x.ts']);
  });
});
