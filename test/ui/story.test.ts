import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { describeLong, mark } from '../rig/long.ts';
import { until } from '../rig/until.ts';
import { type Moment, Story } from './story.ts';

/** What the journal holds after the undisturbed story. */
let undisturbed: readonly string[] = [];

describe(`the main job, through the window${mark}`, function () {
  this.timeout(180_000);
  let story: Story;

  before(async () => {
    story = await Story.open();
  });

  after(async () => {
    await story?.close();
  });

  it('T5: is played from the first dispatch to the close, and every gate is met', async () => {
    await story.rehearse();
    await story.goOn(async (moment) => {
      if (moment === 'question open') assert.deepEqual(await story.worktrees(), ['builder-1']);
    });
    undisturbed = await story.events();
    const types = undisturbed.map((event) => event.split(' ', 1)[0]);
    assert.deepEqual(
      types.filter((type) => type !== 'progressed' && type !== 'acknowledged'),
      [
        'orchestration-started',
        'worker-registered',
        'worker-registered',
        'step-added',
        'step-added',
        'step-added',
        'step-released',
        'todo-added',
        'dispatched',
        'asked',
        'instructed',
        'carried-on',
        'answered',
        'answer-heard',
        'resulted',
        'todo-added',
        'approved',
        'todo-reconciled',
        'dispatched',
        'resulted',
        'approved',
        'step-released',
        'todo-added',
        'dispatched',
        'resulted',
        'approved',
        'step-released',
        'todo-added',
        'debug-turned',
        'bug-described',
        'dispatched',
        'resulted',
        'approved',
        'orchestration-closed',
      ],
    );
  });

  it('leaves the repository with its tests green and the four changes in it', async () => {
    const { tests, readme, changelog, status, log } = await story.repository();
    assert.match(tests, /fail 0/);
    assert.match(readme, /negative depth/);
    assert.match(changelog, /## 0\.2\.0/);
    assert.equal(status, '', 'what was approved is committed');
    // What it was made in goes behind the approval.
    await until(
      () => story.worktrees(),
      ({ length }) => length === 0,
    );
    const ours = log.slice(0, -1);
    assert.deepEqual(
      ours.map(([todo]) => todo),
      ['4', '3', '2', '1'],
      'each by itself, with its trailers',
    );
    assert.deepEqual(ours.flatMap(([, ...files]) => files).toSorted(), [
      'CHANGELOG.md',
      'README.md',
      'src/chamberVolume.js',
      'src/fillTime.js',
      'test/chamberVolume.test.js',
      'test/fillTime.test.js',
    ]);
  });

  it('shows it as a timeline: lanes, marks gone through by keys, what one opens, and the same as a table', async () => {
    const { workbench } = story;
    await story.run('Show the Timeline');
    await workbench.editorTab(/^Timeline/).waitFor();
    const view = workbench.webview('Timeline');
    const names = view.locator('.view .name');
    await until(
      () => names.count(),
      (count) => count === 3,
    );
    const said = (words: RegExp): Promise<unknown> =>
      view.getByRole('status').filter({ hasText: words }).waitFor();
    assert.match((await names.allTextContents()).join(' '), /Orchestration .*builder .*writer$/);
    await view.locator('.view .span.shut').first().waitFor();
    const { keyboard } = workbench.page;
    await said(/^Orchestration started, /);
    await keyboard.press('ArrowDown');
    await keyboard.press('Home');
    await said(/^Dispatch, .*, builder: TODO 1: /);
    await view.getByRole('region').getByText('NOT-YOUR-JOB').waitFor();
    await keyboard.press('ArrowRight');
    await said(/^Question, .*What is fillTime to do/);
    await keyboard.press('+');
    await keyboard.press('ArrowRight');
    await said(/^Answer, /);
    const frame = await (await view.locator('body').elementHandle())?.ownerFrame();
    assert.ok(frame);
    await view.getByText('All events as a table').click();
    await view.getByRole('row').filter({ hasText: 'Orchestration closed' }).waitFor();
    await frame.evaluate(axe.source);
    const { violations } = await frame.evaluate<{ violations: { id: string }[] }>(
      'axe.run(document, { resultTypes: ["violations"] })',
    );
    assert.deepEqual(
      violations.map(({ id }) => id),
      [],
    );
    await view.getByRole('application').focus();
    await keyboard.press('ArrowRight');
    await said(/^Result, .*Result 1: /);
    await keyboard.press('Enter');
    await workbench.editorTab(/Result 1/).waitFor();
    // The same with the pointer: it tells what it passes, and opens what it presses.
    const tab = workbench.editorTab(/^Timeline/);
    await tab.click();
    await view.locator('.view .mark').first().waitFor();
    const alone = view.locator('.view .mark[data-count="1"]');
    await until(
      async () => {
        if ((await alone.count()) === 0) await view.getByRole('button', { name: 'Zoom In' }).click();
        return alone.count();
      },
      (count) => count > 0,
    );
    await alone.last().hover();
    await said(/^[A-Z].*, .*: /);
    await alone.last().click();
    await until(
      () => tab.getAttribute('aria-selected'),
      (isSelected) => isSelected === 'false',
    );
  });

  it('saves the handoff, and its timeline as a picture beside it', async () => {
    const { quickInput } = story.workbench;
    await story.run('Save the Handoff');
    await until(
      () => quickInput.input.inputValue().catch(() => ''),
      (path) => path.endsWith('.md'),
    );
    await quickInput.accept();
    await quickInput.pick('And the Timeline, as TIMELINE-1.svg');
    const read = (name: string): Promise<string> =>
      readFile(join(story.folder, name), 'utf8').catch(() => '');
    const svg = await until(
      () => read('TIMELINE-1.svg'),
      (text) => text.endsWith('</svg>\n'),
    );
    assert.match(svg, /Debug mode: TODO 4: node --input-type=module/);
    const names = await readdir(story.folder);
    const handoff = names.find((name) => name !== 'README.md' && /handoff.*\.md$/i.test(name)) ?? '';
    assert.match(await read(handoff), /chamberVolume/);
  });
});

// The workbench brings an extension host back by itself twice in five minutes; after the third kill the person reloads
// the window, and it counts anew.
const kills: readonly Moment[] = [
  'dispatched',
  'acknowledged',
  'question open',
  'answer half written',
  'result stored',
  'before release',
];
const withReload: readonly Moment[] = ['question open', 'before release'];

describeLong(`the main job, its extension host killed${mark}`, () => {
  let story: Story;

  before(async () => {
    story = await Story.open();
  });

  after(async () => {
    await story?.close();
  });

  it(`at: ${kills.join(', ')}: goes on each time, with nothing lost and nothing twice`, async function () {
    this.timeout(300_000);
    const killed: Moment[] = [];
    await story.rehearse();
    await story.goOn(async (moment) => {
      const isWriting = moment === 'answer half written';
      if (isWriting) await story.markPanel();
      if (withReload.includes(moment)) await story.killHostAndReload();
      else await story.killHost();
      if (isWriting) await story.panelIsNew();
      killed.push(moment);
    });
    assert.deepEqual(killed, kills);
    assert.deepEqual(await story.events(), undisturbed);
    assert.match((await story.repository()).tests, /fail 0/);
  });
});
