import assert from 'node:assert/strict';
import { rowsOf } from '../../src/journal/orphans.ts';
import { openBrowser } from '../rig/browser.ts';
import { mark } from '../rig/long.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { journalsOf } from './journal.ts';
import { Story } from './story.ts';
import { oneAfterTheOther } from './failures.ts';

/** DONE-WHENs of the first TODO. */
const lines = [1, 2, 3];

describe(`the main job in two windows on one folder${mark}`, function () {
  oneAfterTheOther(this);
  this.timeout(120_000);
  let story: Story;
  let left: Workbench;
  let right: Workbench;

  before(async () => {
    story = await Story.open();
    left = story.workbench;
    right = await opened();
    await right.statusItem(/Start an orchestration/).waitFor();
  });

  after(async () => {
    await story?.close();
  });

  const opened = async (): Promise<Workbench> => {
    const window = await Workbench.open(story.server, await story.browser.newPage(), story.folder);
    await window.openContainer();
    return window;
  };

  const at = (window: Workbench): Story => {
    story.workbench = window;
    return story;
  };

  /** What each window was told of this. */
  const heard = async (text: RegExp): Promise<string[][]> => {
    const all = await Promise.all([left, right].map((window) => window.notifications()));
    return all.map((said) => said.filter((one) => text.test(one)));
  };

  /** Waits until one of the windows is told, and holds that it was told once. */
  const onlyOneHears = async (text: RegExp): Promise<void> => {
    const told = await until(
      () => heard(text),
      (each) => each.flat().length > 0,
    );
    assert.equal(told.flat().length, 1, JSON.stringify(told));
  };

  /** What a window shows of the state. Ages move on in each by itself. */
  const shown = async (window: Workbench): Promise<string> => {
    const [todo, inbox] = [window.tree('TODO'), window.tree('Inbox')];
    const bar = await window.ownStatus();
    const parts = [
      await todo.items(),
      await todo.message(),
      await inbox.items(),
      await window.activityBadge(),
    ];
    return JSON.stringify([...parts, bar], undefined, 1).replaceAll(/just now|\d+ (min|h)\b/g, 'AGE');
  };

  const areAlike = async (): Promise<void> => {
    await until(
      () => Promise.all([shown(left), shown(right)]),
      ([one, other]) => one === other,
    );
  };

  /** Everything up to the last key of an approval. */
  const aboutToApprove = async (window: Workbench, result: number): Promise<void> => {
    await window.tree('Inbox').click(new RegExp(`Result ${result}:`));
    await window.editorTab(new RegExp(`Result ${result}`)).waitFor();
    await window.editorAction('Approve a Result');
    for (const line of lines) {
      await window.quickInput.waitFor(new RegExp(`^DONE-WHEN ${line}: `));
      await window.quickInput.type('seen in the result');
      await window.quickInput.accept();
    }
    await window.quickInput.waitFor(/^The first line of the commit/);
  };

  const times = async (type: string): Promise<number> =>
    (await story.events()).filter((event) => event.startsWith(`${type} `)).length;

  it('a second window on the folder: what one begins shows in both, and one of them tells of the question', async () => {
    await at(left).rehearse();
    await at(left).questionShows();
    await at(right).questionShows();
    await areAlike();
    await onlyOneHears(/asks and waits/);
  });

  it('the question is answered in one while the other has it open, half answered', async () => {
    await at(left).openQuestion();
    await at(left).writeHalfAnAnswer();
    await at(right).openQuestion();
    const text = (window: Workbench): Promise<string> =>
      window.webview().getByRole('group').or(window.webview().locator('body')).first().innerText();
    assert.match(await text(left), /What is fillTime to do/);
    await at(right).writeHalfAnAnswer();
    await at(right).sendAnswer();
    await left
      .webview()
      .getByText(/Question 1 is no longer open/)
      .waitFor();
    assert.equal(await left.webview().getByRole('button', { name: 'Send Answer' }).count(), 0);
    await at(left).resultShows(1);
    await at(right).resultShows(1);
    await areAlike();
    // One event is one message, in one of the windows.
    await onlyOneHears(/asks and waits/);
  });

  it('both approve one result at one moment: one verdict, and the other is told', async () => {
    for (const window of [left, right]) await window.clearNotifications();
    for (const window of [left, right]) await aboutToApprove(window, 1);
    await Promise.all([left.quickInput.accept(), right.quickInput.accept()]);
    await onlyOneHears(/Result 1 does not wait for a verdict/);
    assert.equal(await times('approved'), 1);
    await areAlike();
  });

  it('one reconciles; both dispatch at one moment: one dispatch, and the other is told', async () => {
    await at(left).gateIsShut();
    await at(right).reconcile();
    await areAlike();
    for (const window of [left, right]) {
      await window.clearNotifications();
      await window.page.keyboard.press('F1');
      await window.quickInput.type('>Lockkeeper: Dispatch the Next TODO');
      await window.quickInput.row('Lockkeeper: Dispatch the Next TODO').waitFor();
    }
    await Promise.all([left.quickInput.accept(), right.quickInput.accept()]);
    await onlyOneHears(/is live; one thing is live at a time|Nothing waits/);
    assert.equal(await times('dispatched'), 2);
    await at(left).resultShows(2);
  });

  it('a browser closed without leaving its pages costs nothing: the next windows go on', async () => {
    await story.browser.kill();
    story.browser = await openBrowser();
    [left, right] = [await opened(), await opened()];
    await at(left).resultShows(2);
    await areAlike();
    assert.equal((await journalsOf(story.server.userData)).length, 1);
    await at(left).approve(2);
  });

  it('one releases, the other dispatches; one approves, the other closes', async () => {
    await at(right).release();
    await areAlike();
    await at(left).dispatchNext(3);
    await at(right).resultShows(3);
    await at(right).approve(3);
    await areAlike();
    await at(left).closeOrchestration(1);
    await areAlike();
  });

  it('the same journal opened by two windows during the story ends in one history, without a fork', async () => {
    const [file = '', ...others] = await journalsOf(story.server.userData);
    assert.deepEqual(others, []);
    // Verified from the first event to the last: a fork would break the chain.
    assert.equal((await rowsOf(file))?.length, (await story.events()).length);
    const types = [
      'orchestration-started',
      'dispatched',
      'answered',
      'resulted',
      'approved',
      'step-released',
    ];
    assert.deepEqual(await Promise.all(types.map(times)), [1, 3, 1, 3, 3, 2]);
    const { tests, status, log } = await story.repository();
    assert.match(tests, /fail 0/);
    assert.equal(status, '', 'what was approved is committed');
    assert.deepEqual(
      log.slice(0, -1).map(([todo]) => todo),
      ['3', '2', '1'],
    );
  });
});
