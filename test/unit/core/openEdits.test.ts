import assert from 'node:assert/strict';
import { dispatch, packet } from './drafts.ts';
import { besides, parts } from './given.ts';
import { orchestrator, user, worker, type History } from './history.ts';

const edited = (history: History, ...unsaved: readonly string[]): void => {
  history.workspace = { ...history.workspace, unsaved };
};

describe('edits that are not saved', () => {
  it('P7: in the scope are met before anything is sent, by whoever sends; saved or discarded it goes', () => {
    const history = besides(['src/**']);
    edited(history, 'README.md', 'src/app.ts', 'src/old.ts');
    for (const who of [user, orchestrator]) {
      const { sentence, next, flaws } = history.isRefused('unsaved-edits', who, dispatch);
      assert.match(sentence, /src\/app\.ts, src\/old\.ts\./);
      assert.match(next, /NOT-YOUR-JOB/);
      assert.deepEqual(
        flaws?.map(({ words }) => words),
        ['src/app.ts', 'src/old.ts'],
      );
    }
    edited(history, 'README.md');
    history.does(orchestrator, dispatch);
  });

  it('P7: cut out of the scope are no matter', () => {
    const history = besides(['src/**']);
    edited(history, 'src/app.ts');
    history.isRefused('unsaved-edits', orchestrator, dispatch);
    const own = packet('Add the sluice number 1', { scope: ['src/**'], notYourJob: ['src/app.ts'] });
    history.does(orchestrator, { type: 'edit-todo', todo: 1, role: 'code', packet: own });
    history.does(orchestrator, dispatch);
  });

  it('P7: nor is anything sent into a scope that leads through a link; by its real name it is', () => {
    const history = besides(['lib/**'], ['out/**']);
    history.workspace = { ...history.workspace, linked: { 'lib/**': 'src/**', 'out/**': '' } };
    assert.match(history.isRefused('scope-linked', orchestrator, dispatch).next, /Write `src\/\*\*`/);
    const own = packet('Add the sluice number 1', { scope: ['src/**'] });
    history.does(orchestrator, { type: 'edit-todo', todo: 1, role: 'code', packet: own });
    const send = { type: 'dispatch-side-by-side', parts: parts(2), reason: 'Nothing in common' } as const;
    assert.match(history.isRefused('scope-linked', orchestrator, send).sentence, /out of its folder/);
    history.does(orchestrator, dispatch);
  });

  it('P7: nor is it locked by hand, nor asked for; by its real name it is', () => {
    const history = besides(['src/a/**'], ['src/b/**']);
    history.workspace = { ...history.workspace, linked: { 'lib/': 'src/c/' } };
    const lock = { type: 'lock-scope', holder: { kind: 'closed' }, reason: 'Shut' } as const;
    assert.match(history.isRefused('scope-linked', user, { ...lock, scope: ['lib/'] }).next, /`src\/c\/`/);
    history.does(user, { ...lock, scope: ['src/c/'] });
    history.does(orchestrator, dispatch);
    const ask = { type: 'request-scope', dispatch: 1, epoch: 1, reason: 'It is there' } as const;
    history.isRefused('scope-linked', worker(1), { ...ask, paths: ['lib/'] });
    history.does(worker(1), { ...ask, paths: ['src/d.ts'] });
  });

  it('P7: stop a bundle side by side whole', () => {
    const history = besides(['src/a/**'], ['src/b/**']);
    edited(history, 'src/b/app.ts');
    const send = {
      type: 'dispatch-side-by-side',
      parts: parts(2),
      reason: 'They touch nothing in common',
    } as const;
    history.isRefused('unsaved-edits', orchestrator, send);
    edited(history);
    history.does(orchestrator, send);
  });

  it('P7: are those of a worker that works by hand at this editor', () => {
    const history = besides(['src/**']);
    edited(history, 'src/app.ts');
    for (const where of ['elsewhere', 'here']) {
      const { name, role } = { name: where, role: 'code' };
      const { worker } = history.does(user, {
        type: 'add-worker',
        name,
        role,
        runs: { kind: 'by-hand', where },
      });
      if (where === 'elsewhere') history.isRefused('unsaved-edits', user, { type: 'dispatch', worker });
      else history.does(user, { type: 'dispatch', worker });
    }
    assert.equal(history.state.live.length, 1);
  });
});
