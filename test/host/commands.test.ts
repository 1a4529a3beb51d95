import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import * as vscode from 'vscode';
import { commands, type CommandId } from '../../src/editor/ids.ts';
import { until } from '../rig/until.ts';
import { failed, outcomeOf, person, type Outcome } from './person.ts';

interface Story {
  readonly workers: readonly { readonly name: string; readonly role: string }[];
  readonly steps: readonly {
    readonly title: string;
    readonly role: string;
    readonly tasks: readonly object[];
  }[];
  readonly reconcile: { readonly role: string } & Record<string, unknown>;
}

const word = 'I have read it beside the packet.';
const judgedBy = (lines: number): object[] =>
  Array.from({ length: lines }, (_, index) => ({ what: 'done-when', line: index + 1, pass: true, word }));
const answer = {
  chosen: 'Throw a RangeError that names the depth',
  rationale: 'The rest of the project does so.',
  constraints: 'none',
  nextStep: 'Go on with the TASK.',
};

const holds = (check: () => boolean | Promise<boolean>): Promise<boolean> => until(check, Boolean, 60_000);

const run = (id: CommandId, argument?: object): Promise<Outcome> => outcomeOf(id, argument);

/** Runs it until it is no longer refused for this reason: a worker is on its way. */
async function once(code: string, id: CommandId, argument: object): Promise<Outcome> {
  let outcome = await run(id, argument);
  await holds(async () => {
    if (!outcome.ok && outcome.refusal.code === code) outcome = await run(id, argument);
    return outcome.ok || outcome.refusal.code !== code;
  });
  return outcome;
}

/** Waits until the result is there, looks at its change, and approves it. */
async function approvedSoon(whole: { readonly result: number; readonly judged: object[] }): Promise<Outcome> {
  const { result } = whole;
  assert.equal(failed(await once('not-in-review', 'lockkeeper.approve', whole)).code, 'not-shown');
  assert.ok((await run('lockkeeper.openChanges', { result })).ok);
  return run('lockkeeper.approve', whole);
}

const document = (uri: string): Thenable<vscode.TextDocument> =>
  vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
const tabs = (): string[] =>
  vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

