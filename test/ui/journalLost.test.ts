import { rm } from 'node:fs/promises';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { journalsOf } from './journal.ts';
import { Story } from './story.ts';

describe('a journal that is behind what was acknowledged', () => {
  let story: Story;

  before(async () => {
    story = await Story.open();
  });

  after(async () => {
    await story?.close();
  });

  it('takes nothing until the person accepts it as it is, and then goes on', async () => {
    const { workbench, server } = story;
    const { quickInput, page } = workbench;
    await story.run('Start an Orchestration');
    await quickInput.answer('Objective', 'A journal that is lost');
    await quickInput.answer('Constraints', '');
    await quickInput.pick('Orchestrator-first');
    await quickInput.pick('Start the Orchestration');
    await story.recorded('orchestration-started');
    await page.goto('about:blank');
    await until(
      () => server.extensionHosts(),
      (hosts) => hosts.length === 0,
    );
    for (const file of await journalsOf(server.userData))
      for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true });

    story.workbench = await Workbench.open(server, page, story.folder);
    await story.workbench.openContainer();
    await story.workbench.notified(/missing/);
    await story.run('Accept the Journal as It Is');
    await story.workbench.answerDialog(/Go on with the journal/, 'Accept It as It Is');
    await story.workbench.statusItem(/Start an orchestration/).waitFor();
    await story.run('Start an Orchestration');
    await story.workbench.quickInput.waitFor('Objective');
  });
});
