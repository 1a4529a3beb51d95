import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../rig/until.ts';
import { byWord, made, no, outcomeOf as run, unasked } from './person.ts';

const role = 'gardening';
const reason = 'It is warm enough.';
const plan = [
  '# Warm the greenhouse',
  '',
  'Nobody has asked the neighbours yet.',
  '',
  '## Heat',
  '',
  '- [ ] Say in stove.md that it is warm',
  '  - scope: stove.md',
  '  - not your job: docs/',
  '  - `grep warm stove.md` prints "warm"',
  '  - verify: grep warm stove.md',
  '- [x] Buy a stove',
  '',
  'Sow the cress in cress.md',
];

const shown = (): vscode.TextDocument => {
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document.uri.scheme, 'lockkeeper-packet');
  return editor.document;
};
const flaws = (form: vscode.TextDocument): vscode.Diagnostic[] => vscode.languages.getDiagnostics(form.uri);
const isGone = (label: string): Promise<unknown> =>
  until(
    () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => tab.label === label),
    ({ length }) => length === 0,
  );
/** Its handoff opens by itself, and takes the focus from whatever comes next. */
async function closed(): Promise<void> {
  await made(byWord('lockkeeper.close'));
  await until(
    () => vscode.window.activeTextEditor?.document.uri.scheme ?? '',
    (scheme) => scheme === 'lockkeeper-handoff',
  );
}
const lineThat = (form: vscode.TextDocument, begins: string): number => {
  const line = form
    .getText()
    .split('\n')
    .findIndex((one) => one.startsWith(begins));
  assert.ok(line >= 0, `${begins} stands in\n${form.getText()}`);
  return line;
};

async function edited(
  form: vscode.TextDocument,
  change: (edit: vscode.WorkspaceEdit) => void,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  change(edit);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** What is offered in place of a line, of which `words` were typed. */
async function offered(
  form: vscode.TextDocument,
  line: number,
  words: string,
): Promise<Map<string, vscode.CompletionItem>> {
  await edited(form, (edit) => edit.replace(form.uri, form.lineAt(line).range, words));
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    form.uri,
    new vscode.Position(line, words.length),
  );
  const own = list.items.filter(({ detail }) => detail !== undefined);
  return new Map(own.map((item) => [typeof item.label === 'string' ? item.label : item.label.label, item]));
}

/** Takes one of them, as VS Code does. */
async function taken(form: vscode.TextDocument, item: vscode.CompletionItem | undefined): Promise<void> {
  assert.ok(item?.range);
  const { range } = item;
  const place = 'replacing' in range ? range.replacing : range;
  const text = typeof item.insertText === 'string' ? item.insertText : item.label;
  await edited(form, (edit) => edit.replace(form.uri, place, typeof text === 'string' ? text : ''));
}

/** Takes the quick fix of a flaw; the flaw goes with it. */
async function mended(form: vscode.TextDocument, flaw: vscode.Diagnostic, title: RegExp): Promise<void> {
  const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    form.uri,
    flaw.range,
  );
  const fix = fixes.find((one) => one.edit !== undefined && title.test(one.title));
  assert.ok(fix?.edit, `${flaw.message}: ${fixes.map((one) => one.title).join(', ')}`);
  assert.ok(await vscode.workspace.applyEdit(fix.edit));
  // Until the text is read anew it stands as it was, perhaps beside other words.
  const isThere = (one: vscode.Diagnostic): boolean =>
    one.message === flaw.message && one.range.isEqual(flaw.range);
  await until(
    () => flaws(form),
    (found) => !found.some(isThere),
  );
}

async function mendAll(form: vscode.TextDocument): Promise<void> {
  for (let round = 0; round < 20 && flaws(form).length > 0; round += 1)
    await mended(form, flaws(form)[0] as vscode.Diagnostic, /^Write: |^Role gardening$/);
  assert.deepEqual(
    flaws(form).map(({ message }) => message),
    [],
  );
}