describe('the commands', function () {
  this.timeout(180_000);
  let story: Story;
  let home: string;
  const settings = vscode.workspace.getConfiguration('lockkeeper');
  /** What a worker shows is enough here, and no VERIFY runs beside its worker. */
  const evidence = {
    'evidence.required': { high: 'claimed', normal: 'claimed', low: 'claimed' },
    'verify.onResult': false,
  };

  before(async () => {
    const extension = vscode.extensions.getExtension('lockkeeper.lockkeeper');
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(extension && folder);
    await extension.activate();
    home = extension.extensionPath;
    const rehearsal = join(home, 'media', 'rehearsal');
    const cwd = folder.uri.fsPath;
    cpSync(join(rehearsal, 'project'), cwd, { recursive: true });
    execFileSync('git', ['add', '--all'], { cwd });
    execFileSync('git', ['commit', '--quiet', '--no-gpg-sign', '--message', 'chore: a project'], { cwd });
    story = JSON.parse(readFileSync(join(rehearsal, 'story.json'), 'utf8')) as Story;
    for (const [name, value] of Object.entries(evidence))
      await settings.update(name, value, vscode.ConfigurationTarget.Global);
  });

  after(async () => {
    for (const name of Object.keys(evidence))
      await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
  });

  it('are all registered, and no other', async () => {
    const known = await vscode.commands.getCommands(true);
    const own = known.filter(
      (id) =>
        id.startsWith('lockkeeper.') &&
        !/\.(focus|open|removeView|resetViewLocation|toggleVisibility)$/.test(id),
    );
    assert.deepEqual(own.sort(), [...commands].sort());
  });

  it('refuse with a way out where nothing is open, and name what they do not understand', async () => {
    const refused = failed(await run('lockkeeper.release'));
    assert.equal(refused.code, 'no-orchestration');
    assert.ok(refused.next.length > 0);
    assert.equal(failed(await run('lockkeeper.release', { step: 'two' })).code, 'argument-wrong');
  });

  it('reopen the journal, and accept it only where something is missing', async () => {
    assert.ok((await run('lockkeeper.reopenJournal')).ok);
    assert.equal(failed(await run('lockkeeper.acceptJournal')).code, 'nothing-missing');
  });

  it('start only by a person’s word, whatever the argument says', async () => {
    const whole = {
      objective: 'No depth below nothing',
      constraints: [],
      mode: 'orchestrator-first',
      confirmed: true,
    };
    assert.equal(failed(await person.accepts(run('lockkeeper.start', whole))).code, 'cancelled');
    assert.equal(failed(await run('lockkeeper.release')).code, 'no-orchestration');
    assert.ok((await person.saysYes(() => run('lockkeeper.start', whole))).ok);
    assert.equal(failed(await run('lockkeeper.start', whole)).code, 'orchestration-open');
  });

  it('register workers only by a person’s word; here the rehearsal program is a command like any other', async () => {
    const argv = [
      'node',
      join(home, 'dist/rehearsal.js'),
      join(home, 'media/rehearsal/story.json'),
      '--no-pauses',
    ];
    for (const { name, role } of story.workers) {
      const whole = { name, role, runs: { kind: 'command', argv } };
      assert.equal(failed(await person.accepts(run('lockkeeper.addWorker', whole))).code, 'cancelled');
      assert.ok((await person.saysYes(() => run('lockkeeper.addWorker', whole))).ok);
    }
  });

  it('copy a connection that a client which starts its servers itself runs as it is', async () => {
    const whole = { holder: 1, form: 'program' };
    assert.equal(failed(await person.accepts(run('lockkeeper.copyConnection', whole))).code, 'cancelled');
    assert.ok((await person.saysYes(() => run('lockkeeper.copyConnection', whole))).ok);
    const { mcpServers } = JSON.parse(await vscode.env.clipboard.readText()) as {
      mcpServers: { lockkeeper: { command: string; args: string[]; env: Record<string, string> } };
    };
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(new StdioClientTransport(mcpServers.lockkeeper));
    const told = await client.callTool({ name: 'get_task', arguments: {} });
    assert.match(JSON.stringify(told.content), /You have no task/);
    await client.close();
  });

  it('plan, release and dispatch with an argument alone', async () => {
    for (const { title, role, tasks } of story.steps.slice(0, 2)) {
      const planned = await run('lockkeeper.addStep', { title, role, tasks });
      assert.ok(planned.ok && planned.made?.step !== undefined);
    }
    assert.equal(failed(await run('lockkeeper.dispatch')).code, 'nothing-next');
    assert.ok((await run('lockkeeper.release')).ok);
    assert.equal(failed(await run('lockkeeper.release')).code, 'gate-shut');
    assert.equal(failed(await run('lockkeeper.dispatch', { worker: 2 })).code, 'role-mismatch');
    assert.equal(failed(await person.accepts(run('lockkeeper.dispatch'))).code, 'cancelled', 'unguarded');
    const sent = await person.saysYes(() => run('lockkeeper.dispatch'));
    assert.ok(sent.ok && sent.made?.dispatch === 1);
    assert.equal(failed(await run('lockkeeper.allowUnguarded', { worker: 1 })).code, 'needs-no-word');
    assert.ok((await person.saysYes(() => run('lockkeeper.allowUnguarded', { worker: 2 }))).ok);
    assert.equal(failed(await run('lockkeeper.dispatch')).code, 'something-live');
  });

  it('answer a worker, and show its result as a document that cannot be written', async () => {
    const answered = await once('question-not-open', 'lockkeeper.answer', { question: 1, answer });
    assert.ok(answered.ok);
    const rejected = await once('not-in-review', 'lockkeeper.reject', {
      result: 1,
      reason: ' ',
      missing: 'x',
      next: 'x',
    });
    assert.equal(failed(rejected).code, 'rejection-incomplete');
    assert.ok((await run('lockkeeper.openResult', { result: 1 })).ok);
    await holds(() => tabs().includes('Result 1'));
    const shown = await document('lockkeeper:/Result%201');
    assert.match(shown.getText(), /^RESULT 1 {2}waits for your verdict/);
    await holds(() => shown.getText().includes('THE FOUR GATES'));
    assert.match(shown.getText(), /THE FOUR GATES\n {4}objective alignment: you judge it/);
    assert.equal(vscode.workspace.fs.isWritableFileSystem('lockkeeper'), undefined);
    assert.equal(shown.languageId, 'lockkeeper-result');
  });

  it('approve line by line, and bind to what is in review', async () => {
    const halves = { result: 1, judged: judgedBy(2) };
    const whole = { result: 1, judged: judgedBy(3) };
    assert.equal(failed(await run('lockkeeper.approve', halves)).code, 'not-judged');
    assert.equal(failed(await run('lockkeeper.approve', whole)).code, 'not-shown');
    assert.ok((await run('lockkeeper.openChanges', { result: 1 })).ok);
    const other = { ...whole, shown: '0'.repeat(64) };
    assert.equal(failed(await run('lockkeeper.approve', other)).code, 'changed-since-shown');
    const approved = await run('lockkeeper.approve', whole);
    assert.ok(approved.ok, JSON.stringify(approved));
    assert.equal(failed(await run('lockkeeper.approve', whole)).code, 'not-in-review');
    const shown = await document('lockkeeper:/Result%201');
    await holds(() => shown.getText().startsWith('RESULT 1  approved'));
  });

  it('T4: dispatch and release nothing before the open item is reconciled', async () => {
    assert.equal(failed(await run('lockkeeper.dispatch')).code, 'unreconciled');
    assert.equal(failed(await run('lockkeeper.release')).code, 'gate-shut');
    assert.equal(failed(await run('lockkeeper.close')).code, 'not-closable');
    assert.equal(failed(await run('lockkeeper.editTodo', { todo: 2 })).code, 'unreconciled');
  });

  it('P4: take a packet from a document, and show its flaws where they stand', async () => {
    const { role, ...packet } = story.reconcile;
    assert.ok((await run('lockkeeper.reconcile', { todo: 2, role })).ok);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const { document: form } = editor;
    assert.equal(form.uri.scheme, 'lockkeeper-packet');
    assert.match(form.getText(), /Left open by builder in result 1, word for word:\n {4}> README/);
    assert.equal(failed(await run('lockkeeper.usePacket')).code, 'packet-flawed');
    const flaws = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(form.uri);
    await holds(() => flaws().length > 0);
    for (let round = 0; round < 20 && flaws().length > 0; round += 1) {
      const [first] = flaws();
      assert.ok(first);
      const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        form.uri,
        first.range,
      );
      const fix = fixes.find(({ edit, title }) => edit !== undefined && title.startsWith('Write: '));
      assert.ok(fix?.edit, `${first.message} ${JSON.stringify(fixes)}`);
      const before = form.version;
      await vscode.workspace.applyEdit(fix.edit);
      await holds(() => form.version > before && !flaws().some((flaw) => flaw.message === first.message));
    }
    assert.deepEqual(flaws(), []);
    assert.ok(packet.task);
    const used = await run('lockkeeper.usePacket', { document: form.uri.toString() });
    assert.ok(used.ok, JSON.stringify(used));
    await holds(() => !tabs().includes('Reconcile TODO 2'));
    assert.equal(
      failed(await run('lockkeeper.reconcile', { todo: 2, packet, role })).code,
      'already-reconciled',
    );
  });

  it('edit, order, split and merge the list, each with its reason', async () => {
    const { role, ...packet } = story.reconcile;
    assert.ok((await run('lockkeeper.editTodo', { todo: 2, packet, role })).ok);
    const extra = { ...packet, task: 'Say in README.md where the tests are' };
    const added = await run('lockkeeper.addTodo', { packet: extra, role });
    assert.ok(added.ok && added.made?.todo === 3);
    const hangs = { todo: 3, reason: 'It hangs at times.' };
    assert.ok((await run('lockkeeper.debugMode', hangs)).ok);
    const bug = { todo: 3, reproduction: { command: 'npm test', shows: '1 failing' }, why: 'One line' };
    assert.equal(failed(await run('lockkeeper.describeBug', { ...bug, risk: 'risky' })).code, 'no-rollback');
    assert.ok((await run('lockkeeper.describeBug', { ...bug, risk: 'low' })).ok);
    assert.equal(failed(await person.accepts(run('lockkeeper.endDebugMode', hangs))).code, 'cancelled');
    assert.ok((await person.saysYes(() => run('lockkeeper.endDebugMode', hangs))).ok);
    assert.ok((await run('lockkeeper.moveTodoUp', { todo: 3, reason: 'It is quick.' })).ok);
    assert.equal(failed(await run('lockkeeper.dispatch', { todo: 2 })).code, 'not-next');
    assert.ok((await run('lockkeeper.moveTodo', { todo: 3, before: null, reason: 'It can wait.' })).ok);
    assert.equal(
      failed(await run('lockkeeper.mergeTodo', { todo: 3, into: 3, reason: 'x' })).code,
      'merge-self',
    );
    const [half, other] = ['Say in README.md how to test', 'Say in README.md how to build'].map((task) => ({
      ...packet,
      task,
    }));
    assert.ok((await run('lockkeeper.splitTodo', { todo: 3, parts: [half, other] })).ok);
    assert.ok((await run('lockkeeper.mergeTodo', { todo: 5, into: 4, reason: 'They are one.' })).ok);
    assert.ok((await run('lockkeeper.dropTodo', { todo: 4, reason: 'README.md says it already.' })).ok);
    assert.ok((await run('lockkeeper.dispatch')).ok);
  });

  it('withdraw what is live and send it again', async () => {
    const none = failed(await run('lockkeeper.withdraw', { dispatch: 99, reason: 'x' }));
    assert.equal(none.code, 'not-live');
    assert.equal(failed(await run('lockkeeper.relaunch', { dispatch: 2 })).code, 'not-ended');
    assert.ok((await run('lockkeeper.withdraw', { dispatch: 2, reason: 'A short word first.' })).ok);
    assert.ok((await run('lockkeeper.dispatch')).ok);
  });

  it('finish the story: the gate opens, the next step is released, and the end can be closed', async () => {
    const second = await approvedSoon({ result: 2, judged: judgedBy(1) });
    assert.ok(second.ok, JSON.stringify(second));
    assert.equal(failed(await run('lockkeeper.override', { reason: 'No need.' })).code, 'override-needless');
    assert.ok((await run('lockkeeper.release', { step: 2 })).ok);
    assert.ok((await run('lockkeeper.dispatch')).ok);
    const third = await approvedSoon({ result: 3, judged: judgedBy(2) });
    assert.ok(third.ok, JSON.stringify(third));
    assert.ok((await run('lockkeeper.close')).ok);
    assert.equal(failed(await run('lockkeeper.dispatch')).code, 'no-orchestration');
    // A message may stand longer than what it tells.
    for (const kind of ['silent', 'ended', 'proposal'])
      assert.equal(failed(await run('lockkeeper.openInboxEntry', { kind, n: 1 })).code, 'settled-already');
  });

  it('P11: what was closed opens as its handoff, which can be copied', async () => {
    await holds(() => tabs().includes('Handoff of orchestration 1.md'));
    const shown = await document('lockkeeper-handoff:/Handoff of orchestration 1.md');
    assert.match(shown.getText(), /^# Handoff of orchestration 1\n/);
    assert.match(shown.getText(), /\n## \[0\.0\.0-orchestration\.1\] - \d{4}-\d\d-\d\d\n/);
    assert.match(shown.getText(), /commit [0-9a-f]{12}\)\. Evidence: claimed: /);
    assert.match(shown.getText(), /Dropped\. TODO 4: .* Reason: README\.md says it already\./);
    assert.match(shown.getText(), /## RISKS\n\n- .* worked unguarded/);
    assert.match(shown.getText(), /## DECIDED\n\n- Question 1: /);
    assert.ok((await run('lockkeeper.copyHandoff')).ok);
    assert.equal(await vscode.env.clipboard.readText(), shown.getText());
    assert.equal(failed(await run('lockkeeper.handoff', { orchestration: 2 })).code, 'no-orchestration');
  });
});
