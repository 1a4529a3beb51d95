import assert from 'node:assert/strict';
import { mayWrite } from '../../../src/core/ownership.ts';
import { at } from '../../../src/core/table.ts';
import { plainWorkspace } from '../../../src/core/workspace.ts';
import { dispatch, judged, nothing } from './drafts.ts';
import { dispatched, released, together } from './given.ts';
import { orchestrator, user, worker, type History } from './history.ts';

const ask = (paths: readonly string[], more = {}) =>
  ({ type: 'request-scope', dispatch: 1, epoch: 1, paths, reason: 'The test needs it', ...more }) as const;
const may = (history: History, n: number, name: string) =>
  mayWrite(history.state, n, name, history.workspace).allowed;

describe('a request for more files', () => {
  it('P2: is granted in one step where they are free, NOT-YOUR-JOB or not, and the packet holds them', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    history.does(worker(1), ask(['docs/a.md', 'src/a/x.ts']));
    assert.deepEqual(history.last('scope-requested').paths, ['docs/a.md'], 'what it has is not asked for');
    assert.equal(at(history.state.dispatches, 1)?.acknowledgedAt !== undefined, true);
    assert.equal(may(history, 1, 'docs/a.md'), false);
    history.does(orchestrator, { type: 'grant-scope', request: 1 });
    assert.equal(may(history, 1, 'docs/a.md'), true);
    const sent = at(history.state.dispatches, 1);
    assert.deepEqual([sent?.packet.scope, sent?.epoch], [['src/a/**', 'docs/a.md'], 1]);
    assert.equal(may(history, 3, 'docs/a.md'), false);
    history.isRefused('request-not-open', user, { type: 'grant-scope', request: 1 });
    history.does(worker(1), ask(['docs/a.md']));
    assert.deepEqual(history.state.requested, [], 'what was granted is not asked for again');
  });

  it('P2: what is granted is not cut out again by NOT-YOUR-JOB', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Again' });
    history.does(user, { type: 'edit-todo', todo: 1, packet: { notYourJob: ['docs/'] }, role: '' });
    history.does(user, { type: 'dispatch', worker: 1 });
    history.does(worker(1), ask(['docs/a.md'], { dispatch: 3 }));
    history.does(user, { type: 'grant-scope', request: 1 });
    assert.deepEqual([may(history, 1, 'docs/a.md'), may(history, 1, 'docs/b.md')], [true, false]);
  });

  it('P7: becomes a conflict where somebody works there, and whoever asked is frozen there', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    history.does(worker(1), ask(['src/b/x.ts', 'src/**/y.ts', 'src/c.ts']));
    history.does(orchestrator, { type: 'grant-scope', request: 1 });
    const opened = history.last('conflict-opened');
    assert.deepEqual(opened.files, ['src/b/x.ts', 'src/b/**']);
    assert.deepEqual(
      opened.sides.map((side) => side.kind === 'worker' && side.dispatch),
      [2, 1],
    );
    assert.equal(at(history.state.requests, 1)?.state, 'conflict');
    assert.deepEqual([may(history, 1, 'src/a/z.ts'), may(history, 3, 'src/b/x.ts')], [true, true]);
    assert.equal(may(history, 1, 'src/b/x.ts'), false);
  });

  it('P2: what is locked by hand is not granted before the lock is released', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    history.does(user, { type: 'lock-scope', scope: ['src/c/'], holder: { kind: 'closed' }, reason: 'Shut' });
    history.does(worker(1), ask(['src/c/x.ts']));
    const { next } = history.isRefused('scope-owned', orchestrator, { type: 'grant-scope', request: 1 });
    assert.match(next, /lock 1.*decline request 1/);
    history.does(user, { type: 'release-lock', lock: 1, reason: 'Open' });
    history.does(orchestrator, { type: 'grant-scope', request: 1 });
  });

  it('P7: a critical file is granted only by its name, and to no unguarded worker in a shared folder', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    history.workspace = { ...plainWorkspace, criticalFiles: ['**/*.lock'] };
    history.does(worker(1), ask(['c.lock']));
    history.isRefused('critical-unguarded', orchestrator, { type: 'grant-scope', request: 1 });
    history.does({ seat: 'keeper' }, { type: 'note-guarded', worker: 1 });
    history.does(orchestrator, { type: 'grant-scope', request: 1 });
    assert.equal(may(history, 1, 'c.lock'), true);
  });

  it('P7: a dispatch that turns out to share the folder gets no critical file unguarded', () => {
    const history = released('Add the first sluice');
    history.workspace = { ...plainWorkspace, criticalFiles: ['src/gate.js'], worktrees: true };
    history.facts = { shares: 'it has no commit yet' };
    history.isRefused('critical-unguarded', orchestrator, dispatch);
    history.facts = {};
    history.does(orchestrator, dispatch);
  });

  it('P7: nor is it granted one where its dispatch shares the folder, whatever is set since', () => {
    const sent = (shares: boolean) => {
      const history = released('Add the first sluice');
      history.workspace = { ...plainWorkspace, criticalFiles: ['c.lock'], worktrees: true };
      history.facts = shares ? { shares: 'it has no commit yet' } : {};
      dispatched(history);
      history.facts = {};
      history.does(worker(1), ask(['c.lock']));
      return history;
    };
    sent(true).isRefused('critical-unguarded', orchestrator, { type: 'grant-scope', request: 1 });
    const apart = sent(false);
    apart.workspace = { ...apart.workspace, worktrees: false };
    apart.does(orchestrator, { type: 'grant-scope', request: 1 });
  });

  it('P2: is declined with a reason, and falls with its dispatch', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    for (const path of ['c.ts', 'd.ts']) history.does(worker(1), ask([path]));
    history.isRefused('no-reason', orchestrator, { type: 'decline-request', request: 1, reason: '' });
    history.does(orchestrator, { type: 'decline-request', request: 1, reason: 'It is the other step' });
    assert.equal(at(history.state.requests, 1)?.why, 'It is the other step');
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Later' });
    assert.deepEqual([history.state.requested, at(history.state.requests, 2)?.state], [[], 'moot']);
    history.isRefused('request-not-open', user, { type: 'decline-request', request: 2, reason: 'No' });
    history.does(worker(3), ask(['e.ts'], { dispatch: 2 }));
    history.does(worker(3), { type: 'submit', dispatch: 2, epoch: 1, packet: nothing({ files: [] }) });
    history.does(user, { type: 'approve', result: 1, judged });
    assert.deepEqual(history.state.requested, []);
  });

  it('T6: is of the worker’s own task under its present name, with a reason, and not without end', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    history.isRefused('unknown-task', worker(3), ask(['c.ts']));
    history.isRefused('no-reason', worker(1), ask(['c.ts'], { reason: ' ' }));
    history.isRefused('scope-flawed', worker(1), ask(['../c.ts']));
    history.isRefused('not-the-orchestrators', orchestrator, ask(['c.ts']));
    history.isRefused('not-a-workers', worker(1), { type: 'grant-scope', request: 1 });
    for (let n = 0; n < 20; n += 1) history.does(worker(1), ask([`c${n}.ts`]));
    assert.match(history.isRefused('too-many-requests', worker(1), ask(['c.ts'])).next, /still_open/);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'No' });
    history.isRefused('task-over', worker(1), ask(['c.ts']));
  });
});