describe('plan and packets as documents', function () {
  this.timeout(180_000);

  it('T7: a checklist starts an orchestration where none is open, by a person’s word, and no line of it is lost', async () => {
    const given = { text: plan.join('\n'), name: 'notes/spring.md' };
    const register = { name: 'gardener', role, runs: { kind: 'by-hand', where: 'here' } };
    await made(byWord('lockkeeper.addWorker', register));
    assert.equal(await unasked('lockkeeper.importPlan', given), 'cancelled');
    assert.equal(await no('lockkeeper.release'), 'no-orchestration');
    await made(byWord('lockkeeper.importPlan', given));
    await made(run('lockkeeper.copySyncStatus'));
    assert.match(await vscode.env.clipboard.readText(), /^OBJECTIVE: Warm the greenhouse$/m);
    const form = shown();
    for (const line of plan.filter((one) => one !== ''))
      assert.ok(
        form.getText().includes(line.replace(/^[\s#>-]*(\[ \] |scope: |verify: |not your job: )?/, '')),
        line,
      );
    assert.match(form.getText(), /^\?\? Nobody has asked the neighbours yet\.\n\?\? Sow the cress/m);
    assert.equal(await no('lockkeeper.usePacket'), 'replan-unread');
  });

  it('T7: each unclear line is settled by a quick fix, what lacks is written by others, and the whole is taken', async () => {
    const form = shown();
    await until(
      () => flaws(form),
      ({ length }) => length === 2,
    );
    const [first, second] = flaws(form);
    assert.ok(first && second);
    assert.match(first.message, /Nobody has said yet what this line is/);
    // Asked for right behind a key, it is a fix of the line as it stands now.
    await edited(form, (edit) => edit.insert(form.uri, first.range.start, '\n'));
    const { start, end } = second.range;
    const moved = new vscode.Range(start.translate(1), end.translate(1));
    await mended(form, new vscode.Diagnostic(moved, second.message), /^Make It a TODO$/);
    await mended(form, flaws(form)[0] ?? first, /^Take It Out$/);
    await until(
      () => flaws(form),
      (found) => found.length > 0 && !found.some(({ message }) => message.includes('Nobody has said yet')),
    );
    // The one role that there is stands there already.
    const head = lineThat(form, 'NEW TODO, role ');
    const roles = await offered(form, head, 'NEW TODO, role ');
    await taken(form, roles.get(role));
    await until(
      () => flaws(form),
      (found) => !found.some(({ range }) => range.start.line === head),
    );
    await mendAll(form);
    await made(run('lockkeeper.usePacket'));
    await isGone('Replan from spring');
  });

  it('P4: the fields of a packet are offered, and its priorities; what is vague is written anew by a quick fix', async () => {
    await made(run('lockkeeper.addTodo', { role }));
    const form = shown();
    const last = form.lineCount - 1;
    assert.deepEqual(
      [...(await offered(form, last, '')).keys()],
      ['TASK: ', 'SCOPE: ', 'NOT-YOUR-JOB: ', 'DONE-WHEN: ', 'VERIFY: ', 'PRIORITY: '],
    );
    const priority = lineThat(form, 'PRIORITY: normal');
    const words = await offered(form, priority, 'PRIORITY: ');
    assert.deepEqual([...words.keys()], ['high', 'normal', 'low']);
    await taken(form, words.get('low'));
    const task = lineThat(form, 'TASK: ');
    await edited(form, (edit) => edit.insert(form.uri, form.lineAt(task).range.end, 'Improve beds.md'));
    await until(
      () => flaws(form),
      (found) => found.some(({ message }) => /^TASK: .*Improve/.test(message)),
    );
    await mendAll(form);
    assert.match(form.getText(), /^PRIORITY: low$/m);
    await made(run('lockkeeper.usePacket'));
    await isGone('New TODO');
  });

  it('P1: numbers of TODOs, titles of steps, roles and workers are offered in a replan, and what was taken is done', async () => {
    await made(run('lockkeeper.replan'));
    const form = shown();
    const head = form
      .getText()
      .split('\n')
      .findIndex((line) => line.startsWith('TODO '));
    const before = form.lineAt(head).text;
    const n = Number(/^TODO (\d+), role gardening$/.exec(before)?.[1]);
    assert.ok((await offered(form, head, '')).has(`TODO ${n}`));
    const numbers = await offered(form, head, 'TODO ');
    assert.match(numbers.get(String(n))?.detail ?? '', /^Sow the cress/);
    const workers = await offered(form, head, `${before}, worker `);
    assert.equal(workers.get('gardener')?.detail, role);
    await taken(form, workers.get('gardener'));
    const step = form
      .getText()
      .split('\n')
      .findIndex((line) => line.startsWith('STEP '));
    const [, title = ''] = /^STEP (\d+, role gardening: Heat)$/.exec(form.lineAt(step).text) ?? [];
    assert.ok((await offered(form, step, 'STEP ')).has(title));
    const number = `${Number.parseInt(title, 10)}: `;
    const rest = new vscode.Range(step + 1, 0, form.lineCount, 0);
    await edited(form, (edit) => edit.delete(form.uri, rest));
    await taken(form, (await offered(form, step, 'DROP STEP ')).get(number));
    await edited(form, (edit) => edit.insert(form.uri, form.lineAt(step).range.end, reason));
    await edited(form, (edit) =>
      edit.insert(form.uri, form.lineAt(lineThat(form, 'REASON: ')).range.end, 'Spring has come.'),
    );
    await until(
      () => flaws(form),
      ({ length }) => length === 0,
    );
    await made(run('lockkeeper.usePacket'));
    await isGone('Replan');
    assert.equal(await no('lockkeeper.release'), 'no-step');
    // What was closed before keeps its number; this one has the highest.
    let orchestration = 9;
    while (!(await run('lockkeeper.copyHandoff', { orchestration })).ok) orchestration -= 1;
    assert.match(await vscode.env.clipboard.readText(), /Heat.*It is warm enough\./);
    for (const todo of [n, n + 1]) await made(run('lockkeeper.dropTodo', { todo, reason }));
  });

  it('P11: NEXT of the last handoff is offered as the plan of the next orchestration, beside what it starts from', async () => {
    const light = {
      task: 'Say in light.md that it is light',
      scope: ['light.md'],
      notYourJob: ['docs/'],
      doneWhen: ['`grep light light.md` prints "light"'],
      verify: ['grep light light.md'],
      priority: 'normal',
    };
    await made(run('lockkeeper.addStep', { title: 'Light', role, tasks: [light] }));
    await closed();
    await made(
      byWord('lockkeeper.importPlan', {
        text: '# Spring\n\n## Water\n\n- [ ] Water the cress',
        name: 'a list',
      }),
    );
    const form = shown();
    assert.match(form.getText(), /^STEP \d+, role gardening: Light\nTASK: Say in light\.md/m);
    assert.match(form.getText(), /^TASK: Water the cress$/m);
    await closed();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
