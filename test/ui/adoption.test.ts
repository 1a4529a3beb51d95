import assert from 'node:assert/strict';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mark } from '../rig/long.ts';
import { descendants, signal } from '../rig/processes.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { Story } from './story.ts';
import { oneAfterTheOther } from './failures.ts';

describe(`a folder that was renamed while it was closed${mark}`, function () {
  oneAfterTheOther(this);
  let story: Story;

  before(async () => {
    story = await Story.open();
  });

  after(async () => {
    await story?.close();
  });

  /** Leaves the window as a person does who ends for the day: its terminals end with it. */
  const leave = async (): Promise<void> => {
    const { server, workbench } = story;
    await workbench.page.goto('about:blank');
    await server.endExtensionHosts();
    for (const { pid, command } of descendants(server.pid))
      if (command.includes('rehearsal.js')) signal(pid, 'SIGTERM');
    await until(
      () => descendants(server.pid).filter(({ command }) => /extensionHost|rehearsal\.js/.test(command)),
      (left) => left.length === 0,
    );
  };

  const open = async (folder: string): Promise<void> => {
    story.workbench = await Workbench.open(story.server, story.workbench.page, folder);
    await story.workbench.openContainer();
    await story.todo.welcome().getByRole('button', { name: 'Start an Orchestration' }).waitFor();
  };

  it('folder renamed while closed: offers to adopt the orphaned journal, and says what it holds', async () => {
    await story.rehearse();
    await story.questionShows();
    await story.openQuestion();
    await story.writeHalfAnAnswer();
    await story.sendAnswer();
    await story.resultShows(1);
    await story.approve(1);
    await leave();
    const renamed = join(dirname(story.folder), 'renamed');
    await rename(story.folder, renamed);
    await open(renamed);
    const { workbench } = story;
    const offer = await workbench.notified(new RegExp(`${story.folder} under another name`));
    assert.match(await offer.innerText(), /1 TODO on the list, open, last act/);
    story.folder = renamed;
    await workbench.tree('TODO').welcome().getByRole('button', { name: 'Adopt a Journal' }).waitFor();
  });

  it('is adopted by the person’s word alone, and the window shows it without a reload', async () => {
    const { workbench } = story;
    await workbench.answerNotification(/under another name/, 'Adopt It…');
    await workbench.answerDialog(/Adopt the journal of/, 'Leave It There');
    // Asked again after a reload, until it was said that it is not this one; then it waits where it can be found.
    await workbench.reload();
    await workbench.answerNotification(/under another name/, 'Not This One');
    // Asked behind it, and so answered when it is written down.
    await story.run('Adopt a Journal');
    await workbench.quickInput.row(/^canal-lock 0.2.0/).waitFor();
    await workbench.quickInput.dismiss();
    await workbench.reload();
    await workbench.openContainer();
    await workbench.tree('TODO').welcome().getByRole('button', { name: 'Adopt a Journal' }).waitFor();
    assert.deepEqual(
      (await workbench.notifications()).filter((text) => text.includes('under another name')),
      [],
    );
    await workbench.tree('TODO').welcome().getByRole('button', { name: 'Adopt a Journal' }).click();
    await workbench.quickInput.pick(/^canal-lock 0.2.0/);
    await workbench.answerDialog(/Adopt the journal of/, 'Adopt the Journal');
    await workbench.statusItem(/[Rr]econcile/).waitFor();
    await workbench
      .tree('Inbox')
      .row(/Reconcile/)
      .waitFor();
  });

  it('the story goes on where it was, its workers with the tokens they had', async () => {
    await story.workbench.clearNotifications();
    await story.gateIsShut();
    await story.reconcile();
    await story.dispatchNext(2);
    await story.resultShows(2);
    await story.approve(2);
    const types = (await story.events()).map((event) => event.split(' ', 1)[0]);
    assert.equal(types.filter((type) => type === 'token-renewed').length, 0);
    assert.equal(types.filter((type) => type === 'orchestration-started').length, 1);
    assert.match((await story.repository()).tests, /fail 0/);
  });

  it('it is not offered again: not here, and not to another folder', async () => {
    const { workbench } = story;
    await story.run('Adopt a Journal');
    await workbench.notified(/This folder has a history of its own/);
    await leave();
    const other = join(dirname(story.folder), 'other');
    await mkdir(other);
    await open(other);
    await story.run('Adopt a Journal');
    await story.workbench.notified(/No journal here belongs to a folder that is gone/);
  });
});
