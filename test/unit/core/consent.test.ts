import assert from 'node:assert/strict';
import { leadCalls } from '../../../src/contract/leadCalls.ts';
import { isRefused } from '../../../src/core/decision.ts';
import { at } from '../../../src/core/table.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { addWorker, nothing, packet } from './drafts.ts';
import { besides, parts, released, resulted } from './given.ts';
import { History, orchestrator, user } from './history.ts';

const runs = { kind: 'command', argv: ['agent'] };

/** TODO 1, and worker 1 for it, which is somebody else's program. */
function withAgent(): History {
  const history = new History();
  history.does(user, { type: 'start', objective: 'A gate that closes', constraints: [] });
  history.does(user, { ...addWorker('web', 'code'), runs });
  history.does(user, { type: 'add-todo', role: 'code', packet: packet('Add the first sluice') });
  return history;
}

const send = { type: 'dispatch', worker: 1 } as const;
const allow = { type: 'allow-unguarded', worker: 1 } as const;
const waiting = ({ state }: History) => inbox(state).map(({ kind, title }) => `${kind}: ${title}`);

describe('work for a worker that no guard holds back', () => {
  it('P2: goes out by the user’s word alone, which is asked for once', () => {
    const history = withAgent();
    const refused = history.isRefused('unguarded', user, send);
    assert.match(refused.sentence, /^No guard has called in the name of web/);
    assert.match(refused.next, /Send Work Unguarded/);
    history.isRefused('user-only', orchestrator, allow);
    history.does(user, allow);
    history.does(user, send);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Again' });
    history.does(orchestrator, send);
    history.isRefused('needs-no-word', user, allow);
    history.isRefused('unknown-worker', user, { ...allow, worker: 9 });
  });

  it('P2: goes out unasked once its guard has called, and to whoever is no stranger’s program', () => {
    const history = withAgent();
    history.does({ seat: 'keeper' }, { type: 'note-guarded', worker: 1 });
    history.does(orchestrator, send);
    for (const known of [
      { kind: 'rehearsal' },
      { kind: 'by-hand', where: 'here' },
      { kind: 'by-hand', where: 'elsewhere' },
    ]) {
      const other = new History();
      other.does(user, { type: 'start', objective: 'A gate that closes', constraints: [] });
      const { tokenHash, expires, ...plain } = addWorker('web', 'code');
      other.does(user, {
        ...plain,
        ...(known.kind === 'by-hand' ? {} : { tokenHash, expires }),
        runs: known,
      });
      other.does(user, { type: 'add-todo', role: 'code', packet: packet('Add the first sluice') });
      other.does(orchestrator, send);
    }
  });

  it('P2: is asked for anew once a guard that spoke up before each call is heard no more', () => {
    const history = withAgent();
    const keeper = { seat: 'keeper' } as const;
    history.does(user, allow);
    history.does(keeper, { type: 'note-guarded', worker: 1 });
    // One that never spoke up before a call is not missed at one.
    history.does(keeper, { type: 'note-unguarded', worker: 1 });
    assert.equal(at(history.state.workers, 1)?.guarded, true);
    history.does(keeper, { type: 'note-guarded', worker: 1, calls: true });
    assert.equal(history.ask(keeper, { type: 'note-guarded', worker: 1, calls: true }).events.length, 0);
    history.does(keeper, { type: 'note-unguarded', worker: 1 });
    assert.match(history.isRefused('unguarded', user, send).sentence, /was not heard at its last call/);
    assert.equal(history.ask(keeper, { type: 'note-unguarded', worker: 1 }).events.length, 0);
    history.does(keeper, { type: 'note-guarded', worker: 1, calls: true });
    history.does(user, { type: 'renew-token', worker: 1, tokenHash: 'a'.repeat(64), expires: 9e12 });
    history.does(keeper, { type: 'note-guarded', worker: 1 });
    assert.equal(history.ask(keeper, { type: 'note-unguarded', worker: 1 }).events.length, 0);
  });

  it('P2: an agent’s dispatch to it is refused, and asks the user in the Inbox, once', () => {
    const history = withAgent();
    const refused = history.isRefused('user-only', orchestrator, send);
    assert.match(
      refused.sentence,
      /Only the user sends it work all the same\. Your proposal is in the user's Inbox/,
    );
    history.isRefused('user-only', orchestrator, send);
    assert.deepEqual(waiting(history), [
      'proposal: Proposal: send web, whom no guard holds back, TODO 1 (“Add the first sluice”)',
    ]);
    history.does(user, allow);
    assert.deepEqual(waiting(history), []);
    history.does(orchestrator, send);
    const declined = withAgent();
    declined.isRefused('user-only', orchestrator, send);
    declined.does(user, { type: 'decline-proposal', proposal: 1, reason: 'Set its hook up' });
    assert.match(
      declined.isRefused('user-only', orchestrator, send).sentence,
      /The user declined it: Set its hook up/,
    );
    assert.deepEqual(waiting(declined), []);
  });

  it('P2: side by side each of them is asked about', () => {
    const history = besides(['src/a/**'], ['src/b/**']);
    history.does(user, { ...addWorker('stranger', 'code'), runs });
    const [first] = parts(1);
    const both = { type: 'dispatch-side-by-side', parts: [first, { todo: 2, worker: 4 }], reason: 'Both' };
    history.isRefused('unguarded', user, both as never);
    assert.deepEqual(history.state.live, []);
    history.isRefused('user-only', orchestrator, both as never);
    history.does(user, { ...allow, worker: 4 });
    history.does(orchestrator, both as never);
  });
});

