import assert from 'node:assert/strict';
import { armed } from '../../../src/core/armed.ts';
import { at } from '../../../src/core/table.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { todoTree } from '../../../src/core/views/todoTree.ts';
import { nothing } from './drafts.ts';
import { released, resulted } from './given.ts';
import { orchestrator, todoAt, user, type History } from './history.ts';
import { judgedAll } from './judging.ts';
import { debugSaid } from './randomDebug.ts';

const rollback = { watch: 'the level', reading: 'over 3 m', undo: 'the commit of the fix' };
const reproduction = { command: 'npm test -- gate', shows: '1 failing' };
const bug = {
  type: 'describe-bug',
  todo: 1,
  reproduction,
  risk: 'risky',
  why: 'It is shared',
  rollback,
} as const;
const fire = { type: 'fire-rollback', todo: 1, reading: 'the level is 3.4 m' } as const;

/** A risky fix, approved. */
function approved(by = user, more: object = {}): History {
  const history = released('Fix the first sluice', 'Fix the other sluice');
  history.does(user, { type: 'debug-mode', todo: 1, on: true, reason: 'It floods' });
  history.does(user, { ...bug, ...more });
  const result = resulted(history, nothing(debugSaid));
  history.does(by, { type: 'approve', result, judged: judgedAll(history.state, result) });
  return history;
}

describe('a rollback trigger', () => {
  it('P9: fires, and the approval is taken back in the same act: its TODO is on the list before (T3)', () => {
    const history = approved();
    assert.deepEqual(
      todoTree(history.state).watched.map(({ todo, result }) => [todo.n, result.n]),
      [[1, 1]],
    );
    assert.deepEqual(history.state.list, [2]);
    history.facts = { revert: 'clean' };
    history.isRefused('no-reading', user, { ...fire, reading: ' ' });
    history.isRefused('no-trigger', user, { ...fire, todo: 2 });
    history.does(user, fire);
    assert.deepEqual(history.state.list, [1, 2]);
    assert.equal(todoAt(history, 1).debug?.fired, fire.reading);
    assert.match(
      at(history.state.results, 1)?.approval?.undone ?? '',
      /trigger of TODO 1 fired: the level is 3\.4 m/,
    );
    assert.deepEqual(armed(history.state), []);
    assert.match(history.isRefused('taken-back', user, fire).sentence, /taken back already: result 1/);
    history.does(user, { type: 'dispatch', worker: 1 });
    assert.match(
      at(history.state.dispatches, 2)?.context ?? '',
      /ROLLED BACK: the last fix was taken back at the level is 3\.4 m/,
    );
  });

  it('P9: where it cannot simply be taken back, a TODO does it, which needs no reproduction', () => {
    const history = approved();
    history.does(user, { type: 'debug-mode', on: true, reason: 'All of it floods' });
    history.facts = { revert: 'conflicts' };
    const { todo } = history.does(user, fire);
    assert.deepEqual(history.state.list, [todo, 2]);
    assert.equal(todoAt(history, todo ?? 0).debug?.on, false);
    history.does(user, { type: 'dispatch', worker: 1 });
    assert.deepEqual(armed(history.state), []);
  });

  it('P9: what the user approved an agent does not take back by a reading: it is proposed, each approval anew', () => {
    const history = approved();
    history.facts = { revert: 'clean' };
    const proposals = () => inbox(history.state).filter(({ kind }) => kind === 'proposal');
    history.isRefused('user-only', orchestrator, fire);
    history.isRefused('user-only', orchestrator, { ...fire, reading: 'the level is 3.5 m' });
    assert.deepEqual(
      proposals().map(({ title, detail }) => [title, detail]),
      [
        [
          'Proposal: take back the approved fix of TODO 1 (“Fix the first sluice”), whose rollback trigger fired',
          'the level is 3.4 m',
        ],
      ],
    );
    history.does(user, { type: 'decline-proposal', proposal: 1, reason: 'The gauge was wrong' });
    assert.match(
      history.isRefused('user-only', orchestrator, fire).sentence,
      /The user declined it: The gauge/,
    );
    history.isRefused('user-only', orchestrator, { ...fire, reading: 'the level is 3.6 m' });
    assert.equal(proposals().length, 1);
    history.does(user, fire);
    assert.deepEqual(proposals(), []);
  });

  it('P9: an agent takes back what it approved itself', () => {
    const history = approved(orchestrator);
    history.facts = { revert: 'clean' };
    history.does(orchestrator, fire);
    assert.deepEqual(history.state.list, [1, 2]);
  });

  it('P9: what an agent has watched by a command is run only when the user has allowed it', () => {
    const watched = { rollback: { ...rollback, command: 'npm run level' } };
    const history = released('Fix the first sluice');
    history.does(orchestrator, { type: 'debug-mode', todo: 1, on: true, reason: 'It floods' });
    history.isRefused('watch-no-command', orchestrator, {
      ...bug,
      rollback: { ...rollback, command: 'npm run level | tail' },
    });
    history.isRefused('watch-no-command', orchestrator, {
      ...bug,
      rollback: { ...rollback, command: 'by eye: the level' },
    });
    history.does(orchestrator, { ...bug, ...watched });
    history.does(user, { ...bug, ...watched, why: 'It is shared by two' });
    assert.equal(todoAt(history, 1).debug?.bug?.agentWatches, true);
    history.does(user, { ...bug, rollback: { ...rollback, command: 'npm run gauge' } });
    assert.equal(todoAt(history, 1).debug?.bug?.agentWatches, undefined);
  });
});
