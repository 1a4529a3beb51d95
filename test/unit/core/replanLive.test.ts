import assert from 'node:assert/strict';
import { mayWrite } from '../../../src/core/ownership.ts';
import { at } from '../../../src/core/table.ts';
import { resultDocument } from '../../../src/core/views/resultDocument.ts';
import { addWorker, item, judged, nothing, packet, tooThin } from './drafts.ts';
import { dispatched, openItems, released, resulted, together, twoSteps } from './given.ts';
import { orchestrator, todoAt, user, worker } from './history.ts';
import { because as reason, bank, change, quotes, replan, words } from './replans.ts';

describe('live work in a replan', () => {
  it('T7: what is not named goes on as it is', () => {
    const history = twoSteps();
    dispatched(history);
    const before = history.state.dispatches;
    history.does(orchestrator, replan({ steps: [{ step: 2 }, bank] }));
    assert.equal(history.state.dispatches, before);
  });

  it('T7: a change tells all six fields as they now stand, and is acknowledged anew', () => {
    const history = released('Add the first sluice', 'Add the other sluice');
    const task = dispatched(history);
    history.does(orchestrator, replan({ live: [change] }));
    const now = at(history.state.dispatches, 1);
    assert.deepEqual(now?.packet, { ...packet('Add the first sluice'), scope: ['src/down/**'] });
    assert.deepEqual(todoAt(history, 1).packet, now?.packet);
    assert.equal(now.epoch, 2);
    assert.equal(now.acknowledgedAt, undefined);
    const said = history.isRefused('task-over', worker(1), { type: 'progress', ...task, text: 'On it' });
    assert.match(
      said.sentence,
      /Task 1\.1 was changed by a replan and is 1\.2 now: The sluice is built downstream/,
    );
    history.does(worker(1), { type: 'acknowledge', dispatch: 1, epoch: 2 });
    assert.deepEqual(history.state.live, [1]);
    const allowed = (name: string) => mayWrite(history.state, 1, name, history.workspace).allowed;
    assert.deepEqual([allowed('src/gate.js'), allowed('src/down/x.js')], [false, true]);
  });

  it('P7: takes no critical file unguarded into a folder that others share; in one of its own it may', () => {
    const sent = (worktrees: boolean) => {
      const history = released('Add the first sluice');
      history.workspace = { ...history.workspace, criticalFiles: ['src/down.lock'], worktrees };
      dispatched(history);
      return history;
    };
    const wants = replan({ live: [{ ...change, packet: { scope: ['src/gate.js', 'src/down.lock'] } }] });
    const shared = sent(false);
    shared.isRefused('critical-unguarded', orchestrator, wants);
    shared.workspace = { ...shared.workspace, worktrees: true };
    shared.isRefused('critical-unguarded', orchestrator, wants);
    shared.does({ seat: 'keeper' }, { type: 'note-guarded', worker: 1 });
    shared.does(orchestrator, wants);
    sent(true).does(orchestrator, wants);
  });

  it('T7: a result of the old packet comes late and is shown beside what it answers', () => {
    const history = released('Add the first sluice');
    const task = dispatched(history);
    const more = { doneWhen: ['`npm test` prints 13 passing', 'src/a.js says "down"'] };
    history.does(orchestrator, replan({ live: [{ ...change, packet: more }] }));
    history.does(worker(1), { type: 'submit', ...task, packet: nothing({ stillOpen: ['The bank'] }) });
    assert.deepEqual(history.state.late, [1]);
    assert.deepEqual(history.state.list, [1], 'it changes no TODO');
    const shown = resultDocument(history.state, 1);
    assert.match(shown, /prints "Add the first sluice"/);
    assert.doesNotMatch(shown, /13 passing/);
    history.isRefused('result-incomplete', worker(1), {
      type: 'submit',
      dispatch: 1,
      epoch: 2,
      packet: nothing(),
    });
  });

  it('T7: work in review is not changed under its result', () => {
    const history = released('Add the first sluice');
    resulted(history, nothing());
    history.isRefused('in-review', user, replan({ live: [change] }));
    history.does(orchestrator, { type: 'reject', result: 1, ...tooThin });
    history.does(orchestrator, replan({ live: [change] }));
    assert.equal(at(history.state.dispatches, 1)?.epoch, 3);
  });

  it('T7: a change that leaves the six fields as they are would only interrupt', () => {
    const history = released('Add the first sluice');
    dispatched(history);
    const idle = { todo: 1, fate: 'changes', packet: { task: 'Add the first sluice.' } };
    history.isRefused('change-changes-nothing', orchestrator, replan({ live: [idle] }));
  });

  it('T7: is read as every packet is: complete, provable, of one purpose', () => {
    const history = released('Add the first sluice');
    dispatched(history);
    const changed = (fields: object) => replan({ live: [{ ...change, packet: fields }] });
    history.isRefused('packet-flawed', user, changed({ doneWhen: [] }));
    history.isRefused('two-purposes', user, changed({ task: 'Add the sluice and write the manual' }));
    history.isRefused('packet-flawed', orchestrator, changed({ scope: ['**'] }));
    history.isRefused('todo-not-live', user, replan({ live: [{ ...change, todo: 2 }] }));
    history.isRefused('todo-not-live', user, replan({ live: [change, change] }));
    history.isRefused('fate-unclear', user, replan({ live: [{ ...change, fate: 'goes-on' }] }));
  });

  it('P2: a SCOPE that grows takes nothing from another; files can change hands in one replan', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    const grow = { todo: 1, fate: 'changes', packet: { scope: ['src/a/**', 'src/b/x.js'] } };
    const said = history.isRefused('scope-owned', orchestrator, replan({ live: [grow] }));
    assert.match(said.sentence, /belongs to hand 3/);
    const shrink = { todo: 2, fate: 'changes', packet: { scope: ['src/b/y.js'] } };
    history.does(orchestrator, replan({ live: [grow, shrink] }));
    history.isRefused(
      'scope-owned',
      orchestrator,
      replan({ live: [{ ...grow, packet: { scope: ['src/b/**'], notYourJob: ['docs/'] } }] }),
    );
  });

  it('T7: of several TODOs in one packet each is changed by its number; they are withdrawn together', () => {
    const history = released('Add the first sluice', 'Add the other sluice');
    const purpose = 'Add both of the sluices';
    history.does(user, { type: 'dispatch', worker: 1, bundle: { todos: [1, 2], purpose } });
    history.isRefused('one-packet', user, replan({ live: [{ todo: 2, fate: 'withdrawn' }] }));
    history.does(orchestrator, replan({ live: [{ ...change, todo: 2 }] }));
    const now = at(history.state.dispatches, 1);
    assert.equal(now?.packet.task, purpose);
    assert.deepEqual(now.packet.scope, ['src/gate.js', 'src/down/**']);
    assert.deepEqual(todoAt(history, 1).packet, packet('Add the first sluice'));
    const all = [1, 2].map((todo) => ({ todo, fate: 'withdrawn', reason: 'Not now' }));
    history.does(orchestrator, replan({ live: all }));
    assert.deepEqual(history.state.live, []);
    assert.equal(at(history.state.dispatches, 1)?.why, 'Not now');
  });

  it('P8: a command of VERIFY that an agent’s change brings is the agent’s', () => {
    const history = released('Add the first sluice');
    dispatched(history);
    const verify = ['npm test', 'npm run bank'];
    history.does(orchestrator, replan({ live: [{ ...change, packet: { verify } }] }));
    assert.deepEqual(todoAt(history, 1).agentVerify, ['npm run bank']);
    history.does(user, { type: 'add-step', ...bank });
    history.does(orchestrator, replan({ steps: [{ step: 2, title: 'Raise it' }] }));
    assert.equal(at(history.state.steps, 2)?.byAgent, true);
  });
});

