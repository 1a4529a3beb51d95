import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../rig/until.ts';
import { failed, outcomeOf, person, type Outcome } from './person.ts';

const packet = {
  task: 'Add the line "sluice" to src/sluice.txt',
  scope: ['src/sluice.txt'],
  notYourJob: ['docs/'],
  doneWhen: ['`grep sluice src/sluice.txt` prints "sluice"'],
  verify: ['grep sluice src/sluice.txt'],
  priority: 'normal',
};

/** Dispatches to this worker, past what an earlier test left: it takes over what comes first. */
async function dispatched(worker: number | undefined): Promise<Outcome> {
  for (let tries = 0; ; tries += 1) {
    const outcome = await outcomeOf('lockkeeper.dispatch', { worker });
    if (outcome.ok || tries > 8) return outcome;
    const { code, sentence, next } = outcome.refusal;
    const todo = Number(/TODO (\d+)/.exec(sentence)?.[1]);
    const given = { packet: { ...packet, task: `${packet.task} (${tries})` }, role: 'digging' };
    const dispatch = Number(/dispatch (\d+)/.exec(next)?.[1]);
    const cleared = await (code === 'nothing-next'
      ? outcomeOf('lockkeeper.addTodo', given)
      : code === 'something-live'
        ? outcomeOf('lockkeeper.withdraw', { dispatch, reason: 'It can wait.' })
        : outcomeOf(code === 'unreconciled' ? 'lockkeeper.reconcile' : 'lockkeeper.editTodo', {
            todo,
            ...given,
          }));
    assert.ok(cleared.ok, `${sentence} ${JSON.stringify(cleared)}`);
  }
}

describe('a worker in a worktree', function () {
  this.timeout(180_000);
  const git = (folder: string, ...args: string[]): string =>
    execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  let top: string;

  before(() => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    top = folder.uri.fsPath;
    mkdirSync(join(top, 'src'), { recursive: true });
    writeFileSync(join(top, 'src', 'sluice.txt'), 'gate\n');
    git(top, 'add', '--all');
    git(top, 'commit', '--quiet', '--no-gpg-sign', '--message', 'chore: add what is worked on');
  });

  after(() => {
    rmSync(`${top}.worktrees`, { recursive: true, force: true });
  });

  it('is started there; its files can be read, not written; withdrawn, its work stays until it is merged or given up', async () => {
    const begun = { objective: 'A sluice', constraints: [], mode: 'orchestrator-first' };
    const open = await outcomeOf('lockkeeper.release');
    if (failed(open).code === 'no-orchestration')
      assert.ok((await person.saysYes(() => outcomeOf('lockkeeper.start', begun))).ok);
    const script = `require('fs').writeFileSync('src/where.txt', process.cwd()); setInterval(() => {}, 1000)`;
    const runs = { kind: 'command', argv: [process.execPath, '-e', script] };
    const worker = { name: 'digger', role: 'digging', runs };
    const added = await person.saysYes(() => outcomeOf('lockkeeper.addWorker', worker));
    assert.ok(added.ok);
    const whose = { worker: added.made?.worker };
    assert.ok((await person.saysYes(() => outcomeOf('lockkeeper.allowUnguarded', whose))).ok);
    const sent = await dispatched(added.made?.worker);
    assert.ok(sent.ok, JSON.stringify(sent));
    const number = /^TODO (\d+) /.exec(sent.said)?.[1] ?? '';

    const id = `digger-${number}`;
    const worktree = join(`${top}.worktrees`, id);
    const where = join(worktree, 'src', 'where.txt');
    // It is there before anything stands in it.
    await until(
      () => (existsSync(where) ? readFileSync(where, 'utf8') : ''),
      (text) => text === worktree,
      60_000,
    );
    assert.equal(existsSync(join(top, 'src', 'where.txt')), false);

    const uri = vscode.Uri.parse(`lockkeeper-worktree:/${id}/src/sluice.txt`);
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), 'gate\n');
    assert.equal(vscode.workspace.fs.isWritableFileSystem('lockkeeper-worktree'), false);
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri, new Uint8Array()));
    for (const path of [`/${id}/.git`, `/${id}/../../${basename(top)}/README.md`, '/other/README.md'])
      await assert.rejects(async () => vscode.workspace.fs.stat(uri.with({ path })), path);

    const reason = 'Another way.';
    const dispatch = sent.made?.dispatch;
    assert.ok((await outcomeOf('lockkeeper.withdraw', { dispatch, reason })).ok);
    const branch = `lockkeeper/digger/${number}`;
    await until(
      () => git(top, 'ls-tree', '-r', '--name-only', branch),
      (names) => names.includes('src/where.txt'),
      60_000,
    );
    vscode.window.terminals.find(({ name }) => name.includes('digger'))?.dispose();

    // Its work stands on no other branch: a modal asks, which nobody can answer in here.
    const removed = (): Promise<Outcome> =>
      person.accepts(outcomeOf('lockkeeper.removeWorktree', { worktree: id }));
    assert.notEqual(failed(await removed()).code, 'no-worktree');
    assert.ok(existsSync(worktree));
    git(top, 'merge', '--quiet', branch);
    const gone = await removed();
    assert.ok(gone.ok, JSON.stringify(gone));
    assert.match(gone.said, new RegExp(id));
    assert.equal(existsSync(worktree), false);
    assert.equal(git(top, 'branch', '--list', branch), '');
    assert.equal(failed(await outcomeOf('lockkeeper.removeWorktree', { worktree: id })).code, 'no-worktree');
  });
});
