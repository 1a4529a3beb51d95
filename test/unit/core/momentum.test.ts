import assert from 'node:assert/strict';
import { answer, asked, item, nothing, packet, tooThin } from './drafts.ts';
import { dispatched, finished, leftOpen, openItems, resulted, twoSteps } from './given.ts';
import { orchestrator, todoAt, user, worker } from './history.ts';

/** The work of step 2, which is planned, as somebody in a hurry would bring it in. */
const ahead = packet('Describe the second sluice');
const [done] = ahead.doneWhen;
const disguises = {
  'word for word': ahead,
  'with other case, order and filler': {
    ...ahead,
    task: 'Now please describe also the sluice, second!',
    doneWhen: ['`npm test` prints 15'],
  },
  'under another task, with its DONE-WHEN': { ...ahead, task: 'Write the text in the guide' },
  'with one more DONE-WHEN': {
    ...ahead,
    task: 'Write the guide',
    doneWhen: [done ?? '', '`npm test` prints 14'],
  },
};

describe('forbidden: momentum', () => {
  for (const [how, disguised] of Object.entries(disguises)) {
    it(`T8: the next step’s work gets onto the list by no act, ${how}`, () => {
      const history = leftOpen(item);
      const no = (act: Parameters<typeof history.ask>[1]) =>
        history.isRefused('next-step-work', orchestrator, act);
      const because = { kind: 'result', number: 1 };
      no({ type: 'add-todo', packet: disguised, role: 'docs', because });
      no({ type: 'edit-todo', todo: 2, packet: disguised, role: 'docs' });
      no({ type: 'split-todo', todo: 3, parts: [packet('Name it'), disguised] });
      assert.match(no({ type: 'reconcile', todo: 3, packet: disguised, role: 'docs' }).next, /drop TODO 3/);
    });
  }

  it('T8: nor as the purpose of a bundle', () => {
    const history = twoSteps('Add the first sluice', 'Add the other sluice');
    const bundle = { todos: [1, 2], purpose: 'Describe the second sluice' };
    history.isRefused('next-step-work', orchestrator, { type: 'dispatch', worker: 1, bundle });
  });

  it('T8: work that only shares the run of the tests with the next step is other work', () => {
    const history = twoSteps();
    const tests = { doneWhen: ['`npm test` passes'] };
    history.does(user, {
      type: 'add-step',
      title: 'Third',
      role: 'code',
      tasks: [packet('Add a ladder', tests)],
    });
    history.does(user, { type: 'add-todo', packet: packet('Add a rail', tests), role: 'code' });
  });

  it('T8: an item that is the next step’s work has a way out: the user drops it, and the step does it', () => {
    const history = leftOpen('The second sluice is not described');
    const act = { type: 'reconcile', todo: 3, packet: ahead, role: 'docs' } as const;
    assert.match(
      history.isRefused('next-step-work', user, act).next,
      /the drop is the user’s|the drop is the user's/,
    );
    history.isRefused('user-only', orchestrator, { type: 'drop-todo', todo: 3, reason: 'Step 2 does it' });
    history.does(user, { type: 'drop-todo', todo: 3, reason: 'Step 2 does it' });
    finished(history);
    history.does(orchestrator, { type: 'release' });
  });

  it('T7: an agent’s TODO names what made it necessary, which has to exist, and goes to the tail', () => {
    const history = openItems(item);
    const add = { type: 'add-todo', packet: packet('Add a rail'), role: 'code' } as const;
    const because = (kind: string, number: number) => ({ ...add, because: { kind, number } });
    history.isRefused('no-because', orchestrator, add);
    history.isRefused('unknown-because', orchestrator, because('result', 2));
    history.isRefused('unknown-because', orchestrator, because('rejection', 1));
    history.isRefused('unknown-because', orchestrator, because('answer', 1));
    const { todo } = history.does(orchestrator, because('result', 1));
    assert.equal(history.state.list.at(-1), todo);
    history.does(user, add);
  });

  it('T7: an answer and a rejection can make a TODO necessary', () => {
    const history = twoSteps();
    const task = dispatched(history);
    history.does(worker(1), { type: 'ask', ...task, packet: asked });
    const add = { type: 'add-todo', packet: packet('Add a rail'), role: 'code' } as const;
    history.isRefused('unknown-because', orchestrator, { ...add, because: { kind: 'answer', number: 1 } });
    history.does(orchestrator, { type: 'answer', question: 1, answer });
    history.does(orchestrator, { ...add, because: { kind: 'answer', number: 1 } });
    const { result } = history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    history.does(orchestrator, { type: 'reject', result, ...tooThin });
    history.does(orchestrator, { ...add, because: { kind: 'rejection', number: result } });
    assert.deepEqual(todoAt(history, 3).origin, { kind: 'added', because: { kind: 'rejection', number: 1 } });
  });

  it('T5: an agent may drop planned TODOs one by one, each with a reason on the record', () => {
    const history = twoSteps('Add the first sluice', 'Add the other sluice');
    history.isRefused('no-reason', orchestrator, { type: 'drop-todo', todo: 1, reason: ' ' });
    for (const todo of [1, 2])
      history.does(orchestrator, { type: 'drop-todo', todo, reason: 'Built already' });
    assert.equal(todoAt(history, 2).why, 'Built already');
    history.does(orchestrator, { type: 'release' });
  });

  it('T7: a step is released only in its turn', () => {
    const history = twoSteps();
    history.does(user, { type: 'add-step', title: 'Third', role: 'code', tasks: [packet('Add a ladder')] });
    finished(history);
    history.isRefused('not-next-step', orchestrator, { type: 'release', step: 3 });
    history.does(orchestrator, { type: 'release', step: 2 });
  });

  it('T7: a result that says the plan is affected holds the release, rejected or not', () => {
    const history = twoSteps();
    const result = resulted(history, nothing({ planAffected: 'yes: the second sluice does not fit' }));
    history.does(orchestrator, { type: 'reject', result, ...tooThin });
    history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 2, packet: nothing() });
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason: 'Enough' });
    history.does(orchestrator, { type: 'drop-todo', todo: 1, reason: 'Enough' });
    assert.match(history.isRefused('gate-shut', orchestrator, { type: 'release' }).next, /plan stands/);
    history.isRefused('plan-not-affected', orchestrator, {
      type: 'plan-stands',
      result: 2,
      reason: 'It fits',
    });
    history.does(orchestrator, { type: 'plan-stands', result, reason: 'It fits after all' });
    history.does(orchestrator, { type: 'release' });
  });
});
