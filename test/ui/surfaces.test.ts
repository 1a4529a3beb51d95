import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { installed, unpacked } from './installed.ts';

const task = [
  'TASK: Say in README.md how to test',
  'SCOPE: README.md',
  'NOT-YOUR-JOB: src/',
  'DONE-WHEN: README.md has the words "npm test"',
  'VERIFY: git grep -n "npm test" README.md',
  'PRIORITY: normal',
].join('\n');

const checklist = [
  '## Build',
  'It has to run first.',
  '- [x] Name it',
  '- [ ] Say in README.md how to run it',
  '  - scope: README.md',
  '  - not your job: src/',
  '  - README.md has the words "npm start"',
  '  - verify: git grep -n "npm start" README.md',
].join('\n');

describe('the surfaces, by mouse and keyboard', () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    folder = await temporaryFolder('folder');
    await writeFile(join(folder, 'README.md'), '# A small project\n');
    await writeFile(join(folder, 'plan.md'), checklist);
    server = await startServer({ vsix: installed(), lean: true });
    browser = await openBrowser();
    workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await removeFolder(folder);
  });

  const rows = (view: string): Promise<string[]> =>
    workbench.tree(view).pane.locator('.label-name').allInnerTexts();
  const texts = (view: string): Promise<string[]> =>
    workbench.tree(view).pane.locator('.monaco-list-row').allInnerTexts();
  const shows = (view: string, label: RegExp): Promise<string[]> =>
    until(
      () => rows(view),
      (labels) => labels.some((one) => label.test(one)),
    );

  const says = (words: RegExp): Promise<string> =>
    until(
      () => workbench.tree('TODO').message(),
      (message) => words.test(message),
    );

  /** A button on a row of the list; its name ends with its keys. */
  async function press(label: string | RegExp, button: RegExp): Promise<void> {
    const row = workbench.tree('TODO').row(label);
    const once = async (): Promise<boolean> => {
      // The tooltip of the row above may lie over this one.
      await workbench.page.mouse.move(0, 0);
      const hovered = row.hover({ timeout: 2_000 });
      const clicked = hovered.then(() => row.getByRole('button', { name: button }).click({ timeout: 2_000 }));
      return clicked.then(
        () => true,
        () => false,
      );
    };
    // A row that moves on while it is redrawn leaves the mouse behind.
    await until(once, Boolean);
  }

  /** The rows of a box, once those of the box before it are gone. */
  const offers = (labels: readonly string[]): Promise<unknown> =>
    until(
      () => workbench.quickInput.box.locator('.quick-input-list .label-name:visible').allInnerTexts(),
      (shown) => shown.join() === labels.join(),
    );

  /** Replaces the form of the open packet, and uses it. */
  async function writePacket(tab: string | RegExp): Promise<void> {
    await workbench.replaceText(tab, task);
    await workbench.editorAction('Use This Packet (Ctrl+Enter)');
    await workbench.editorTab(tab).waitFor({ state: 'detached' });
  }

  it('welcome a person where nothing is open yet', async () => {
    const welcome = workbench.tree('TODO').welcome();
    await welcome.getByRole('button', { name: 'Start an Orchestration' }).waitFor();
    await welcome.getByRole('button', { name: 'Rehearse' }).waitFor();
    await workbench.tree('Workers').welcome().getByRole('button', { name: 'Add a Worker' }).waitFor();
  });

  it('P3: start step by step, with a way back, and show what is missing', async () => {
    const { quickInput } = workbench;
    await workbench.statusItem('Start an orchestration').click();
    await quickInput.answer('What is to be reached?', 'Say how to test');
    await quickInput.answer('What must hold throughout?', 'No new files; no new words');
    await quickInput.waitFor('How do you want to begin?');
    await quickInput.box.getByRole('button', { name: 'Back' }).click();
    await quickInput.waitFor('What must hold throughout?');
    assert.equal(await quickInput.input.inputValue(), 'No new files; no new words');
    await quickInput.accept();
    await quickInput.pick('Orchestrator-first');
    await quickInput.waitFor('Starts “Say how to test” with 2 constraints, orchestrator-first.');
    await offers(['Do Not Start', 'Start the Orchestration']);
    await quickInput.pick('Start the Orchestration');
    await quickInput.waitFor('Enter goes there');
    await offers(['Add a worker', 'Plan the first step']);
    await quickInput.pick('Plan the first step');
    await quickInput.answer('What is this step for?', 'Words');
    await quickInput.answer('What is it good at?', 'docs');
    await writePacket('Step Words');
    await shows('TODO', /^Step 1: Words$/);
    await shows('Workers', /^No worker for docs$/);
    await says(/^The gate is open: step 1 can be released\.$/);
  });

  it('register a worker from the warning that its role is not covered', async () => {
    const { quickInput } = workbench;
    await workbench.tree('Workers').click('No worker for docs');
    await quickInput.answer('A short name', 'writer');
    await quickInput.pick('A command');
    await quickInput.answer('The command that starts it', 'node -e "setTimeout(() => undefined, 600000)"');
    await quickInput.waitFor(/Registers writer for docs/);
    await quickInput.pick('Register writer');
    await shows('Workers', /^writer$/);
    assert.ok(!(await rows('Workers')).includes('No worker for docs'));
  });

  it('release from the row of the step, dispatch from the row of the TODO', async () => {
    await press('Step 1: Words', /^Release the Next Step/);
    await shows('TODO', /^TODO 1: Say in README.md how to test$/);
    await press(/^TODO 1/, /^Dispatch the Next TODO/);
    const { quickInput } = workbench;
    await quickInput.waitFor(/^No guard has called in the name of writer: nothing holds back what it writes/);
    await offers(['Send Nothing', 'Send Work to writer Unguarded']);
    await quickInput.pick('Send Work to writer Unguarded');
    await shows('TODO', /^TODO 1: writer, just now/);
    await workbench.statusItem(/TODO 1 with writer is not acknowledged yet/).waitFor();
  });

  it('P5: note on one key that nothing is done, and leave a worker that is at work in peace', async () => {
    const { quickInput } = workbench;
    await workbench.tree('Workers').row('writer').click();
    await workbench.page.keyboard.press('Alt+0');
    await workbench.page
      .locator('.statusbar-item')
      .filter({ hasText: /Noted: nothing was done\. Still next: TODO 1 with writer/ })
      .waitFor();
    await workbench.runCommand('Lockkeeper: Give Feedback');
    await quickInput.answer('TODO 1 with writer hears this with its next contact.', 'Keep the heading');
    await workbench.runCommand('Lockkeeper: Nudge a Worker');
    await quickInput.answer('Why can it not wait?', 'The release waits for it');
    await workbench.answerDialog(/Nudge TODO 1 with writer\?/, 'Let It Work');
    assert.ok(!(await texts('Workers')).some((row) => row.includes('interrupt')));
    await workbench.runCommand('Lockkeeper: Nudge a Worker');
    await quickInput.answer('Why can it not wait?', 'The release waits for it');
    await workbench.answerDialog(/Nudge TODO 1 with writer\?/, 'Nudge It All the Same');
    await until(
      () => texts('Workers'),
      (shown) => shown.some((row) => row.includes('1 interrupt this hour')),
    );
  });

  it('T2: stop everything in the person’s own words, and carry on by one', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Instruct: Stop Everything');
    await quickInput.answer('Everything stops', 'Leave README.md alone');
    await quickInput.waitFor(
      /Stops everything, 1 live task among it, with the words “Leave README\.md alone”/,
    );
    await offers(['Say Nothing', 'Stop Everything']);
    await quickInput.pick('Stop Everything');
    await shows('Inbox', /^Leave README\.md alone$/);
    await workbench.statusItem(/Answer your instruction: Leave README\.md alone/).waitFor();
    await workbench.runCommand('Lockkeeper: Release the Next Step');
    await workbench.answerNotification(
      /The user says \(instruction 1\): “Leave README\.md alone” Replan as it says/,
      'Carry On',
    );
    await quickInput.waitFor(/these go on as they are: TODO 1 with writer/);
    await offers(['Leave Everything Stopped', 'Carry On']);
    await quickInput.pick('Carry On');
    await workbench.statusItem(/TODO 1 with writer is not acknowledged yet/).waitFor();
    await until(
      () => rows('Inbox'),
      (found) => found.length === 0,
    );
  });

  it('T2: stop ends what was launched, and its task stands as ended until it is relaunched', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Stop: End What Was Launched');
    await quickInput.waitFor('Everything stops, what was launched is ended');
    assert.match(await quickInput.input.inputValue(), /^Stop\. Change nothing more/);
    await quickInput.accept();
    await quickInput.waitFor(/Stops everything, 1 live task among it, and ends what was launched/);
    await offers(['Say Nothing', 'Stop and End Everything']);
    await quickInput.pick('Stop and End Everything');
    await shows('Inbox', /^TODO 1 with writer ended without a result$/);
    await workbench.runCommand('Lockkeeper: Carry On');
    await quickInput.pick('Carry On');
    await workbench.statusItem(/TODO 1 with writer ended without a result/).waitFor();
    await workbench.clearNotifications();
  });

  it('T5: refuse with the way out as a button', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Plan a Step');
    await quickInput.answer('What is this step for?', 'More words');
    await quickInput.pick('docs');
    await writePacket('Step More words');
    await workbench.runCommand('Lockkeeper: Release the Next Step');
    await workbench.answerNotification(/The gate is shut before step 2/, 'Withdraw It');
    await quickInput.answer('Why is it withdrawn?', 'A word first.');
    await shows('TODO', /^TODO 1: Say in README.md how to test$/);
  });

  it('T5: override only through a modal that names each thing, and whose first button is a no', async () => {
    const { quickInput } = workbench;
    const asks = async (): Promise<void> => {
      await workbench.runCommand('Lockkeeper: Override the Gate');
      await quickInput.answer('Why may these things wait?', 'The words can wait.');
      await workbench.dialog(/Release step 2 .* past what is still open\?/).waitFor();
    };
    await asks();
    const dialog = workbench.dialog();
    const text = await dialog.innerText();
    assert.match(text, /TODO 1 \(“Say in README.md how to test”\) is not done\./);
    assert.match(text, /Your reason: The words can wait\./);
    await workbench.page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await says(/^Gate shut by 1/);
    await asks();
    await workbench.answerDialog('', 'Override the Gate');
    await shows('TODO', /^Deferred$/);
    await shows('TODO', /^TODO 2: /);
  });

  /** The packets that are being written, as they stand on the disk. */
  async function packets(): Promise<string[]> {
    const entries = await readdir(join(server.userData, 'User/workspaceStorage'), {
      recursive: true,
      withFileTypes: true,
    });
    const found = entries.filter((entry) => entry.isFile() && entry.parentPath.endsWith('packets'));
    return Promise.all(found.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
  }

  it('keep a half-written packet over a reload', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Add a TODO');
    await quickInput.pick('docs');
    await workbench.editorTab('New TODO').waitFor();
    // Before that the document is still being opened, and takes no text.
    await workbench.statusItem(/Ln 4, Col 7/).waitFor();
    await workbench.page.locator('.monaco-editor.focused').waitFor();
    await workbench.page.keyboard.insertText('Say who wrote it');
    await workbench.page
      .locator('.view-line')
      .filter({ hasText: /TASK:.Say.who.wrote.it/ })
      .waitFor();
    await workbench.page.keyboard.press('Control+S');
    // The tab is no witness: where files save themselves soon it shows no mark, and a reload forgets what is on its way.
    await until(packets, (texts) => texts.some((text) => text.includes('TASK: Say who wrote it')));
    await workbench.reload();
    const line = workbench.page.locator('.view-line').filter({ hasText: /TASK:.Say.who.wrote.it/ });
    await line.waitFor();
  });

  it('P7: ask for the whole workspace where a packet is written, and keep what was written without a yes', async () => {
    const { quickInput } = workbench;
    const whole = task.replace('SCOPE: README.md', 'SCOPE: **').replace('how to test', 'how to build');
    // The document is still open: that it was asked for again shows where the cursor is put.
    await workbench.page.locator('.monaco-editor .view-lines').first().click();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.statusItem(/Ln 1, Col 1/).waitFor();
    await workbench.runCommand('Lockkeeper: Add a TODO');
    await quickInput.pick('docs');
    await workbench.statusItem(/Ln 4, Col/).waitFor();
    await workbench.replaceText('New TODO', whole);
    const asks = /Give “Say in README\.md how to build” the whole workspace\?/;
    await workbench.editorAction('Use This Packet (Ctrl+Enter)');
    await workbench.answerDialog(asks, 'Keep Its Scope');
    await workbench.editorTab('New TODO').waitFor();
    await workbench.editorAction('Use This Packet (Ctrl+Enter)');
    await workbench.answerDialog(asks, 'Give the Whole Workspace');
    await workbench.editorTab('New TODO').waitFor({ state: 'detached' });
    await shows('TODO', /^TODO 3: Say in README.md how to build$/);
  });

  it('T7: take up a checklist that is there already; what is not understood is settled by a quick fix', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Start from a Plan or Checklist');
    await quickInput.pick(/A File of the Workspace/);
    await quickInput.pick('plan.md');
    await workbench.editorTab('Replan from plan').waitFor();
    await workbench.page.locator('.monaco-editor .squiggly-warning').first().waitFor();
    await workbench.editorAction('Use This Packet (Ctrl+Enter)');
    await workbench.notified(/Nobody has said yet what this line is/);
    await workbench.clearNotifications();
    await workbench.runCommand('View: Focus Active Editor Group');
    await workbench.page.locator('.monaco-editor.focused').waitFor();
    const fix = workbench.page.locator('.action-widget').getByText('Take It Out');
    const asked = async (): Promise<boolean> => {
      await workbench.page.keyboard.press('Control+.');
      return fix.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    };
    await until(asked, Boolean);
    await fix.click();
    await workbench.page.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
    await workbench.editorAction('Use This Packet (Ctrl+Enter)');
    // It closes when it was taken. What it brought stands below the list, out of sight.
    await workbench.editorTab('Replan from plan').waitFor({ state: 'detached' });
  });
});

describe('the surfaces where nothing can be kept', () => {
  it('offer to open a folder where there is none, and only look in one that is not trusted', async () => {
    const folder = await temporaryFolder('folder');
    const server = await startServer({ ...unpacked(), trust: true });
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const nowhere = await Workbench.open(server, page);
      await nowhere.openContainer();
      const words = nowhere.tree('TODO').welcome();
      await words.getByRole('button', { name: 'Open Folder' }).waitFor();
      assert.match(await words.innerText(), /Lockkeeper keeps its records with a folder/);
      const workbench = await Workbench.open(server, page, folder);
      await workbench.openContainer();
      const welcome = workbench.tree('TODO').welcome();
      await welcome.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    } finally {
      await browser.close();
      await server.stop();
      await removeFolder(folder);
    }
  });
});
