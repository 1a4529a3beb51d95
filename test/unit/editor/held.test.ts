import assert from 'node:assert/strict';
import {
  entryOf,
  heldBy,
  holdingKey,
  isOwnHere,
  ownedEntries,
  workerBelow,
} from '../../../src/editor/ownership/held.ts';
import { scopeFault } from '../../../src/core/scopeEntry.ts';
import { dispatch } from '../core/drafts.ts';
import { besides } from '../core/given.ts';
import { orchestrator, user, type History } from '../core/history.ts';

const held = (history: History, name: string) => heldBy(history.state, name, history.workspace);

describe('who has a file, for the person at the editor', () => {
  it('is the worker with its TODO, the user, or nobody; each with two letters', () => {
    const history = besides(['src/**']);
    assert.equal(held(history, 'src/a.ts'), undefined);
    history.does(user, { type: 'lock-scope', scope: ['docs/'], holder: { kind: 'user' }, reason: 'I write' });
    history.does(user, {
      type: 'lock-scope',
      scope: ['media/'],
      holder: { kind: 'closed' },
      reason: 'Final',
    });
    history.does(user, {
      type: 'lock-scope',
      scope: ['bin/'],
      holder: { kind: 'worker', worker: 2 },
      reason: 'Its own',
    });
    const before = holdingKey(history.state);
    history.does(orchestrator, dispatch);
    assert.notEqual(holdingKey(history.state), before);
    assert.deepEqual(held(history, 'src/a.ts'), {
      key: 'dispatch 1',
      who: 'web for TODO 1',
      badge: 'we',
      by: { kind: 'worker', worker: 1, dispatch: 1 },
    });
    const whose = (name: string) => [held(history, name)?.by.kind, held(history, name)?.badge];
    assert.deepEqual(whose('docs/a.md'), ['user', 'me']);
    assert.deepEqual(whose('media/a.png'), ['closed', '--']);
    assert.deepEqual(whose('bin/run'), ['worker', 'sc']);
    assert.equal(held(history, 'README.md'), undefined);
    assert.deepEqual([...ownedEntries(history.state)].sort(), ['bin/', 'docs/', 'media/', 'src/**']);
    assert.equal(workerBelow(history.state, 'src/a.ts', history.workspace), 1);
    assert.equal(workerBelow(history.state, 'docs/a.md', history.workspace), undefined);
  });

  it('is nobody else where the edits are the holder’s own', () => {
    const history = besides(['src/**']);
    history.does(user, { type: 'lock-scope', scope: ['docs/'], holder: { kind: 'user' }, reason: 'I write' });
    const here = {
      type: 'add-worker',
      name: 'me',
      role: 'code',
      runs: { kind: 'by-hand', where: 'here' },
    } as const;
    const { worker } = history.does(user, here);
    history.does(user, { type: 'dispatch', worker });
    for (const name of ['src/a.ts', 'docs/a.md']) {
      const found = held(history, name);
      assert.ok(found && isOwnHere(history.state, found), name);
    }
    const other = besides(['src/**']);
    other.does(user, dispatch);
    const found = held(other, 'src/a.ts');
    assert.ok(found && !isOwnHere(other.state, found));
  });

  it('may be asked of a file whose name looks like a pattern', () => {
    for (const name of ['app/[id]/page.ts', 'app/(group)/x.ts', 'a*b.ts', 'a{b}.ts'])
      assert.equal(scopeFault(entryOf(name)), undefined, name);
    for (const name of ['src/a.ts', 'app/[id]/page.ts', 'app/(group)/x.ts'])
      assert.equal(entryOf(name), name);
  });
});
