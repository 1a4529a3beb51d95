import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../../src/contract/actor.ts';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { begin, commit, git, write } from '../unit/git/given.ts';
import { deskBeside, journalPlace } from './desk.ts';
import { unpacked } from './installed.ts';
import { journalOf } from './journal.ts';
import { oneAfterTheOther } from './failures.ts';

const packet = [
  'TASK: Say in README.md how to test',
  'SCOPE: README.md',
  'NOT-YOUR-JOB: src/',
  'DONE-WHEN: README.md has the words "npm test"',
  'VERIFY: git grep -n "npm test" README.md',
  'PRIORITY: normal',
].join('\n');

/** A result without what was done, and without what is still open. */
const incomplete = [
  'Here is my result:',
  'RESULT:',
  'FOR-TASK: 1.1',
  'OUTCOME: done',
  'EVIDENCE:',
  '- DONE-WHEN 1: git grep prints README.md:3 npm test',
  'FILES: README.md',
  'PLAN-AFFECTED: no',
].join('\n');

const user: Actor = { seat: 'user' };
const carver: Actor = { seat: 'worker', worker: 1, enteredBy: 'user' };
const many = {
  task: 'Write 229 notes in src/',
  scope: ['src/'],
  notYourJob: ['README.md'],
  doneWhen: ['src/ has 229 files'],
  verify: ['by eye: src/229.txt says its own name'],
  priority: 'normal' as const,
};
const done = {
  outcome: 'done' as const,
  summary: 'The notes are in.',
  evidence: [{ doneWhen: 1, shows: 'ls src prints 229 names' }],
  planAffected: 'no' as const,
  stillOpen: 'Nothing' as const,
};

