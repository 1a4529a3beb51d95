import assert from 'node:assert/strict';
import { gatesOf } from '../../../src/core/gates.ts';
import { at } from '../../../src/core/table.ts';
import { item, judged, nothing, packet } from './drafts.ts';
import { planned, released, resulted } from './given.ts';
import { orchestrator, todoAt, user, worker, type History } from './history.ts';
import { debugSaid } from './randomDebug.ts';
import { changed, seen } from './seen.ts';

const debug = { type: 'debug-mode', todo: 1, on: true, reason: 'It hangs at times' } as const;
const reproduction = { command: 'npm test -- gate', shows: '1 failing: the gate hangs' };
const rollback = { watch: 'the level', reading: 'over 3 m', undo: 'the commit of the fix' };
const bug = { type: 'describe-bug', todo: 1, reproduction, risk: 'low', why: 'One line' } as const;
const send = { type: 'dispatch', worker: 1 } as const;

function debugged(...tasks: readonly string[]): History {
  const history = released(...(tasks.length > 0 ? tasks : ['Fix the first sluice']));
  history.does(orchestrator, debug);
  return history;
}

function inReview(said: { fix?: string; test?: string } = {}): History {
  const history = debugged();
  history.does(orchestrator, bug);
  resulted(history, nothing({ debug: { ...debugSaid.debug, ...said } }));
  return history;
}

