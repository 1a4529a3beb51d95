import assert from 'node:assert/strict';
import { type Moment, Story } from './story.ts';

/** What the journal holds after the undisturbed story. */
let undisturbed: readonly string[] = [];

describe('the main job, through the window', () => {
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
        'step-released',
        'todo-added',
        'dispatched',
        'asked',
        'answered',
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
        'orchestration-closed',
      ],
    );
  });

  it('leaves the repository with its tests green and the three changes in it', async () => {
    const { tests, readme, changelog, status, log } = await story.repository();
    assert.match(tests, /fail 0/);
    assert.match(readme, /negative depth/);
    assert.match(changelog, /## 0\.2\.0/);
    assert.equal(status, '', 'what was approved is committed');
    assert.deepEqual(await story.worktrees(), [], 'and what it was made in is gone');
    const ours = log.slice(0, -1);
    assert.deepEqual(
      ours.map(([todo]) => todo),
      ['3', '2', '1'],
      'each by itself, with its trailers',
    );
    assert.deepEqual(ours.flatMap(([, ...files]) => files).toSorted(), [
      'CHANGELOG.md',
      'README.md',
      'src/fillTime.js',
      'test/fillTime.test.js',
    ]);
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

describe('the main job, its extension host killed', () => {
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
