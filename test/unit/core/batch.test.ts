import assert from 'node:assert/strict';
import { dispatch, judged, item, nothing, otherItem, packet } from './drafts.ts';
import { openItems, resulted, twoSteps } from './given.ts';
import { orchestrator, user } from './history.ts';

const by = { reason: 'Because it suits' };

describe('forbidden: batch items', () => {
  it('T8: two items are not merged by an agent, whatever their packets say, nor over a third TODO', () => {
    const history = openItems(item, otherItem);
    const merge = { type: 'merge-todo', todo: 3, into: 4, ...by } as const;
    assert.match(history.isRefused('user-only', orchestrator, merge).sentence, /in the user's Inbox/);
    const same = packet('Settle what was left open');
    for (const todo of [3, 4])
      history.does(orchestrator, { type: 'edit-todo', todo, packet: same, role: 'code' });
    history.isRefused('user-only', orchestrator, merge);
    history.does(orchestrator, { ...merge, into: 2 });
    history.isRefused('user-only', orchestrator, { ...merge, todo: 4, into: 2 });
    history.isRefused('user-only', orchestrator, { ...merge, todo: 2, into: 4 });
    history.does(user, { ...merge, todo: 4, into: 2 });
  });

  it('T8: a proposal that was declined is not made again, and says so', () => {
    const history = openItems(item);
    const drop = { type: 'drop-todo', todo: 3, ...by } as const;
    history.isRefused('user-only', orchestrator, drop);
    history.does(user, { type: 'decline-proposal', proposal: 1, reason: 'It matters' });
    assert.match(history.isRefused('user-only', orchestrator, drop).sentence, /declined it: It matters/);
    assert.equal(history.state.proposals.size, 1);
  });

  it('T8: an agent’s bundle holds no item; the user’s may', () => {
    const history = openItems(item, otherItem);
    const bundle = { todos: [3, 4], purpose: 'Settle both open points' };
    history.isRefused('user-only', orchestrator, { ...dispatch, bundle });
    history.does(user, { ...dispatch, bundle });
  });

  it('T8: no bundle takes planned work past an item that is not in it, the user’s neither', () => {
    const history = openItems(item, otherItem);
    history.does(user, { type: 'move-todo', todo: 2, before: 4, ...by });
    const purpose = 'Settle the first open point with the other sluice';
    history.isRefused('open-item-first', user, { ...dispatch, bundle: { todos: [3, 2], purpose } });
    history.does(user, { ...dispatch, bundle: { todos: [3, 2, 4], purpose } });
  });

  it('T8: a result in review is no ground for the next dispatch', () => {
    const history = twoSteps('Add the first sluice', 'Add the other sluice');
    const result = resulted(history, nothing());
    assert.match(
      history.isRefused('something-live', orchestrator, dispatch).next,
      /Approve or reject result 1/,
    );
    history.does(orchestrator, { type: 'approve', result, judged });
    history.does(orchestrator, dispatch);
  });
});
