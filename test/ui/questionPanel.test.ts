import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { FrameLocator, Locator } from 'playwright-core';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { inLong, mark } from '../rig/long.ts';
import { type Server, startServer } from '../rig/server.ts';
import { type Theme, themes } from '../rig/settings.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import type { benchCommands } from './questionBench.ts';
import { makeBench } from './questionBenchFolder.ts';

const looks = inLong<readonly Theme[]>(Object.keys(themes) as Theme[], ['dark', 'hc-light']);

describe('the question panel', () => {
  let extension: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;
  let view: FrameLocator;
  let base: string;
  const complaints: string[] = [];

  before(async () => {
    extension = await temporaryFolder('bench');
    await makeBench(extension);
    server = await startServer({ linked: [extension], lean: true });
    browser = await openBrowser({ viewport: { width: 1280, height: 1300 } });
    browser.context.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
    base = await temporaryFolder('folder');
    const folder = join(base, 'lock');
    await mkdir(join(folder, 'src'), { recursive: true });
    await writeFile(join(folder, 'src/gate.js'), 'level();\n'.repeat(30));
    await writeFile(join(base, 'secret.txt'), 'not for this window');
    workbench = await Workbench.open(server, await browser.newPage(), folder);
    view = workbench.webview();
  });

  beforeEach(async () => {
    await workbench.statusItem('Bench:').waitFor();
    await run('Start Anew');
    await workbench.page.locator('.editor-group-container.empty').waitFor();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    for (const folder of [extension, base]) await removeFolder(folder);
  });

  const run = async (...titles: (typeof benchCommands)[number][]) => {
    for (const title of titles) await workbench.runCommand(`Bench: ${title}`);
  };
  const tab = (name: RegExp): Locator => view.getByRole('tab', { name });
  const field = (name: string): Locator => view.getByRole('textbox', { name, exact: true });
  const button = (name: string): Locator => view.getByRole('button', { name, exact: true });
  const heading = (name: RegExp): Locator => view.getByRole('heading', { level: 2, name });
  const said = (words: RegExp): Locator => view.getByRole('status').filter({ hasText: words });
  const focused = (locator: Locator): Promise<void> => locator.and(view.locator(':focus')).waitFor();
  const fill = async (words: readonly [rationale: string, constraints: string, nextStep: string]) => {
    await field('Rationale').fill(words[0]);
    await field('Constraints').fill(words[1]);
    await field('Next step').fill(words[2]);
  };

  it('P6: shows every open question with its six fields, oldest blocking first', async () => {
    await run('Ask Softly', 'Ask', 'Ask Badly', 'Open Questions');
    await tab(/rename/).waitFor();
    await focused(heading(/^Which of the two/));
    const tabs = await view.getByRole('tab').allInnerTexts();
    assert.match(tabs[0] ?? '', /^Blocking:\s+Which of the two water levels[^]*Writer · TODO 1 · just now/);
    assert.match(tabs[1] ?? '', /^Blocking:\s+<img[^]*incomplete/);
    assert.match(tabs[2] ?? '', /^Not blocking:\s+May I rename/);
    await heading(/^Which of the two water levels closes the gate\?$/).waitFor();
    await view.getByText('src/gate.js reads both sensors').waitFor();
    await view.getByText('TODO 1: Write the gate of lock 3').waitFor();
    await button('src/gate.js:12').waitFor();
    await view
      .getByRole('radio', { name: 'The lower level: late, which the rule allows Recommended' })
      .waitFor();
    assert.equal(await view.getByRole('radio', { name: 'Recommended' }).count(), 1);
    assert.equal(await view.getByRole('radio', { checked: true }).count(), 0);
    await workbench.shot('question-panel');
  });

  it('P6: marks an incomplete one with its missing fields, and agents’ text stays text', async () => {
    await run('Ask Badly', 'Open Questions');
    await heading(
      /^<img src=x onerror=alert\(1\)> \*\*bold\*\* \[click\]\(command:workbench\.action\.quit\) \\u\{202e\}evil$/,
    ).waitFor();
    await view.getByText('It was sent back once and is still incomplete.').waitFor();
    for (const name of ['CONTEXT', 'FILES', 'OPTIONS', 'RECOMMENDED', 'BLOCKING']) {
      await view.getByRole('listitem').filter({ hasText: name }).first().waitFor();
    }
    await view.getByText('holds characters that cannot be seen').waitFor();
    await view.getByText('javascript:alert(1)').waitFor();
    await view.getByText('perhaps (counts as yes)').waitFor();
    assert.equal(await view.locator('nav, main').locator('img, a, b, iframe, script, [onerror]').count(), 0);
    assert.equal(await button('Send Back…').getAttribute('aria-disabled'), 'true');
    await view.getByText('sent back once by Lockkeeper').waitFor();
    await button('Send Back…').press('Enter');
    assert.equal(await view.getByRole('heading', { name: 'Send back, once' }).count(), 0);
  });

  it('P6: refuses an incomplete answer beside its fields, and takes a whole one by keyboard', async () => {
    await run('Ask', 'Ask Softly', 'Open Questions');
    await button('Send Answer').click();
    for (const name of ['CHOSEN', 'RATIONALE', 'CONSTRAINTS', 'NEXT-STEP']) {
      await view.getByText(`${name} is missing`).waitFor();
    }
    await focused(view.getByRole('radio').first());
    await workbench.page.keyboard.press('ArrowDown');
    await view.getByText('CHOSEN is missing').waitFor({ state: 'hidden' });
    await field('Rationale').fill('The rule allows it.');
    assert.equal(await field('Constraints').getAttribute('aria-invalid'), 'true');
    await button('Constraints: use “none”').press('Enter');
    await workbench.page.keyboard.press('Control+Enter');
    await view.getByText('NEXT-STEP is missing').waitFor();
    await focused(field('Next step'));
    await workbench.page.keyboard.type('Go on with the TASK.');
    await workbench.page.keyboard.press('Escape');
    assert.equal(await field('Next step').inputValue(), 'Go on with the TASK.');
    await field('Next step').press('Control+Enter');
    await said(/^Question 1 is answered\.$/).waitFor();
    await focused(heading(/rename/));
    await workbench.statusItem('The lower level: late, which the rule allows').waitFor();
    await view.getByRole('radio', { name: 'None of these' }).check();
    await fill(['Neither reads well.', 'none', 'Keep both names.']);
    await button('Send Answer').click();
    await view.getByText('CHOSEN is none of the options').waitFor();
    await focused(field('What is to be done instead'));
    await workbench.page.keyboard.type('call it surface');
    await button('Send Answer').click();
    await view.getByRole('heading', { name: 'No open questions' }).waitFor();
    await workbench.statusItem('None of these: call it surface').waitFor();
  });

  it('P6: sends a question back once, with the missing fields and a sentence', async () => {
    await run('Ask', 'Open Questions');
    await field('Rationale').fill('half an answer');
    await button('Send Back…').click();
    await focused(view.getByRole('checkbox', { name: 'Question' }));
    await button('Send Back').click();
    await view.getByRole('alert').filter({ hasText: 'names no missing field' }).waitFor();
    await view.getByRole('checkbox', { name: 'Context' }).check();
    await field('What is missing, in a sentence').fill('Which sensor is newer?');
    await field('What is missing, in a sentence').press('Control+Enter');
    await said(/went back, once/).waitFor();
    await view.getByText('Question 1, to Writer').waitFor();
    await workbench.statusItem('Which sensor is newer?').waitFor();
    await run('Ask');
    await heading(/^Which of the two/).waitFor();
    assert.equal(await field('Rationale').inputValue(), 'half an answer');
    await view.getByText('sent back once by the orchestrator').waitFor();
  });

  it('opens a file at its line, and nothing outside the workspace', async () => {
    await run('Ask', 'Open Questions');
    await button('src/gate.js:12').click();
    await workbench.editorTab(/gate\.js/).waitFor();
    await workbench.statusItem('Ln 12, Col 1').waitFor();
    await button('../secret.txt').click();
    await said(/does not name a file of this workspace/).waitFor();
    assert.equal(await workbench.editorTab(/secret/).count(), 0);
  });

  it('keeps a half-written answer while others arrive, hidden, closed and when the host dies', async () => {
    await run('Ask', 'Open Questions');
    await view.getByRole('radio', { name: 'Both' }).check();
    const write = (words: string) => field('Rationale').fill(words);
    const holds = async (words: string) => {
      await until(
        () => field('Rationale').inputValue(),
        (value) => value === words,
      );
      assert.equal(await view.getByRole('radio', { name: 'Both' }).isChecked(), true);
    };
    await write('one');
    await run('Ask Softly');
    await said(/New question from Writer: May I rename/).waitFor();
    await holds('one');
    await write('two');
    await workbench.openUntitled();
    await run('Open Newest');
    await heading(/rename/).waitFor();
    await tab(/Which of the two/).click();
    await holds('two');
    await write('three');
    await workbench.runCommand('View: Close Editor');
    await workbench.editorTab('Questions').waitFor({ state: 'detached' });
    await run('Open Questions');
    await tab(/Which of the two/).click();
    await holds('three');
    const old = await workbench.page.locator('iframe.webview.ready').getAttribute('name');
    await server.killExtensionHosts();
    await write('four');
    await workbench.page.locator(`iframe.webview.ready:not([name="${old}"])`).waitFor();
    await holds('four');
    assert.equal(await workbench.editorTab('Questions').count(), 1);
    await fill(['five', 'none', 'Go on.']);
    await button('Send Answer').click();
    await said(/^Question 1 is answered\.$/).waitFor();
  });

  it('goes from question to question with the arrow keys', async () => {
    await run('Ask', 'Ask Softly', 'Open Questions');
    await tab(/Which of the two/).press('ArrowDown');
    await heading(/rename/).waitFor();
    await focused(tab(/rename/));
    await workbench.page.keyboard.press('Home');
    await heading(/Which of the two/).waitFor();
    await workbench.page.keyboard.press('Tab');
    await focused(button('src/gate.js:12'));
  });

  it(`holds nothing that axe finds, in ${looks.length} themes${mark}`, async () => {
    await run('Ask Softly', 'Ask', 'Ask Badly', 'Open Questions');
    const find = async (where: string) => {
      const frame = await (await view.locator('body').elementHandle())?.ownerFrame();
      assert.ok(frame);
      await frame.evaluate(axe.source);
      const { violations, passes } = await frame.evaluate<{
        violations: { id: string }[];
        passes: unknown[];
      }>('axe.run(document, { resultTypes: ["violations"] })');
      assert.deepEqual(
        violations.map(({ id }) => id),
        [],
        where,
      );
      assert.ok(passes.length > 20, where);
    };
    await focused(heading(/^Which of the two/));
    for (const theme of looks) {
      await workbench.setTheme(theme);
      await tab(/Which of the two/).click();
      await button('Send Answer').click();
      await view.getByText('CHOSEN is missing').waitFor();
      await find(`${theme}: a refused answer`);
      await workbench.shot(`question-panel-refused-${theme}`);
      await tab(/<img/).click();
      await view.getByText('still incomplete').waitFor();
      await find(`${theme}: an incomplete question`);
      await tab(/rename/).click();
      await view.getByRole('radio', { name: 'None of these' }).check();
      await button('Send Back…').click();
      await button('Send Back').click();
      await view.getByText('names no missing field').waitFor();
      await find(`${theme}: a return`);
      await workbench.shot(`question-panel-return-${theme}`);
    }
    assert.deepEqual(complaints, [], 'nothing met the policy of the page');
  });
});
