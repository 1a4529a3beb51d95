import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { FrameLocator, Locator } from 'playwright-core';
import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import { packetOf, longQuestion, makeLongList } from '../bench/longList.ts';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { type DeskBeside, deskBeside, journalPlace } from './desk.ts';
import { unpacked } from './installed.ts';
import { journalOf } from './journal.ts';

const user: Actor = { seat: 'user' };
const asker: Actor = { seat: 'worker', worker: 1 };

describe('a list of 10,000 TODOs, 200 workers and 500 open questions', function () {
  this.timeout(120_000);
  let folder: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;
  let elsewhere: DeskBeside;

  before(async () => {
    folder = await temporaryFolder('folder');
    server = await startServer(unpacked());
    browser = await openBrowser({ viewport: { width: 1280, height: 1000 } });
    workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer();
    const place = await journalPlace(server.userData);
    await makeLongList(place);
    elsewhere = await deskBeside(place);
    await workbench
      .tree('TODO')
      .row(/^TODO 2:/)
      .waitFor();
    // The questions are what was written last.
    await until(
      () => workbench.activityBadge(),
      (badge) => /^50\d$/.test(badge),
    );
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    elsewhere?.close();
    await removeFolder(folder);
  });

  const does = (actor: Actor, act: Act): Promise<void> => elsewhere.does(actor, act);
  const row = (label: RegExp, view = 'TODO'): Locator => workbench.tree(view).row(label);
  const press = (key: string) => workbench.page.keyboard.press(key);
  const focused = (label: RegExp): Promise<void> =>
    row(label).and(workbench.page.locator('.focused')).waitFor();
  const chosen = (label: RegExp): Promise<void> =>
    row(label).and(workbench.page.locator('[aria-selected="true"]')).waitFor();
  const moves = async (): Promise<readonly string[]> =>
    (await journalOf(server.userData)).filter((line) => line.startsWith('todo-moved'));
  /** What is chosen, or begun to be dragged, while the rows are drawn anew is chosen among the old ones. */
  const drawn = async (order: string): Promise<void> => {
    const shown = async () =>
      (await workbench.tree('TODO').items()).map(({ label }) => /^TODO (\d+): /.exec(label)?.[1]);
    await until(shown, (numbers) => numbers.join().includes(order));
  };
  const events = (): Promise<readonly string[]> => journalOf(server.userData);

  it('is drawn a page at a time, and says where the find of the tree does not look', async () => {
    // The badge is drawn at once, the rows a moment later.
    const items = await until(
      () => workbench.tree('TODO').items(),
      ([first, , third]) => first?.label === 'In progress' && /^over 9900/.test(third?.description ?? ''),
    );
    assert.deepEqual(
      items.slice(0, 5).map(({ label, description }) => [label.split(':', 1)[0], description.slice(0, 40)]),
      [
        ['In progress', '1'],
        ['TODO 1', packetOf(1).task.slice(0, 40)],
        ['Next', 'over 9900, Find a TODO looks into all'],
        ['TODO 2 … TODO 201', '200'],
        ['TODO 2', 'next, docs'],
      ],
    );
    assert.ok(items.length < 80, 'what is out of sight is not in the page');
    await workbench.tree('TODO').click(/^TODO 2:/);
    await press('End');
    await row(/^TODO 9802 … TODO 10000$/).waitFor();
    await workbench.shot('long-list-end');
    await row(/^code 1$/, 'Workers').waitFor();
    await row(/^Question 3 … Question \d+$/, 'Inbox').waitFor();
    for (const view of ['Workers', 'Inbox']) await workbench.tree(view).collapseView();
  });

  it('keeps what is opened, chosen, focused and in sight when one row changes elsewhere', async () => {
    await workbench.tree('TODO').click(/^TODO 9802 … TODO 10000$/);
    // Its rows come when they are asked for; then this key goes to the first of them.
    await until(async () => {
      await press('ArrowRight');
      return row(/^TODO 9802:/).isVisible();
    }, Boolean);
    for (let n = 0; n < 3; n += 1) await press('ArrowDown');
    await focused(/^TODO 9805:/);
    await workbench.tree('TODO').click(/^TODO 9804:/);
    await focused(/^TODO 9804:/);
    const place = (): Promise<number | undefined> =>
      row(/^TODO 9804:/)
        .boundingBox()
        .then((box) => box?.y);
    const before = await place();
    const packet = { ...packetOf(9803), task: 'Grease the hinges of lock 9803 in src/lock9803.js' };
    await does(user, { type: 'edit-todo', todo: 9803, packet, role: 'tests' });
    await row(/^TODO 9803: Grease the hinges/).waitFor();
    await does(user, { type: 'move-todo', todo: 9803, before: 3, reason: 'It squeaks.' });
    await row(/^TODO 9803: Grease the hinges/).waitFor({ state: 'detached' });
    await does(user, { type: 'add-todo', role: 'code', packet: packetOf(10_001) });
    await row(/^TODO 9802 … TODO 10001$/).waitFor();
    await focused(/^TODO 9804:/);
    await row(/^TODO 9804:/)
      .and(workbench.page.locator('.selected'))
      .waitFor();
    const after = await place();
    assert.ok(before !== undefined && after !== undefined && before - after <= 30, `${before} ${after}`);
  });

  it('finds any TODO by its words, and shows it in its page; the find of the tree finds what is open', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Lockkeeper: Find a TODO');
    await quickInput.waitFor(/^Number, words, role or standing/);
    await press('ArrowUp');
    await quickInput.row('9901 more: type words to find them').waitFor();
    await quickInput.type('ladder 734 WAITING');
    await quickInput.row('TODO 7344').waitFor();
    await workbench.shot('long-list-find');
    await quickInput.type('lock 7342');
    await quickInput.row('TODO 7342').waitFor();
    await until(
      () => quickInput.box.locator('.quick-input-list .monaco-list-row').count(),
      (count) => count === 1,
    );
    await quickInput.accept();
    await focused(/^TODO 7342: /);
    await press('F3');
    const find = workbench.page.locator('.monaco-tree-type-filter').locator('input, textarea').first();
    await find.and(workbench.page.locator(':focus')).waitFor();
    await workbench.page.keyboard.insertText('lock 7350');
    await press('Enter');
    await row(/^TODO 7350: /).waitFor();
    await workbench.shot('long-list-tree-find');
    await press('Escape');
    await find.waitFor({ state: 'hidden' });
  });

  it('T6: moves TODOs by drag and drop, with a reason that Enter takes and Escape does not', async () => {
    const { quickInput } = workbench;
    await row(/^TODO 7342: /).waitFor();
    const known = (await moves()).length;
    await row(/^TODO 7344: /).dragTo(row(/^TODO 7342: /));
    await quickInput.waitFor(/^To move TODO 7344 before TODO 7342/);
    await workbench.shot('long-list-drop');
    await quickInput.dismiss();
    assert.equal((await moves()).length, known);
    await row(/^TODO 7344: /).dragTo(row(/^TODO 7342: /));
    await quickInput.waitFor(/^To move TODO 7344 before TODO 7342/);
    await quickInput.accept();
    await until(moves, (lines) => lines.length === known + 1);
    assert.match((await moves()).at(-1) ?? '', /"todo":7344,"reason":"Put there by hand.","before":7342/);
    await drawn('7344,7342,');
    await row(/^TODO 7345: /).click();
    await chosen(/^TODO 7345: /);
    await row(/^TODO 7346: /).click({ modifiers: ['Control'] });
    await chosen(/^TODO 7346: /);
    await row(/^TODO 7346: /).dragTo(row(/^TODO 7343: /));
    await quickInput.waitFor(/^To move TODOs 7345, 7346 before TODO 7343/);
    await quickInput.answer(/before TODO 7343/, 'They are near.');
    await until(moves, (lines) => lines.length === known + 3);
    await drawn('7341,7344,7342,7345,7346,7343,7347,');
    await until(
      () => elsewhere.state.list.join(),
      (list) => list.includes(',7341,7344,7342,7345,7346,7343,7347,'),
    );
  });

  it('T6: says why what is live, a group or a step is not moved, and moves by keyboard alike', async () => {
    const { quickInput } = workbench;
    await row(/^TODO 7347: /).click();
    await press('Home');
    await row(/^In progress$/).waitFor();
    await row(/^TODO 1: /).dragTo(row(/^TODO 4: /));
    await workbench.notified(/TODO 1 .* is live\. Change it in a replan/);
    await row(/^Next$/).dragTo(row(/^TODO 4: /));
    await workbench.notified(/“Next” is no TODO/);
    await row(/^TODO 4: /).dragTo(row(/^Next$/));
    await workbench.notified(/Nothing was moved: “Next” is no TODO/);
    await workbench.clearNotifications();
    const known = (await moves()).length;
    await row(/^TODO 4: /).click();
    await press('Alt+ArrowDown');
    await quickInput.answer('Why does TODO 4 go down?', 'It can wait.');
    await until(moves, (lines) => lines.length === known + 1);
    assert.match((await moves()).at(-1) ?? '', /"todo":4,"reason":"It can wait.","before":6/);
  });

  describe('in the question panel', () => {
    let view: FrameLocator;
    const tab = (name: RegExp): Locator => view.getByRole('tab', { name });
    const heading = (name: RegExp): Locator => view.getByRole('heading', { level: 2, name });
    const said = (words: RegExp): Promise<void> =>
      view.getByRole('status').filter({ hasText: words }).waitFor();
    const at = (locator: Locator): Promise<void> => locator.and(view.locator(':focus')).waitFor();
    const rationale = (): Locator => view.getByRole('textbox', { name: 'Rationale', exact: true });
    const filter = (): Locator => view.getByRole('searchbox', { name: 'Filter the questions' });
    const isWritten = (words: string): Promise<string> =>
      until(
        () => rationale().inputValue(),
        (value) => value === words,
      );
    const harmless = async (where: string): Promise<void> => {
      const frame = await (await view.locator('body').elementHandle())?.ownerFrame();
      assert.ok(frame);
      await frame.evaluate(axe.source);
      const { violations } = await frame.evaluate<{ violations: { id: string }[] }>(
        'axe.run(document, { resultTypes: ["violations"] })',
      );
      assert.deepEqual(
        violations.map(({ id }) => id),
        [],
        where,
      );
    };

    before(async () => {
      view = workbench.webview();
      await workbench.runCommand('Lockkeeper: Answer Questions');
      await heading(/closes lock 3\?/).waitFor();
    });

    it('P6: shows one page of them, and turns it by keyboard and by button', async () => {
      assert.equal(await view.getByRole('tab').count(), 20);
      await view.getByRole('heading', { name: 'Open questions, 500' }).waitFor();
      await view.getByText('Page 1 of 25').waitFor();
      await workbench.shot('question-panel-paged');
      await harmless('the first page');
      await tab(/closes lock 3\?/).press('End');
      await heading(/closes lock 60\?/).waitFor();
      await press('ArrowDown');
      await heading(/closes lock 63\?/).waitFor();
      await at(tab(/closes lock 63\?/));
      await said(/^500 questions\. Page 2 of 25, from question 21\.$/);
      await press('ArrowUp');
      await at(tab(/closes lock 60\?/));
      await press('PageDown');
      await at(tab(/closes lock 63\?/));
      await press('Alt+ArrowUp');
      await at(heading(/closes lock 60\?/));
      await view.getByRole('button', { name: 'Next page' }).click();
      await heading(/closes lock 63\?/).waitFor();
    });

    it('P6: filters them by words', async () => {
      await heading(/closes lock 63\?/).press('/');
      await at(filter());
      await workbench.page.keyboard.type('LOCK 42');
      await said(/^15 of 500 questions hold these words\.$/);
      assert.equal(await view.getByRole('tab').count(), 15);
      await workbench.page.keyboard.type('nothing');
      await heading(/^No question holds these words$/).waitFor();
      await said(/^None of 500 questions holds these words\.$/);
      await harmless('nothing found');
      await press('Escape');
      await said(/^500 questions\. Page/);
      await at(filter());
    });

    it('keeps a half-written answer over a page turn, an arrival, a hide and a reload', async () => {
      await workbench.tree('Inbox').expandView();
      await workbench.tree('Inbox').click(/closes lock 3\?$/);
      await heading(/closes lock 3\?/).waitFor();
      await rationale().fill('one');
      await tab(/closes lock 3\?/).press('PageDown');
      await heading(/closes lock 63\?/).waitFor();
      await isWritten('');
      await press('PageUp');
      await heading(/closes lock 3\?/).waitFor();
      await isWritten('one');
      await rationale().fill('two');
      await does(asker, { type: 'ask', dispatch: 1, epoch: 1, packet: longQuestion(501) });
      await said(/^New blocking question from code 1: Which water level closes lock 501\?$/);
      await isWritten('two');
      await rationale().fill('three');
      await workbench.openUntitled();
      await workbench.editorTab('Questions').click();
      await isWritten('three');
      await rationale().fill('four');
      await workbench.reload();
      await heading(/closes lock 3\?/).waitFor();
      await isWritten('four');
      const level = /^The lower level/;
      await view.getByRole('radio', { name: level }).check();
      await view.getByRole('textbox', { name: 'Constraints', exact: true }).fill('none');
      await view.getByRole('textbox', { name: 'Next step', exact: true }).fill('Go on.');
      await view.getByRole('button', { name: 'Send Answer' }).click();
      await said(/^Question 3 is answered\.$/);
      await at(heading(/closes lock 6\?/));
      await until(events, (lines) => lines.some((line) => line.startsWith('answered ')));
    });
  });
});
