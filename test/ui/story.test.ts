import assert from 'node:assert/strict';
import { Story } from './story.ts';

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
    const types = (await story.events()).map((event) => event.split(' ', 1)[0]);
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
    assert.deepEqual(status.trim().split('\n').map((line) => line.trim()).sort(), [
      'M CHANGELOG.md',
      'M README.md',
      'M src/fillTime.js',
      'M test/fillTime.test.js',
    ]);
  });
});
