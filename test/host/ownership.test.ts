import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../rig/until.ts';
import { failed, outcomeOf, person } from './person.ts';

const reason = 'It is being rewritten.';
const active = (): string => vscode.window.activeTextEditor?.document.uri.path ?? '';

describe('the commands of ownership', function () {
  this.timeout(120_000);
  let top: vscode.Uri;
  let lock: number | undefined;

  before(() => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    top = folder.uri;
    mkdirSync(join(top.fsPath, 'notes', '[id]'), { recursive: true });
    writeFileSync(join(top.fsPath, 'notes', '[id]', 'a.md'), 'a\n');
  });

  it('P1: lock files with an argument alone, as SCOPE is written, and once only', async () => {
    const wanted = { scope: ['notes/[id]/a.md'], holder: { kind: 'user' }, reason };
    for (const entry of ['../x', '{a,b}'])
      assert.equal(
        failed(await outcomeOf('lockkeeper.lockScope', { ...wanted, scope: [entry] })).code,
        'scope-flawed',
      );
    const locked = await outcomeOf('lockkeeper.lockScope', wanted);
    assert.ok(locked.ok, JSON.stringify(locked));
    lock = locked.made?.lock;
    const again = failed(await outcomeOf('lockkeeper.lockScope', { ...wanted, holder: { kind: 'closed' } }));
    assert.equal(again.code, 'scope-owned');
    assert.match(again.sentence, /which belongs to the user \(lock \d+: It is being rewritten\.\)/);
  });

  it('P1: show what is owned: a file is opened, of a glob the folder above it is shown', async () => {
    assert.ok((await outcomeOf('lockkeeper.showOwned', { lock })).ok);
    await until(active, (path) => path.endsWith('/notes/[id]/a.md'));
    for (const entry of ['notes/**', 'notes/none.md', 'README.md'])
      assert.ok((await outcomeOf('lockkeeper.showOwned', { entry })).ok, entry);
    await until(active, (path) => path.endsWith('/README.md'));
    assert.equal(failed(await outcomeOf('lockkeeper.showOwned', { lock: 99 })).code, 'nothing-owned');
  });

  it('P7: show what was written beside every scope, until it is dismissed', async () => {
    writeFileSync(join(top.fsPath, 'notes', 'beside.md'), 'a\n');
    const shown = () => outcomeOf('lockkeeper.showUnclaimed', { file: 'notes/beside.md' });
    await until(shown, ({ ok }) => ok);
    await until(active, (path) => path.endsWith('/notes/beside.md'));
    const dismissed = await outcomeOf('lockkeeper.dismissUnclaimed', {});
    assert.ok(dismissed.ok, JSON.stringify(dismissed));
    assert.match(dismissed.said, /dismissed/);
  });

  it('P1: hand a lock over, and release it, only by a person’s word', async () => {
    const over = { lock, holder: { kind: 'closed' }, reason };
    const handed = await person.accepts(outcomeOf('lockkeeper.handOverLock', over));
    assert.equal(failed(handed).code, 'cancelled');
    assert.ok((await person.saysYes(() => outcomeOf('lockkeeper.handOverLock', over))).ok);
    const released = await person.accepts(outcomeOf('lockkeeper.releaseLock', { lock, reason }));
    assert.equal(failed(released).code, 'cancelled');
    assert.ok((await person.saysYes(() => outcomeOf('lockkeeper.releaseLock', { lock, reason }))).ok);
    const gone = await person.saysYes(() => outcomeOf('lockkeeper.releaseLock', { lock, reason }));
    assert.equal(failed(gone).code, 'unknown-lock');
  });

  it('P7: name what there is none of', async () => {
    const none = { conflict: 99 };
    assert.equal(failed(await outcomeOf('lockkeeper.workConflict', none)).code, 'conflict-not-open');
    const request = await person.accepts(outcomeOf('lockkeeper.decideRequest', { request: 99 }));
    assert.equal(failed(request).code, 'request-not-open');
    assert.equal(failed(await outcomeOf('lockkeeper.giveWorkspace', { todo: 99 })).code, 'no-orchestration');
    assert.equal(failed(await outcomeOf('lockkeeper.giveTime', {})).code, 'no-budget');
    const file = vscode.Uri.joinPath(top, 'README.md').toString();
    assert.equal(failed(await outcomeOf('lockkeeper.takeOver', { file })).code, 'no-workers-file');
    assert.equal(failed(await outcomeOf('lockkeeper.leaveToWorker', { file })).code, 'nothing-unsaved');
  });

  it('T6: send side by side with an argument alone, and not past what is live', async () => {
    const parts = [
      { todo: 98, worker: 1 },
      { todo: 99, worker: 2 },
    ];
    const code = failed(await outcomeOf('lockkeeper.dispatchSideBySide', { parts, reason })).code;
    // Which of them depends on what the tests before have left.
    const stops = ['no-orchestration', 'unreconciled', 'something-live', 'bundle-not-head'];
    assert.ok(stops.includes(code), code);
  });
});
