import assert from 'node:assert/strict';
import { stepsOf, stepState } from '../../../src/core/steps.ts';
import { at } from '../../../src/core/table.ts';
import { resultDocument } from '../../../src/core/views/resultDocument.ts';
import { item, judged, nothing, packet } from './drafts.ts';
import { dispatched, finished, leftOpen, openItems, resulted, twoSteps } from './given.ts';
import { orchestrator, todoAt, user, type History } from './history.ts';
import { because as reason, bank, replan } from './replans.ts';

const keyboard = packet('Read the keyboard of the panel');

/** Step 1 has TODO 2 left; step 2 is planned. */
function oneDone(): History {
  const history = twoSteps('Add the first sluice', 'Add the other sluice');
  finished(history);
  return history;
}

const titles = (history: History): readonly string[] => stepsOf(history.state).map(({ title }) => title);

describe('a replan of the plan', () => {
  it('T7: keeps, changes, orders, adds and drops steps in one transaction; the old plan and the reason stay', () => {
    const history = twoSteps();
    history.does(orchestrator, { type: 'add-step', ...bank });
    const before = history.state;
    history.does(
      orchestrator,
      replan({
        steps: [
          { title: 'Paint it', role: 'code', tasks: [packet('Paint the gate green')] },
          { step: 3, title: 'Raise both banks' },
        ],
        dropSteps: [{ step: 2, reason: 'Nobody reads it' }],
      }),
    );
    assert.deepEqual(titles(history), ['Build', 'Paint it', 'Raise both banks']);
    assert.equal(stepState(history.state, 2), 'dropped');
    assert.equal(at(history.state.steps, 2)?.dropped, 'Nobody reads it');
    assert.equal(at(history.state.steps, 3)?.was?.[0]?.title, 'Raise the bank');
    assert.deepEqual(at(history.state.replans, 1), {
      n: 1,
      reason,
      at: at(history.state.replans, 1)?.at,
      by: 'orchestrator',
      answers: [],
      before: before.plan,
    });
    assert.equal(history.state.list, before.list, 'a step is no work');
  });

  it('T7: the new order is the order of release', () => {
    const history = twoSteps();
    history.does(orchestrator, { type: 'add-step', ...bank });
    history.does(orchestrator, replan({ steps: [{ step: 3 }, { step: 2 }] }));
    finished(history);
    history.isRefused('not-next-step', orchestrator, { type: 'release', step: 2 });
    history.does(orchestrator, { type: 'release', step: 3 });
    finished(history);
    history.does(orchestrator, { type: 'release' });
    history.does(user, { type: 'add-todo', packet: keyboard, role: 'docs' });
    assert.equal(todoAt(history, 4).step, 2, 'what comes up belongs to the step released last');
  });

  it('T7: no step is lost: one that the new plan does not name is refused, a released one stays', () => {
    const history = twoSteps();
    const said = history.isRefused('step-unnamed', user, replan({ steps: [bank] }));
    assert.match(said.sentence, /Write it down/);
    assert.deepEqual(said.about, { kind: 'step', n: 2 });
    history.isRefused('unknown-step', user, replan({ steps: [{ step: 1 }, { step: 2 }] }));
    history.isRefused('unknown-step', user, replan({ steps: [{ step: 2 }, { step: 2 }] }));
    history.isRefused('unknown-step', user, replan({ dropSteps: [{ step: 1, reason }] }));
    history.isRefused('no-reason', user, replan({ dropSteps: [{ step: 2, reason: ' ' }] }));
    history.isRefused('step-empty', user, replan({ steps: [{ step: 2, tasks: [] }] }));
    history.isRefused(
      'packet-flawed',
      user,
      replan({ steps: [{ step: 2, tasks: [{ task: 'Improve it' }] }] }),
    );
    history.isRefused('no-reason', user, replan({ reason: ' ', steps: [bank, { step: 2 }] }));
  });

  it('T7: a result that says the plan is affected is answered by a change of the plan, and the gate opens', () => {
    const history = twoSteps();
    history.does(orchestrator, { type: 'add-step', ...bank });
    const result = resulted(history, nothing({ planAffected: 'yes: nobody reads it' }));
    history.does(orchestrator, { type: 'approve', result, judged });
    history.isRefused('gate-shut', orchestrator, { type: 'release' });
    history.isRefused('plan-unchanged', orchestrator, replan({ answers: [1], live: [] }));
    history.isRefused(
      'plan-unchanged',
      orchestrator,
      replan({ answers: [1], steps: [{ step: 2 }, { step: 3 }] }),
    );
    history.isRefused(
      'plan-not-affected',
      orchestrator,
      replan({ answers: [2], dropSteps: [{ step: 2, reason }] }),
    );
    const rail = { packet: packet('Add a rail'), role: 'code', because: { kind: 'result', number: 1 } };
    const aside = { answers: [1], steps: [{ step: 2 }, { step: 3 }], add: [rail] };
    history.isRefused('plan-unchanged', orchestrator, replan(aside));
    history.does(orchestrator, replan({ answers: [1], dropSteps: [{ step: 2, reason }] }));
    const again = replan({ answers: [1], steps: [bank, { step: 3 }] });
    history.isRefused('plan-not-affected', orchestrator, again);
    assert.deepEqual(history.state.planAffected, []);
    assert.match(resultDocument(history.state, 1), /Replan 1: The sluice is built downstream/);
    history.does(orchestrator, { type: 'release', step: 3 });
  });

  it('T7: a replan that changes nothing is none', () => {
    const history = twoSteps();
    history.isRefused('replan-changes-nothing', user, replan());
    history.isRefused('replan-changes-nothing', user, replan({ steps: [{ step: 2 }] }));
    const same = packet('Describe the second sluice', { verify: ['npm test '] });
    history.isRefused(
      'replan-changes-nothing',
      orchestrator,
      replan({ steps: [{ step: 2, tasks: [same] }] }),
    );
    history.isRefused('replan-changes-nothing', orchestrator, replan({ order: [1] }));
    finished(history);
    history.does(user, { type: 'close' });
    history.isRefused('no-orchestration', user, replan({ steps: [bank] }));
  });
});