describe('the whole workspace', () => {
  const whole = { type: 'edit-todo', todo: 1, role: 'code', packet: { scope: ['**'] } } as const;

  it('P7: is given to a TODO by the user’s word alone, in whatever form it is written', () => {
    const history = besides(['src/a/**'], ['src/b/**']);
    for (const entry of ['**', '*', '**/*', './**', '`**`']) {
      const act = { ...whole, packet: { scope: [entry] } };
      history.isRefused('packet-flawed', user, act);
      history.does(user, { ...act, whole: true });
    }
    history.isRefused('packet-flawed', user, { ...whole, packet: { scope: ['/', '..'] }, whole: true });
    history.does(user, { ...whole, whole: true });
    history.does(orchestrator, { type: 'dispatch', worker: 1 });
    assert.deepEqual(at(history.state.dispatches, 1)?.packet.scope, ['**']);
    const lock = { type: 'lock-scope', scope: ['docs/'], holder: { kind: 'user' }, reason: 'Mine' };
    assert.equal(
      history.isRefused('scope-owned', user, lock as never).about?.n,
      1,
      'nobody else gets a file',
    );
  });

  it('P7: is nothing that an agent gives: it asks the user in the Inbox, and may not use what it was given for', () => {
    const history = besides(['src/a/**'], ['src/b/**']);
    const asked = history.ask(orchestrator, { ...whole, whole: true });
    assert.ok(isRefused(asked));
    assert.equal(asked.refusal.code, 'user-only');
    assert.deepEqual(waiting(history), [
      'proposal: Proposal: give the whole workspace to TODO 1 (“Add the sluice number 1”)',
    ]);
    history.does(user, { ...whole, whole: true });
    assert.deepEqual(waiting(history), []);
    const other = { ...whole, packet: { task: 'Add another sluice' } };
    assert.match(history.isRefused('user-only', orchestrator, other).sentence, /only the user edits it/);
    assert.deepEqual(waiting(history), []);
    const merge = { type: 'merge-todo', todo: 2, into: 1, reason: 'One' } as const;
    history.isRefused('user-only', orchestrator, merge);
    history.does(orchestrator, { ...whole, packet: { scope: ['src/'] } });
    history.does(orchestrator, merge);
  });

  it('P7: is taken from no agent with a new TODO or an item, and no call of an agent has the word for it', () => {
    const history = released('Add the first sluice');
    const result = resulted(history, nothing({ stillOpen: ['README.md is silent'] }));
    const every = packet('Say it everywhere', { scope: ['**'] });
    const because = { kind: 'result', number: result };
    const add = { type: 'add-todo', role: 'code', packet: every, because, whole: true };
    history.isRefused('packet-flawed', orchestrator, add as never);
    history.isRefused('packet-flawed', orchestrator, {
      type: 'reconcile',
      todo: 2,
      role: 'code',
      packet: every,
      whole: true,
    });
    history.does(user, { type: 'reconcile', todo: 2, role: 'code', packet: every, whole: true });
    history.does(user, add as never);
    for (const [name, row] of Object.entries(leadCalls))
      assert.equal(Object.keys(row.input.shape).includes('whole'), false, name);
  });
});