describe('a worker that works by hand, in the window', function () {
  oneAfterTheOther(this);
  let folder: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    folder = await temporaryFolder('by-hand');
    await writeFile(join(folder, 'README.md'), '# A small project\n');
    server = await startServer(unpacked());
    browser = await openBrowser();
    workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer();
    await workbench.statusItem('Start an orchestration').waitFor();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await removeFolder(folder);
  });

  /** In the active editor. */
  const shows = (text: string): Promise<void> =>
    workbench.page
      .locator('.editor-group-container.active .view-lines')
      .getByText(text.replaceAll(' ', '\u00a0'))
      .first()
      .waitFor();
  const run = (title: string): Promise<void> => workbench.runCommand(`Lockkeeper: ${title}`);
  const recorded = (type: string, count = 1): Promise<readonly string[]> =>
    until(
      async () => (await journalOf(server.userData)).filter((event) => event.startsWith(`${type} `)),
      (found) => found.length >= count,
    );

  it('is registered through the palette by a person’s word, and needs nobody who answers calls', async () => {
    const { quickInput } = workbench;
    await run('Start an Orchestration');
    await quickInput.answer('What is to be reached?', 'Say how to test');
    await quickInput.answer('What must hold throughout?', '');
    await quickInput.pick('Orchestrator-first');
    await quickInput.pick('Start the Orchestration');
    await recorded('orchestration-started');
    await quickInput.waitFor('Enter goes there; Escape leaves it for later.');
    await quickInput.dismiss();
    await run('Add a Worker');
    await quickInput.answer('Name', 'carver');
    await quickInput.answer(/^Role/, 'docs');
    await quickInput.pick('By hand, elsewhere');
    await quickInput.waitFor('Registers carver for docs. It runs: by hand, elsewhere');
    await quickInput.pick('Register carver');
    const [worker] = await recorded('worker-registered');
    assert.match(worker ?? '', /"runs":\{"kind":"by-hand","where":"elsewhere"\}/);
    await workbench.tree('Workers').row('carver').filter({ hasText: 'by hand, elsewhere' }).waitFor();
    assert.equal(
      await workbench
        .tree('Workers')
        .row(/Workers cannot connect/)
        .count(),
      0,
    );
  });

  it('T6: is dispatched to with the whole packet on the clipboard', async () => {
    const { quickInput } = workbench;
    await run('Add a TODO');
    await quickInput.pick('docs');
    await workbench.replaceText('New TODO', packet);
    await workbench.editorAction('Use This Packet (Ctrl+Enter)');
    await workbench.editorTab('New TODO').waitFor({ state: 'detached' });
    await run('Dispatch the Next TODO');
    await workbench.notified(/the packet is on the clipboard\. Hand it to carver/);
    await workbench.statusItem('Paste what carver sends for TODO 1').waitFor();
    await workbench.clearNotifications();
    await run('Copy a Packet');
    await workbench.notified(/the packet is on the clipboard/);
    await workbench.clearNotifications();
    await workbench.openUntitled();
    await workbench.page.keyboard.press('Control+V');
    const lines = workbench.page.locator('.editor-group-container.active .view-lines');
    await lines.getByText('FOR-TASK: 1.1').first().waitFor();
    await workbench.page.keyboard.press('Control+A');
  });

  it('T4: an incomplete result is told what it lacks, and stays as it was pasted', async () => {
    await workbench.page.keyboard.insertText(incomplete);
    await workbench.page.keyboard.press('Control+A');
    await run('Paste from a Worker');
    await workbench.notified(/The result is not complete: SUMMARY, STILL-OPEN\./);
    await workbench.clearNotifications();
    await workbench.editorTab(/From carver for TODO 1/).waitFor();
    const editor = workbench.page.locator('.editor-group-container.active .view-lines');
    await editor.getByText('Here is my result:').waitFor();
    await editor.getByText('- DONE-WHEN 1: git grep prints README.md:3 npm test').waitFor();
    await workbench.page.locator('.editor-group-container.active .squiggly-warning').first().waitFor();
    assert.deepEqual(
      (await journalOf(server.userData)).filter((event) => event.startsWith('resulted ')),
      [],
    );
    await workbench.shot('by-hand-incomplete');
  });

  it('T4: completed it is a result as any other, entered by user, and can be approved', async () => {
    const { quickInput } = workbench;
    const complete = `${incomplete}\nSUMMARY: README.md says how to test.\nSTILL-OPEN: Nothing`;
    await workbench.replaceText(/From carver for TODO 1/, complete);
    await workbench.editorAction('Use This Packet (Ctrl+Enter)');
    const [result] = await recorded('resulted');
    assert.match(result ?? '', /^resulted user /);
    await workbench.editorTab(/From carver/).waitFor({ state: 'detached' });
    await workbench
      .tree('Inbox')
      .row(/Result 1:/)
      .filter({ hasText: 'entered by user' })
      .waitFor();
    await workbench.tree('Inbox').click(/Result 1:/);
    await workbench.editorTab(/Result 1/).waitFor();
    await workbench.page
      .locator('.editor-group-container.active .view-lines')
      .getByText('Worker: carver, entered by user')
      .waitFor();
    await workbench.shot('by-hand-result');
    await workbench.editorAction('Approve a Result');
    // The folder is no repository, so nobody can measure what changed in it.
    await workbench.notified(/Scope compliance fails: What stood there/);
    await workbench.clearNotifications();
    await run('Approve a Result Past a Failed Gate');
    await quickInput.answer(/^DONE-WHEN 1: /, 'seen');
    await quickInput.answer(/^Why may the gates fail/, 'Looked at by hand');
    await workbench.answerDialog(/Approve result 1 past scope, conflict, evidence/, 'Approve Past It');
    await recorded('approved');
  });

  it('P8: once the folder is a repository, the next work is measured; 230 files are pages, worst first', async () => {
    begin(folder);
    commit(folder, { 'README.md': '# A small project\n\nnpm test\n' });
    const desk = await deskBeside(await journalPlace(server.userData));
    await desk.does(user, { type: 'add-todo', role: 'docs', packet: many });
    await workbench
      .tree('TODO')
      .row(/^TODO 2: /)
      .waitFor();
    await run('Dispatch the Next TODO');
    await recorded('dispatched', 2);
    const names = Array.from({ length: 229 }, (_, index) => `src/${String(index + 1).padStart(3, '0')}.txt`);
    write(folder, Object.fromEntries([...names, 'zone.txt'].map((name) => [name, `This is ${name}\n`])));
    await desk.does(carver, {
      type: 'submit',
      dispatch: 2,
      epoch: 1,
      packet: { ...done, files: names.slice(0, 200) },
    });
    desk.close();
    await workbench.tree('Inbox').click(/Result 2:/);
    await workbench.editorTab('Result 2').waitFor();
    await workbench.editorAction('Show What a Result Changed');
    await workbench.editorTab(/^Result 2: Changes, 1 to 200 of 230 \(200 files\)/).waitFor();
    await shows('This is zone.txt');
    await workbench.page
      .getByText('`zone.txt` changed, and nobody can tell who changed it.')
      .first()
      .waitFor();
    await workbench.shot('many-files-first');
    await workbench.editorAction('Show More Changed Files');
    await workbench.editorTab(/^Result 2: Changes, 201 to 230 of 230 \(30 files\)/).waitFor();
    await shows('This is src/200.txt');
    await workbench.shot('many-files-next');
    // No more than 200 at once.
    await workbench.editorTab(/^Result 2: Changes, 1 to/).waitFor({ state: 'detached' });
  });

  it('P8: a verdict leaves the page that is open, and binds to the whole change, whichever page that is', async () => {
    const { quickInput } = workbench;
    const next = workbench.editorTab(/^Result 2: Changes, 201 to 230 of 230/);
    await workbench.clearNotifications();
    await workbench.editorAction('Reject a Result');
    await quickInput.waitFor('Reason');
    await next.waitFor();
    await quickInput.dismiss();
    await workbench.editorAction('Approve a Result');
    await workbench.notified(/Scope compliance fails: `zone\.txt` changed/);
    await next.waitFor();
    await workbench.clearNotifications();
    const goesPast = async (meanwhile: () => void): Promise<void> => {
      await run('Approve a Result Past a Failed Gate');
      await next.waitFor();
      await quickInput.answer(/^DONE-WHEN 1: /, 'counted');
      await quickInput.answer(/^VERIFY 1, by eye/, 'it does');
      await quickInput.answer(/The first line of the commit/, 'docs: add the notes');
      await quickInput.answer(/^Why may the gates fail/, 'zone.txt is mine');
      meanwhile();
      await workbench.answerDialog(/Approve result 2 past scope/, 'Approve Past It');
    };
    // A file of the page that is not open.
    await goesPast(() => write(folder, { 'src/001.txt': 'Something else\n' }));
    await workbench.notified(/What result 2 changed is not what was shown any more/);
    assert.equal((await recorded('approved')).length, 1);
    await workbench.clearNotifications();
    write(folder, { 'src/001.txt': 'This is src/001.txt\n' });
    await goesPast(() => undefined);
    await recorded('approved', 2);
    assert.equal(git(folder, 'ls-tree', '-r', '--name-only', 'main', 'src/').split('\n').length, 229);
    assert.equal(git(folder, 'status', '--porcelain'), '');
  });

  it('P11: what was left is offered where the next orchestration is started, and stands in its plan', async () => {
    const { quickInput } = workbench;
    const desk = await deskBeside(await journalPlace(server.userData));
    await desk.does(user, { type: 'add-step', title: 'Count the notes', role: 'docs', tasks: [many] });
    await desk.does(user, { type: 'close' });
    desk.close();
    await workbench.statusItem('Start an orchestration').waitFor();
    await workbench.clearNotifications();
    await run('Start an Orchestration');
    await quickInput.answer('What is to be reached?', 'Count what there is');
    await quickInput.answer('What must hold throughout?', '');
    await quickInput.pick('Orchestrator-first');
    await quickInput.pick('Start the Orchestration');
    await quickInput.waitFor('Which of these steps begin the plan?');
    await quickInput.row('Count the notes').waitFor();
    await workbench.shot('next-offered');
    await quickInput.accept();
    await recorded('step-added', 2);
    await workbench
      .tree('TODO')
      .row(/Count the notes/)
      .waitFor();
  });
});