describe('debug mode', () => {
  it('P9: a TODO in it is not dispatched before something reproduces its bug', () => {
    const history = debugged();
    assert.match(history.isRefused('no-reproduction', orchestrator, send).next, /Describe the bug of TODO 1/);
    for (const blank of [
      { ...bug, reproduction: { ...reproduction, command: ' ' } },
      { ...bug, reproduction: { ...reproduction, shows: '' } },
      { ...bug, why: '' },
      { ...bug, rollback: { ...rollback, undo: ' ' } },
    ])
      history.isRefused('bug-incomplete', orchestrator, blank);
    const piped = { command: 'npm test | grep gate', shows: '1 failing' };
    history.isRefused('reproduction-no-command', orchestrator, { ...bug, reproduction: piped });
    history.does(orchestrator, bug);
    history.does(orchestrator, send);
    assert.match(
      at(history.state.dispatches, 1)?.context ?? '',
      /REPRODUCTION: `npm test -- gate` shows: 1 fail/,
    );
    history.isRefused('todo-live', orchestrator, bug);
  });

  it('P9: a TODO of a playbook is in it from the start', () => {
    const history = released('Fix the first sluice');
    const packed = packet('Stop the leak', { scope: ['src/leak.js'] });
    history.does(user, { type: 'add-todo', packet: packed, role: 'code', debug: 'By a playbook' });
    assert.deepEqual(todoAt(history, 2).debug, { on: true });
    history.does(user, {
      type: 'add-todo',
      packet: { ...packed, task: 'Paint the gate' },
      role: 'code',
      debug: ' ',
    });
    assert.equal(todoAt(history, 3).debug, undefined);
  });

  it('P9: what is called risky is described and sent only with a rollback trigger', () => {
    const history = debugged();
    history.isRefused('no-rollback', orchestrator, { ...bug, risk: 'risky' });
    history.does(orchestrator, { ...bug, risk: 'risky', rollback });
    history.does(orchestrator, send);
    assert.match(
      at(history.state.dispatches, 1)?.context ?? '',
      /ROLLBACK: watch the level; at over 3 m: undo/,
    );
  });

  it('P9: what the user described an agent does not describe anew, to be rid of a trigger', () => {
    const history = debugged();
    history.does(orchestrator, bug);
    history.does(user, { ...bug, risk: 'risky', rollback });
    assert.match(history.isRefused('user-only', orchestrator, bug).sentence, /The user described the bug/);
    history.does(user, bug);
  });

  it('P9: a fix that touches a critical file is risky, whatever it says', () => {
    const history = debugged();
    history.workspace = { ...history.workspace, criticalFiles: ['src/gate.js'], worktrees: true };
    history.does(orchestrator, bug);
    assert.match(
      history.isRefused('no-rollback', orchestrator, send).sentence,
      /critical file `src\/gate\.js`/,
    );
    history.does(orchestrator, { ...bug, rollback });
    history.does(orchestrator, send);
  });

  it('P9: a result in it goes back by the name of each part that is missing', () => {
    const history = debugged();
    history.does(orchestrator, bug);
    const { dispatch } = history.does(orchestrator, send);
    const submit = (more: object) => ({ type: 'submit', dispatch, epoch: 1, packet: nothing(more) }) as const;
    const all = history.isRefused('result-incomplete', worker(1), submit({}));
    assert.deepEqual(
      all.flaws?.map(({ field }) => field),
      ['BUG', 'ROOT', 'FIX', 'TEST', 'RESULT'],
    );
    const { root: _, ...rest } = debugSaid.debug;
    const one = history.isRefused('result-incomplete', worker(1), submit({ debug: { ...rest, test: ' ' } }));
    assert.deepEqual(
      one.flaws?.map(({ field }) => field),
      ['ROOT', 'TEST'],
    );
    history.does(worker(1), submit(debugSaid));
  });

  it('P9: a changed file that neither FIX nor TEST names fails the scope gate', () => {
    const scope = (history: History, ...files: readonly string[]) =>
      gatesOf(history.state, 1, seen({ files: files.map((file) => changed(file)) }), history.workspace)?.find(
        ({ gate }) => gate === 'scope',
      );
    const history = inReview();
    assert.equal(scope(history, 'src/gate.js')?.pass, true);
    assert.equal(scope(inReview({ fix: 'See ./src/gate.js, line 3' }), 'src/gate.js')?.pass, true);
    assert.equal(
      scope(inReview({ fix: 'One line', test: 'src/gate.js:9 is red without it' }), 'src/gate.js')?.pass,
      true,
    );
    for (const fix of ['src/gate.jsx', 'lib/src/gate.js', 'src/gate.js.bak', 'src/gate.js/a', 'the gate']) {
      const gate = scope(inReview({ fix }), 'src/gate.js');
      assert.deepEqual([gate?.pass, gate?.computed], [false, true], fix);
      assert.match(gate?.reasons[0] ?? '', /`src\/gate\.js` changed, and FIX does not name it/);
    }
    history.change = seen({ files: [changed('src/gate.js', { added: 200, removed: 101 })] });
    const { shown } = history.change.measured;
    const approve = { type: 'approve', result: 1, shown, judged } as const;
    assert.match(history.isRefused('gate-failed', user, approve).sentence, /301 lines changed/);
    history.change = seen({ files: [changed('src/gate.js', { added: 200, removed: 100 })] });
    history.does(user, approve);
  });

  it('P9: the orchestration is in it as a whole, and only the user ends it', () => {
    const history = planned('Fix the first sluice');
    const { todo: _, ...whole } = debug;
    history.does(orchestrator, whole);
    history.isRefused('debug-already', orchestrator, whole);
    history.does(orchestrator, { type: 'release' });
    history.isRefused('no-reproduction', orchestrator, send);
    history.isRefused('user-only', orchestrator, { ...whole, on: false });
    history.isRefused('user-only', orchestrator, { ...debug, on: false });
    history.isRefused('no-reason', user, { ...whole, on: false, reason: ' ' });
    history.does(user, { ...debug, on: false });
    history.isRefused('not-debug', orchestrator, bug);
    history.does(orchestrator, send);
  });

  it('P9: no split, merge, item or drop by an agent leads out of it', () => {
    const history = debugged('Fix the first sluice', 'Fix the other sluice', 'Fix the third sluice');
    const done = packet('Fix the first sluice').doneWhen;
    history.does(orchestrator, {
      type: 'split-todo',
      todo: 1,
      parts: [
        packet('Find the leak', { doneWhen: done }),
        packet('Stop the leak', { scope: ['src/leak.js'] }),
      ],
    });
    history.isRefused('no-reproduction', orchestrator, send);
    history.does(orchestrator, { type: 'merge-todo', todo: 4, into: 2, reason: 'It is one leak' });
    assert.equal(todoAt(history, 2).debug?.on, true);
    history.isRefused('user-only', orchestrator, { type: 'drop-todo', todo: 5, reason: 'Not needed' });
    history.does(user, { type: 'drop-todo', todo: 5, reason: 'Not needed' });
    const other = debugged();
    other.does(orchestrator, bug);
    resulted(other, nothing({ ...debugSaid, stillOpen: [item] }));
    assert.equal(todoAt(other, 2).debug?.on, true);
  });
});
