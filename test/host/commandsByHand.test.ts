import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CommandId } from '../../src/editor/ids.ts';
import { until } from '../rig/until.ts';
import { failed, outcomeOf, person, type Outcome } from './person.ts';

const run = (id: CommandId, argument?: object): Promise<Outcome> => outcomeOf(id, argument);
const packet = {
  task: 'Say in docs/tests.md where the tests are',
  scope: ['docs/tests.md'],
  notYourJob: ['src/'],
  doneWhen: ['`grep test docs/tests.md` prints "test"'],
  verify: ['grep test docs/tests.md'],
  priority: 'normal',
};

describe('the commands, for a worker that works by hand', function () {
  this.timeout(180_000);
  let item: number;
  let task: number;

  it('T3: carry a task to a worker that works by hand, and enter what it sends', async () => {
    const clipboard = (): Thenable<string> => vscode.env.clipboard.readText();
    const begun = { objective: 'By hand', constraints: [], mode: 'orchestrator-first' };
    assert.ok((await person.saysYes(() => run('lockkeeper.start', begun))).ok);
    const carver = { name: 'carver', role: 'carving', runs: { kind: 'by-hand', where: 'here' } };
    assert.equal(failed(await person.accepts(run('lockkeeper.addWorker', carver))).code, 'cancelled');
    const added = await person.saysYes(() => run('lockkeeper.addWorker', carver));
    assert.ok(added.ok);
    const worker = added.made?.worker;
    assert.equal(failed(await run('lockkeeper.copyPacket')).code, 'no-task-by-hand');
    assert.equal(failed(await run('lockkeeper.copyConnection', { holder: worker })).code, 'by-hand');
    assert.equal(failed(await run('lockkeeper.showTerminal', { worker })).code, 'by-hand');
    assert.ok((await run('lockkeeper.addTodo', { packet, role: 'carving' })).ok);
    const sent = await run('lockkeeper.dispatch', { worker });
    const dispatch = sent.ok ? sent.made?.dispatch : undefined;
    assert.ok(dispatch !== undefined);
    assert.match(await clipboard(), new RegExp(`^FOR-TASK: ${dispatch}\\.1\nTASK: `));
    assert.ok((await run('lockkeeper.noteTaken', { dispatch })).ok);
    assert.ok((await run('lockkeeper.pasteFromWorker', { text: 'PROGRESS: half of it' })).ok);
    const question =
      'QUESTION: Which?\nCONTEXT: Both fit.\nFILES: none\nOPTIONS:\n- one\n- two\nRECOMMENDED: two\nBLOCKING: no';
    const asked = await run('lockkeeper.pasteFromWorker', { worker, text: question });
    assert.ok(asked.ok && asked.made?.question !== undefined);
    assert.equal(failed(await run('lockkeeper.copyAnswer')).code, 'nothing-to-copy');
    const spoken = { chosen: 'two', rationale: 'It fits.', constraints: 'none', nextStep: 'Go on.' };
    assert.ok((await run('lockkeeper.answer', { question: asked.made.question, answer: spoken })).ok);
    assert.ok((await run('lockkeeper.copyAnswer')).ok);
    assert.match(await clipboard(), /^ANSWER:\nTO-QUESTION: \d+\nFOR-TASK: \d+\.1\nCHOSEN: two$/m);
    const other = failed(await run('lockkeeper.pasteFromWorker', { worker: 1, text: 'PROGRESS: mine' }));
    assert.equal(other.code, 'not-by-hand');
    const foreign = failed(await run('lockkeeper.pasteFromWorker', { text: 'PROGRESS: x\nFOR-TASK: 1.1' }));
    assert.equal(foreign.code, 'not-by-hand');
    const huge = failed(await run('lockkeeper.pasteFromWorker', { text: 'x'.repeat(5 * 1_048_576) }));
    assert.equal(huge.code, 'paste-too-long');
    const half = `RESULT:\nFOR-TASK: ${dispatch}.1\nOUTCOME: partial\nSUMMARY: Half of it.`;
    const lacking = failed(await run('lockkeeper.pasteFromWorker', { text: half }));
    assert.match(lacking.sentence, /FILES, PLAN-AFFECTED, STILL-OPEN/);
    const draft = vscode.workspace.textDocuments.find(({ uri }) => uri.path.includes('From carver'));
    assert.ok(draft);
    assert.ok(draft.getText().includes(half), 'the person gets the text back');
    assert.ok(vscode.languages.getDiagnostics(draft.uri).length >= 3);
    const rest = `${half}\nFILES: none\nPLAN-AFFECTED: no\nSTILL-OPEN:\n- The other half`;
    const entered = await run('lockkeeper.pasteFromWorker', { text: rest });
    assert.ok(entered.ok && entered.made?.result !== undefined);
    const result = entered.made.result;
    await run('lockkeeper.openResult', { result });
    const says = (text: string): boolean =>
      vscode.workspace.textDocuments.some((one) => one.getText().includes(text));
    await until(() => says('Worker: carver, entered by user'), Boolean, 60_000);
    const rejected = { result, reason: 'Half', missing: 'the rest', next: 'Do the rest' };
    assert.ok((await run('lockkeeper.reject', rejected)).ok);
    assert.ok((await run('lockkeeper.copyPacket')).ok);
    assert.match(await clipboard(), /REJECTED:\nFOR-TASK: \d+\.2\nREASON: Half/);
    item = Number(/EARLIER-ITEMS:\n- TODO (\d+)/.exec(await clipboard())?.[1]);
    task = dispatch;
  });

  it('P8, T4: what it sends after that is measured, run, approved and committed, and its open item is closed', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder && item > 0);
    const cwd = folder.uri.fsPath;
    mkdirSync(join(cwd, 'docs'), { recursive: true });
    writeFileSync(join(cwd, 'docs', 'tests.md'), 'The tests are in test.\n');
    const text = [
      `RESULT:\nFOR-TASK: ${task}.2\nOUTCOME: done\nSUMMARY: It says where the tests are.`,
      'EVIDENCE:\n- DONE-WHEN 1: the line is there\nFILES: docs/tests.md\nPLAN-AFFECTED: no\nSTILL-OPEN: Nothing',
      `EARLIER-ITEMS:\n- TODO ${item}: closed, the line is there`,
    ].join('\n');
    const entered = await run('lockkeeper.pasteFromWorker', { text });
    assert.ok(entered.ok, JSON.stringify(entered));
    const result = entered.made?.result;
    assert.ok((await run('lockkeeper.openChanges', { result })).ok);
    const judged = [{ what: 'done-when', line: 1, pass: true, word: 'I see the line.' }];
    let approved = await run('lockkeeper.approve', { result, judged });
    const isRun = async (): Promise<boolean> => {
      if (!approved.ok && approved.refusal.code === 'gate-failed')
        approved = await run('lockkeeper.approve', { result, judged });
      return approved.ok;
    };
    await until(isRun, Boolean, 60_000);
    const log = execFileSync('git', ['log', '-1', '--format=%B'], { cwd }).toString();
    assert.match(log, /^Lockkeeper-Worker: carver$/m);
    assert.ok((await run('lockkeeper.close')).ok);
    // It opens by itself, and takes the focus from whatever comes next.
    await until(
      () => vscode.window.activeTextEditor?.document.uri.path ?? '',
      (path) => path.endsWith('/Handoff of orchestration 2.md'),
    );
  });
});
