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
    await story.goOn();
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
    const { tests, readme, changelog, status } = await story.repository();
    assert.match(tests, /fail 0/);
    assert.match(readme, /negative depth/);
    assert.match(changelog, /## 0\.2\.0/);
    assert.deepEqual(
      status
        .trim()
        .split('\n')
        .map((line) => line.trim())
        .sort(),
      ['M CHANGELOG.md', 'M README.md', 'M src/fillTime.js', 'M test/fillTime.test.js'],
    );
  });
});

// The workbench brings an extension host back by itself twice in five minutes; after the third kill of a story the
// person reloads the window.
const kills: readonly (readonly Moment[])[] = [
  ['dispatched', 'answer half written', 'before release'],
  ['acknowledged', 'question open', 'result stored'],
];

interface Played {
  readonly events: readonly string[];
  readonly tests: string;
}

async function playKilled(moments: readonly Moment[]): Promise<Played> {
  const story = await Story.open();
  try {
    await story.rehearse();
    await story.goOn(async (moment) => {
      if (!moments.includes(moment)) return;
      const isWriting = moment === 'answer half written';
      if (isWriting) await story.markPanel();
      if (moment === moments.at(-1)) await story.killHostAndReload();
      else await story.killHost();
      if (isWriting) await story.panelIsNew();
    });
    return { events: await story.events(), tests: (await story.repository()).tests };
  } catch (error) {
    await story.workbench.shot(`failed/killed-at-${moments.join('-')}`);
    throw error;
  } finally {
    await story.close();
  }
}

describe('the main job, its extension host killed', () => {
  /** Both at a time: a story mostly waits for a host to come back. */
  const played = new Map<readonly Moment[], Promise<Played>>();

  before(() => {
    for (const moments of kills) {
      const one = playKilled(moments);
      one.catch(() => undefined);
      played.set(moments, one);
    }
  });

  after(async () => {
    await Promise.allSettled(played.values());
  });

  for (const moments of kills) {
    it(`at: ${moments.join(', ')}: goes on each time, with nothing lost and nothing twice`, async function () {
      this.timeout(300_000);
      const { events, tests } = (await played.get(moments)) ?? { events: [], tests: '' };
      assert.deepEqual(events, undisturbed);
      assert.match(tests, /fail 0/);
    });
  }
});
