import assert from 'node:assert/strict';
import { at } from '../../../src/core/table.ts';
import { addWorker, word } from './drafts.ts';
import { planned } from './given.ts';
import { user } from './history.ts';

describe('workers', () => {
  it('P3: a worker has a name of its own that can be seen, and a role', () => {
    const history = planned('Add the first sluice');
    history.isRefused('worker-nameless', user, addWorker(' ', 'code'));
    history.isRefused('worker-name-unseen', user, addWorker('we\u200bb', 'code'));
    history.isRefused('worker-known', user, addWorker('WEB', 'code'));
    history.isRefused('worker-roleless', user, addWorker('third', ' '));
    history.does(user, addWorker('third', 'code'));
  });

  it('T1: a removed worker’s token is worth nothing, and its name is free again', () => {
    const history = planned('Add the first sluice');
    history.isRefused('no-reason', user, { type: 'remove-worker', worker: 1, reason: '' });
    history.does(user, { type: 'remove-worker', worker: 1, reason: 'Left' });
    history.isRefused('unknown-worker', user, { type: 'remove-worker', worker: 1, reason: 'Left' });
    history.isRefused('unknown-worker', user, {
      type: 'renew-token',
      worker: 1,
      tokenHash: word,
      expires: 1,
    });
    history.does(user, addWorker('web', 'code'));
    assert.deepEqual(
      [at(history.state.workers, 1)?.tokenHash, at(history.state.workers, 3)?.name],
      ['', 'web'],
    );
    history.isRefused('seat-not-lent', user, { type: 'take-seat-back', reason: 'Mine' });
  });
});