describe('a replan while an instruction stands', () => {
  const instruct = { type: 'instruct', words } as const;

  it('T2: quotes it word for word and names every live TODO’s fate, and thereby ends it', () => {
    const history = released('Add the first sluice', 'Add the other sluice');
    dispatched(history);
    history.does(user, instruct);
    const said = history.isRefused('instruction-unquoted', orchestrator, replan({ live: [change] }));
    assert.ok(said.sentence.includes(words));
    const tidied = { instruction: 1, words: words.trim() };
    history.isRefused('instruction-unquoted', orchestrator, replan({ quotes: tidied, live: [change] }));
    const other = { instruction: 2, words };
    history.isRefused('instruction-unquoted', orchestrator, replan({ quotes: other, live: [change] }));
    const unnamed = history.isRefused('fate-unnamed', user, replan({ quotes, drop: [{ todo: 2, reason }] }));
    assert.ok(unnamed.sentence.includes(words) && unnamed.sentence.includes('TODO 1'));
    history.does(orchestrator, replan({ quotes, live: [change] }));
    assert.deepEqual(history.state.instructed, []);
    assert.equal(at(history.state.instructions, 1)?.over?.replan, 1);
    assert.equal(at(history.state.replans, 1)?.instruction, 1);
    assert.match(
      at(history.state.dispatches, 1)?.context ?? '',
      /THE USER SAID:\n- {3}Build it \*downstream\*/,
    );
    history.does(worker(1), { type: 'acknowledge', dispatch: 1, epoch: 2 });
  });

  it('T2: a refused one ends nothing', () => {
    const history = openItems(item);
    history.does(user, instruct);
    history.isRefused('user-only', orchestrator, replan({ quotes, drop: [{ todo: 3, reason }] }));
    assert.deepEqual(history.state.instructed, [1]);
  });

  it('T2: they end in order, each by a replan that quotes it', () => {
    const history = released('Add the first sluice', 'Add the other sluice');
    history.does(user, instruct);
    history.does(user, { type: 'instruct', words: 'And tell me first.' });
    const second = { instruction: 2, words: 'And tell me first.' };
    history.isRefused('instruction-unquoted', user, replan({ quotes: second }));
    history.does(user, replan({ quotes, order: [2, 1] }));
    assert.deepEqual(history.state.instructed, [2]);
    history.isRefused('instruction-stands', user, { type: 'dispatch', worker: 1 });
    history.does(user, replan({ quotes: second }));
    history.does(user, { type: 'dispatch', worker: 1 });
    history.isRefused('no-instruction', user, replan({ quotes, order: [2, 1] }));
  });

  it('T2: an agent’s replan that changes nothing would be the user’s word to carry on', () => {
    const history = released('Add the first sluice');
    dispatched(history);
    history.does(user, instruct);
    const asItIs = replan({ quotes, live: [{ todo: 1, fate: 'goes-on' }] });
    const said = history.isRefused('replan-changes-nothing', orchestrator, asItIs);
    assert.match(said.sentence, /only the user lets work carry on/);
    history.does(user, asItIs);
    assert.deepEqual(history.state.instructed, []);
  });

  it('T2: what was received meanwhile stays: a result waits for its verdict, its items for their place', () => {
    const history = released('Add the first sluice', 'Add the other sluice');
    const task = dispatched(history);
    history.does(user, instruct);
    history.does(worker(1), { type: 'submit', ...task, packet: nothing({ stillOpen: [item] }) });
    history.does(user, replan({ quotes, live: [{ todo: 1, fate: 'goes-on' }], drop: [{ todo: 2, reason }] }));
    assert.deepEqual(history.state.list, [1, 3]);
    history.isRefused('unreconciled', orchestrator, { type: 'dispatch', worker: 1 });
    history.does(user, { type: 'approve', result: 1, judged });
  });

  it('T1: no worker replans', () => {
    const history = twoSteps();
    history.does(user, addWorker('third', 'code'));
    history.isRefused('not-a-workers', worker(3), replan({ steps: [{ step: 2 }, bank] }));
  });
});
