import assert from 'node:assert/strict';
import type { Actor } from '../../../src/contract/actor.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { addWorker, judged, nothing, packet, tooThin } from './drafts.ts';
import { dispatched, released, resulted } from './given.ts';
import { History, orchestrator, todoAt, user, worker } from './history.ts';
import { evidence, keeper, run, tree } from './ran.ts';

describe('commands that agents write', () => {
  /** A TODO that this actor added, with its result. */
  function added(history: History, actor: Actor, verify: string): number {
    history.does(actor, {
      type: 'add-todo',
      packet: packet('Add the other sluice', { verify: [verify] }),
      role: 'code',
      ...(actor === user ? {} : { because: { kind: 'result', number: 1 } }),
    });
    return history.last('todo-added').todo;
  }
  const begun = (): History => {
    const history = released('Add the first sluice');
    const result = resulted(history, nothing());
    history.does(orchestrator, { type: 'approve', result, judged });
    return history;
  };
  const byAgents = (history: History, n: number): readonly string[] | undefined =>
    todoAt(history, n).agentVerify;

  it('P8: a command that an agent wrote is run only when the user has allowed that list', () => {
    const history = begun();
    const todo = added(history, orchestrator, 'node check.js --all');
    const { dispatch, epoch } = dispatched(history);
    history.does(worker(1), { type: 'submit', dispatch, epoch, packet: nothing() });
    const argv = ['node', 'check.js', '--all'];
    const noted = run(2, { todo, argv });
    assert.equal(evidence(history, tree, 2)[0]?.standing, 'cannot');
    history.isRefused('command-not-allowed', keeper, noted);
    history.does(user, { type: 'allow-command', argv: ['node', 'check.js'] });
    history.isRefused('command-not-allowed', keeper, noted);
    history.does(user, { type: 'allow-command', argv });
    assert.equal(evidence(history, tree, 2)[0]?.standing, 'not run');
    history.does(user, { type: 'revoke-command', argv });
    history.isRefused('command-not-allowed', keeper, noted);
    history.does(user, { type: 'allow-command', argv });
    history.does(keeper, noted);
    assert.equal(evidence(history, tree, 2)[0]?.standing, 'passed');
  });

  it('P8: it stands in the Inbox until the user has allowed it', () => {
    const history = begun();
    added(history, orchestrator, 'node check.js --all');
    const { dispatch, epoch } = dispatched(history);
    history.does(worker(1), { type: 'submit', dispatch, epoch, packet: nothing() });
    const rows = (): readonly string[] =>
      inbox(history.state)
        .filter(({ kind }) => kind === 'command')
        .map(({ title }) => title);
    assert.deepEqual(rows(), ['May `node check.js --all` be run? An agent wrote it for TODO 2.']);
    history.isRefused('command-not-allowed', orchestrator, { type: 'ask-verify', result: 2, hard: false });
    history.does(user, { type: 'allow-command', argv: ['node', 'check.js', '--all'] });
    assert.deepEqual(rows(), []);
    history.does(orchestrator, { type: 'ask-verify', result: 2, hard: false });
  });

  it('P8: a run is asked for by who judges, for a result that waits and holds a command', () => {
    const history = released('Add the first sluice');
    const ask = { type: 'ask-verify', result: 1, hard: false } as const;
    history.isRefused('not-in-review', orchestrator, ask);
    const result = resulted(history, nothing());
    history.isRefused('not-a-workers', worker(1), ask);
    for (let n = 0; n < 20; n += 1) history.does(orchestrator, ask);
    history.isRefused('verify-asked-often', orchestrator, ask);
    history.does(user, ask);
    history.does(orchestrator, { type: 'reject', result, ...tooThin });
    history.isRefused('not-in-review', user, ask);
  });

  it('P8: what is to be seen by eye is not run', () => {
    const history = new History();
    history.does(user, { type: 'start', objective: 'A gate that closes', constraints: [] });
    history.does(user, addWorker('web', 'code'));
    const seen = packet('Add the first sluice', { verify: ['by eye: the button “Fill” is green'] });
    history.does(user, { type: 'add-todo', packet: seen, role: 'code' });
    resulted(history, nothing());
    history.isRefused('verify-by-eye', user, { type: 'ask-verify', result: 1, hard: false });
  });

  it('P8: allowing is the user’s alone, once, and can be taken back', () => {
    const history = begun();
    const argv = ['npm', 'test'];
    history.isRefused('user-only', orchestrator, { type: 'allow-command', argv });
    history.isRefused('unknown-command', user, { type: 'revoke-command', argv });
    history.does(user, { type: 'allow-command', argv });
    history.isRefused('command-allowed', user, { type: 'allow-command', argv });
    history.isRefused('user-only', orchestrator, { type: 'revoke-command', argv });
    history.does(user, { type: 'revoke-command', argv });
    assert.deepEqual(history.state.allowed, []);
  });

  it('P8: a line stays its writer’s through an edit', () => {
    const history = begun();
    const todo = added(history, user, 'npm test');
    assert.equal(byAgents(history, todo), undefined);
    const edit = (actor: Actor, verify: readonly string[]): void =>
      void history.does(actor, {
        type: 'edit-todo',
        todo,
        role: 'code',
        packet: packet('Add the other sluice', { verify: [...verify] }),
      });
    edit(orchestrator, ['npm test', 'npm run lint']);
    assert.deepEqual(byAgents(history, todo), ['npm run lint']);
    edit(user, ['npm run lint', 'npm run build']);
    assert.deepEqual(
      byAgents(history, todo),
      ['npm run lint'],
      'what the user left standing is not the user’s',
    );
    edit(user, ['npm run build']);
    assert.deepEqual(byAgents(history, todo), []);
  });

  it('P8: a line of a step stays its planner’s, whoever releases it', () => {
    const history = begun();
    const step = (actor: Actor, title: string): number => {
      history.does(actor, { type: 'add-step', title, role: 'code', tasks: [packet(title)] });
      history.does(actor === user ? orchestrator : user, { type: 'release' });
      return history.last('todo-added').todo;
    };
    const agents = step(orchestrator, 'Add the third sluice');
    assert.deepEqual(byAgents(history, agents), ['npm test']);
    history.does(user, { type: 'drop-todo', todo: agents, reason: 'Not now' });
    assert.equal(byAgents(history, step(user, 'Add the fourth sluice')), undefined);
  });

  it('P8: a line stays its writer’s through a merge and a split', () => {
    const history = begun();
    const mine = added(history, user, 'npm test');
    const agents = added(history, orchestrator, 'npm run lint');
    history.does(user, { type: 'merge-todo', todo: agents, into: mine, reason: 'One change' });
    assert.deepEqual(byAgents(history, mine), ['npm run lint']);
    const part = (task: string, verify: readonly string[]): object => ({
      ...packet(task, { verify: [...verify] }),
      doneWhen: todoAt(history, mine).packet?.doneWhen,
    });
    history.does(user, {
      type: 'split-todo',
      todo: mine,
      parts: [
        part('Add the left wing', ['npm test', 'npm run lint']),
        part('Add the right wing', ['npm run x']),
      ],
    });
    const [left = 0, right = 0] = history.last('todo-split').into;
    assert.deepEqual(byAgents(history, left), ['npm run lint']);
    assert.equal(byAgents(history, right), undefined);
  });

  it('P8: a line that an agent puts into a part of the user’s TODO is the agent’s', () => {
    const history = begun();
    const mine = added(history, user, 'npm test');
    const part = (task: string, verify: readonly string[]): object => ({
      ...packet(task, { verify: [...verify] }),
      doneWhen: todoAt(history, mine).packet?.doneWhen,
    });
    history.does(orchestrator, {
      type: 'split-todo',
      todo: mine,
      parts: [part('Add the left wing', ['npm test']), part('Add the right wing', ['npm run x'])],
    });
    const [left = 0, right = 0] = history.last('todo-split').into;
    assert.deepEqual(byAgents(history, left) ?? [], []);
    assert.deepEqual(byAgents(history, right), ['npm run x']);
  });
});
