import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { mark } from '../rig/long.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { journalsOf } from './journal.ts';
import { Story } from './story.ts';
import { oneAfterTheOther } from './failures.ts';

const objective = 'A journal that is lost';

describe(`a journal that cannot be trusted${mark}`, function () {
  oneAfterTheOther(this);
  let story: Story;

  before(async () => {
    story = await Story.open();
    await start();
  });

  after(async () => {
    await story?.close();
  });

  const start = async (): Promise<void> => {
    const { quickInput } = story.workbench;
    // The palette does not look again at what may be run.
    await story.todo.welcome().getByRole('button', { name: 'Start an Orchestration' }).waitFor();
    await story.run('Start an Orchestration');
    await quickInput.answer('Objective', objective);
    await quickInput.answer('Constraints', '');
    await quickInput.pick('Orchestrator-first');
    await quickInput.pick('Start the Orchestration');
    await story.recorded('orchestration-started');
    await quickInput.waitFor(/Enter goes there/);
    await quickInput.dismiss();
  };

  /** Closes every window; gives the file that they had open. */
  const leave = async (): Promise<string> => {
    for (const page of story.browser.context.pages()) await page.goto('about:blank');
    await story.server.endExtensionHosts();
    const [file] = await journalsOf(story.server.userData);
    assert.ok(file);
    return file;
  };

  const open = async (page = story.workbench.page): Promise<Workbench> => {
    const workbench = await Workbench.open(story.server, page, story.folder);
    await workbench.openContainer();
    return workbench;
  };

  const told = async (workbench: Workbench, words: RegExp): Promise<number> =>
    (await workbench.notifications()).filter((text) => words.test(text)).length;

  it('WAL file removed while closed, and the file: takes nothing until the person accepts it, and says so once', async () => {
    const file = await leave();
    for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true });
    story.workbench = await open();
    const { workbench } = story;
    await workbench.notified(/missing/);
    assert.equal(await told(workbench, /missing/), 1);
    await workbench.answerNotification(/missing/, 'Accept It as It Is');
    await workbench.answerDialog(/Go on with the journal/, 'Accept It as It Is');
    await workbench.statusItem(/Start an orchestration/).waitFor();
    await start();
  });

  it('one bit flipped mid-file: the file is set aside, and one of two windows says so, once', async () => {
    const file = await leave();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const bytes = await readFile(file);
    const place = bytes.indexOf(objective);
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    await writeFile(file, bytes);
    const first = await open();
    await first.statusItem(/Start an orchestration/).waitFor();
    const hosts = story.server.extensionHosts();
    const other = await story.browser.newPage();
    const windows = [first, await open(other)] as const;
    for (const window of windows) await window.statusItem(/Start an orchestration/).waitFor();
    const counts = await until(
      () => Promise.all(windows.map((window) => told(window, /set aside/))),
      (found) => found.some((count) => count > 0),
    );
    assert.deepEqual(counts.sort(), [0, 1]);
    assert.deepEqual(await readFile(`${file}.damaged-1`), bytes);
    story.workbench = first;
    await other.goto('about:blank');
    await story.server.endExtensionHosts(hosts);
    await other.close();
    await start();
  });

  it('a folder in its place: read-only desk and a message, no crash loop; open again once it is gone', async () => {
    const file = await leave();
    await rename(file, `${file}.kept`);
    await mkdir(file);
    story.workbench = await open();
    const { workbench, server } = story;
    await workbench.notified(/The history cannot be opened/);
    await workbench.tree('TODO').welcome().getByText('The journal of this folder cannot be opened').waitFor();
    // That of the window before may still be on its way out.
    const hosts = await until(
      () => server.extensionHosts(),
      ({ length }) => length === 1,
    );
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.editorTab(/Untitled-1/).waitFor();
    await workbench.answerNotification(/The history cannot be opened/, 'Reopen the Journal');
    await workbench.notified(/The history cannot be opened/);
    assert.deepEqual(server.extensionHosts(), hosts, 'the same extension host all the time');
    await rmdir(file);
    await rename(`${file}.kept`, file);
    await story.run('Reopen the Journal');
    await workbench.statusItem(/Add a worker/).waitFor();
    assert.ok(existsSync(file));
    assert.match((await story.events()).at(-1) ?? '', new RegExp(objective));
  });
});