describe('a replan of the list', () => {
  it('T7: edits, reconciles, drops, adds and orders what is not live, each by the rule of its own act', () => {
    const history = leftOpen(item);
    history.does(
      user,
      replan({
        todos: [
          { todo: 3, packet: packet('Name the sluice in README.md'), role: 'docs' },
          { todo: 2, packet: { priority: 'high' } },
        ],
        add: [{ packet: keyboard, role: 'code', because: { kind: 'result', number: 1 } }],
        order: [4, 3, 2],
      }),
    );
    assert.deepEqual(history.state.list, [4, 3, 2]);
    assert.equal(todoAt(history, 3).role, 'docs');
    assert.equal(todoAt(history, 2).packet?.priority, 'high');
    history.does(user, replan({ drop: [{ todo: 2, reason }] }));
    assert.equal(todoAt(history, 2).state, 'dropped');
  });

  it('T7: all of it or nothing: one refusal refuses the whole replan', () => {
    const history = twoSteps('Add the first sluice', 'Add the other sluice');
    const before = history.state;
    history.isRefused(
      'unknown-todo',
      user,
      replan({
        dropSteps: [{ step: 2, reason }],
        drop: [
          { todo: 1, reason },
          { todo: 9, reason },
        ],
      }),
    );
    history.isRefused('no-reason', user, replan({ drop: [{ todo: 1, reason: '' }] }));
    history.isRefused('unknown-place', user, replan({ order: [2, 2] }));
    assert.equal(history.state, before);
  });

  it('T5: an agent’s replan drops no open item; it becomes a proposal, and nothing else happens', () => {
    const history = openItems(item);
    const more = { drop: [{ todo: 3, reason: 'Not needed' }], steps: [{ step: 2 }, bank] };
    history.isRefused('user-only', orchestrator, replan(more));
    assert.equal(at(history.state.proposals, 1)?.todo, 3);
    assert.equal(history.state.steps.size, 2);
    history.does(user, replan(more));
    assert.deepEqual(history.state.list, [2]);
  });

  it('T5: nor by way of a withdrawal in the same replan', () => {
    const history = openItems(item);
    history.does(user, { type: 'move-todo', todo: 3, before: 2, reason });
    dispatched(history);
    const away = { live: [{ todo: 3, fate: 'withdrawn' }], drop: [{ todo: 3, reason }] };
    history.isRefused('user-only', orchestrator, replan(away));
    assert.equal(history.state.live.length, 1);
    history.does(user, replan(away));
    assert.deepEqual(history.state.list, [2]);
  });

  it('T6: an agent’s order puts no planned work before an open item; the user’s does', () => {
    const history = openItems(item);
    assert.deepEqual(history.state.list, [3, 2]);
    history.isRefused('planned-first', orchestrator, replan({ order: [2, 3] }));
    history.does(user, replan({ order: [2, 3] }));
    assert.deepEqual(history.state.list, [2, 3]);
  });

  it('T7: what an agent adds names what made it necessary', () => {
    const history = oneDone();
    history.isRefused('no-because', orchestrator, replan({ add: [{ packet: keyboard, role: 'code' }] }));
    const unknown = { kind: 'result', number: 9 };
    const add = [{ packet: keyboard, role: 'code', because: unknown }];
    history.isRefused('unknown-because', orchestrator, replan({ add }));
    history.does(user, replan({ add: [{ packet: keyboard, role: 'code' }] }));
  });
});

describe('the next step’s work in a replan', () => {
  const because = { kind: 'result', number: 1 };
  const writing = packet('Describe the second sluice');
  const add = [{ packet: writing, role: 'docs', because }];

  it('T8: momentum: it does not come to the list, be its step dropped or changed in the same replan', () => {
    for (const actor of [user, orchestrator]) {
      const history = oneDone();
      history.isRefused('next-step-work', actor, replan({ add }));
      history.isRefused('next-step-work', actor, replan({ add, dropSteps: [{ step: 2, reason }] }));
      history.isRefused('next-step-work', actor, replan({ add, steps: [{ step: 2, tasks: [keyboard] }] }));
      history.isRefused('next-step-work', actor, replan({ todos: [{ todo: 2, packet: writing }] }));
      const both = {
        add: [{ packet: keyboard, role: 'docs', because }],
        steps: [{ step: 2, tasks: [keyboard] }],
      };
      history.isRefused('next-step-work', actor, replan(both));
      dispatched(history);
      history.isRefused(
        'next-step-work',
        actor,
        replan({ live: [{ todo: 2, fate: 'changes', packet: writing }], dropSteps: [{ step: 2, reason }] }),
      );
    }
  });

  it('T8: momentum: what an agent’s replan took out of the plan it does not bring back past the gate', () => {
    for (const first of [{ dropSteps: [{ step: 2, reason }] }, { steps: [{ step: 2, tasks: [keyboard] }] }]) {
      const history = oneDone();
      history.does(orchestrator, replan(first));
      history.isRefused('former-step-work', orchestrator, {
        type: 'add-todo',
        packet: writing,
        role: 'docs',
        because,
      });
      history.isRefused('former-step-work', orchestrator, {
        type: 'edit-todo',
        todo: 2,
        packet: writing,
        role: '',
      });
      history.isRefused('former-step-work', orchestrator, replan({ add }));
      const purpose = 'Describe the second sluice';
      history.does(user, { type: 'add-todo', packet: packet('Oil the gate'), role: 'code' });
      history.isRefused('former-step-work', orchestrator, {
        type: 'dispatch',
        worker: 1,
        bundle: { todos: [2, 3], purpose },
      });
      history.does(user, { type: 'add-todo', packet: writing, role: 'docs' });
    }
  });

  it('T8: momentum: planned again as a step it is released, and is then work like any other', () => {
    const history = twoSteps();
    history.does(orchestrator, replan({ dropSteps: [{ step: 2, reason }] }));
    history.does(orchestrator, { type: 'add-step', title: 'Write', role: 'docs', tasks: [writing] });
    finished(history);
    history.does(orchestrator, { type: 'release' });
    history.does(orchestrator, { type: 'edit-todo', todo: 2, packet: { priority: 'high' }, role: '' });
  });
});
