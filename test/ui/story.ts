import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserOptions, openBrowser } from '../rig/browser.ts';
import { rigNode } from '../rig/places.ts';
import { type Server, type ServerOptions, startServer } from '../rig/server.ts';
import { removeFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { unpacked } from './installed.ts';
import { journalOf, servedBy } from './journal.ts';
import { rehearsalFolder } from './rehearsalFolder.ts';

const word = 'seen in the result';
const rationale = 'lockages throws one too';

/** The main job, played through the window as a person plays it; each act waits until it is seen. */
export class Story {
  folder: string;
  readonly server: Server;
  browser: Browser;
  workbench: Workbench;

  private constructor(folder: string, server: Server, browser: Browser, workbench: Workbench) {
    this.folder = folder;
    this.server = server;
    this.browser = browser;
    this.workbench = workbench;
  }

  static async open(options: ServerOptions = {}, browserOptions: BrowserOptions = {}): Promise<Story> {
    const folder = await rehearsalFolder();
    const server = await startServer({ ...unpacked(), ...options });
    const browser = await openBrowser(browserOptions);
    const workbench = await Workbench.open(server, await browser.newPage(), folder);
    await workbench.openContainer();
    await workbench.statusItem(/Start an orchestration/).waitFor();
    return new Story(folder, server, browser, workbench);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await removeFolder(dirname(this.folder));
  }

  get todo(): ReturnType<Workbench['tree']> {
    return this.workbench.tree('TODO');
  }

  get inbox(): ReturnType<Workbench['tree']> {
    return this.workbench.tree('Inbox');
  }

  /** The events on disk, oldest first, as `type` and body without what differs from run to run. */
  events(): Promise<readonly string[]> {
    return journalOf(this.server.userData);
  }

  /** Waits until the journal holds so many events of a type. */
  async recorded(type: string, count = 1): Promise<void> {
    await until(
      async () => (await this.events()).filter((event) => event.startsWith(`${type} `)).length,
      (found) => found >= count,
    );
  }

  /** Runs a command of ours from the palette. */
  async run(title: string): Promise<void> {
    await this.workbench.quickInput.box.waitFor({ state: 'hidden' });
    await this.workbench.runCommand(`Lockkeeper: ${title}`);
  }

  async rehearse(): Promise<void> {
    await this.run('Rehearse');
    await this.workbench.quickInput.pick('Begin the Rehearsal');
    await this.recorded('dispatched');
  }

  async questionShows(): Promise<void> {
    await this.inbox.row(/What is fillTime to do/).waitFor();
  }

  async openQuestion(): Promise<void> {
    await this.inbox.click(/What is fillTime to do/);
    await this.workbench.webview().getByRole('button', { name: 'Send Answer' }).waitFor();
  }

  async writeHalfAnAnswer(): Promise<void> {
    const panel = this.workbench.webview();
    await panel.getByRole('radio', { name: /Throw a RangeError/ }).click();
    await panel.getByRole('textbox', { name: 'Rationale' }).fill(rationale);
  }

  /** Marks the page of the panel, so that `panelIsNew` can tell the next one from it. */
  async markPanel(): Promise<void> {
    await this.workbench
      .webview()
      .locator('body')
      .evaluate((body: unknown) => (body as Marked).setAttribute('data-old', ''));
  }

  /** The panel was made anew, and what was written in the old one stands in it. */
  async panelIsNew(): Promise<void> {
    const panel = this.workbench.webview();
    await panel.locator('body:not([data-old])').waitFor();
    await panel.getByRole('radio', { name: /Throw a RangeError/, checked: true }).waitFor();
    await until(
      () => panel.getByRole('textbox', { name: 'Rationale' }).inputValue(),
      (text) => text === rationale,
    );
  }

  async sendAnswer(): Promise<void> {
    const panel = this.workbench.webview();
    await panel.getByRole('textbox', { name: 'Constraints' }).fill('No new dependency');
    await panel.getByRole('textbox', { name: 'Next step' }).fill('Change src/fillTime.js and its test');
    await panel.getByRole('button', { name: 'Send Answer' }).click();
    await this.recorded('answered');
  }

  async resultShows(n: number): Promise<void> {
    await this.inbox.row(new RegExp(`Result ${n}:`)).waitFor();
  }

  /** Reads the result as a document and approves it with a word for each gate. */
  async approve(n: number): Promise<void> {
    await this.inbox.click(new RegExp(`Result ${n}:`));
    await this.workbench.editorTab(new RegExp(`Result ${n}`)).waitFor();
    await this.workbench.editorAction('Approve a Result');
    const { quickInput } = this.workbench;
    const isApproved = async (): Promise<boolean> =>
      (await this.events()).some((event) => event.startsWith(`approved user {"result":${n},`));
    for (let line = 1; ; line += 1) {
      await quickInput.answer(new RegExp(`^DONE-WHEN ${line}: `), word);
      // The next line is asked, or there is none and the message of the commit is.
      const next = quickInput.box.getByText(new RegExp(`^DONE-WHEN ${line + 1}: `));
      const message = quickInput.box.getByText(/^The first line of the commit/);
      await next.or(message).first().waitFor();
      if (await message.isVisible()) break;
    }
    await quickInput.accept();
    await until(isApproved, (isOver) => isOver);
  }

  /** The next step is refused, and the refusal names what is open. */
  async gateIsShut(): Promise<void> {
    await this.run('Release the Next Step');
    await this.workbench.notified(/The gate is shut before step 2/);
    await this.workbench.clearNotifications();
  }

  async reconcile(): Promise<void> {
    await this.run('Reconcile an Open Item');
    await this.workbench.editorTab(/Reconcile TODO/).waitFor();
    await this.workbench.editorAction('Use This Packet');
    await this.recorded('todo-reconciled');
    // The document closes by itself, and takes the focus along.
    await this.workbench.editorTab(/Reconcile TODO/).waitFor({ state: 'detached' });
  }

  async dispatchNext(count: number): Promise<void> {
    await this.run('Dispatch the Next TODO');
    await this.recorded('dispatched', count);
  }

  async release(step = 2): Promise<void> {
    await this.run('Release the Next Step');
    await this.recorded('step-released', step);
  }

  /** T2: the user's word stops everything, the Inbox leads with it, and work goes on at the next word. */
  async interrupt(): Promise<void> {
    const { quickInput } = this.workbench;
    await this.run('Rehearse');
    await quickInput.pick('Stop Everything');
    await this.recorded('instructed');
    await this.inbox.row(/^Wait: the message of the error/).waitFor();
    await this.run('Rehearse');
    await quickInput.pick('Carry On');
    await this.recorded('carried-on');
    await this.inbox.row(/^Wait: the message of the error/).waitFor({ state: 'detached' });
  }

  /** P9: what is known of the bug, before its fix goes out. */
  async describeBug(): Promise<void> {
    await this.run('Rehearse');
    await this.recorded('bug-described');
  }

  /** With steps that are not released it asks first. */
  async closeOrchestration(unreleased = 0): Promise<void> {
    await this.run('Close the Orchestration');
    if (unreleased > 0) await this.workbench.quickInput.pick('Close It');
    await this.recorded('orchestration-closed');
    await this.workbench.editorTab(/^Handoff of orchestration 1/).waitFor();
  }

  /** Everything behind the first dispatch. `at` is called where the story can be disturbed. */
  async goOn(at: (moment: Moment) => Promise<void> = () => Promise.resolve()): Promise<void> {
    await at('dispatched');
    await this.recorded('acknowledged');
    await at('acknowledged');
    await this.questionShows();
    await this.interrupt();
    await at('question open');
    await this.openQuestion();
    await this.writeHalfAnAnswer();
    await at('answer half written');
    await this.sendAnswer();
    await this.recorded('resulted');
    await at('result stored');
    await this.resultShows(1);
    await this.approve(1);
    await this.gateIsShut();
    await this.reconcile();
    await this.dispatchNext(2);
    await this.resultShows(2);
    await this.approve(2);
    await at('before release');
    await this.release();
    await this.dispatchNext(3);
    await this.resultShows(3);
    await this.approve(3);
    await this.release(3);
    await this.describeBug();
    await this.dispatchNext(4);
    await this.resultShows(4);
    await this.approve(4);
    await this.todo.row(/^TODO 4: The tests of the project: any test fails/).waitFor();
    await this.closeOrchestration();
  }

  /** Kills the extension host as a crash would, and waits until the next one serves the workers again. */
  async killHost(): Promise<void> {
    await this.isServed(await this.server.killExtensionHosts());
  }

  /** The same where the workbench has brought it back too often to do so again. */
  async killHostAndReload(): Promise<void> {
    const killed = await this.server.killExtensionHosts();
    await this.workbench.reload();
    await this.isServed(killed);
  }

  /** Waits until an extension host that lives, and is none of these, serves the workers. */
  async isServed(killed: readonly number[] = []): Promise<void> {
    await until(
      async () => {
        const serving = await servedBy(this.server.userData);
        return (
          serving !== undefined && !killed.includes(serving) && this.server.extensionHosts().includes(serving)
        );
      },
      (isServed) => isServed,
      60_000,
    );
  }

  /** The names of the worktrees that stand beside the repository. */
  worktrees(): Promise<readonly string[]> {
    return readdir(`${this.folder}.worktrees`).catch(() => []);
  }

  /** What the workers made of the repository: its tests, and the files they were to change. */
  async repository(): Promise<{
    tests: string;
    readme: string;
    changelog: string;
    status: string;
    log: readonly (readonly string[])[];
  }> {
    const read = (name: string): Promise<string> => readFile(join(this.folder, name), 'utf8');
    const run = (program: string, ...args: string[]): string =>
      execFileSync(program, args, { cwd: this.folder, encoding: 'utf8' });
    return {
      tests: run(rigNode(), '--test'),
      readme: await read('README.md'),
      changelog: await read('CHANGELOG.md'),
      status: run('git', 'status', '--porcelain'),
      log: run('git', 'log', '--name-only', '-m', '--format=%x00%(trailers:key=Lockkeeper-TODO,valueonly)')
        .split('\0')
        .slice(1)
        .map((one) => one.split('\n').filter((line, at) => at === 0 || line !== '')),
    };
  }
}

/** An element of the page; the tests know no DOM. */
interface Marked {
  setAttribute(name: string, value: string): void;
}

export type Moment =
  | 'dispatched'
  | 'acknowledged'
  | 'question open'
  | 'answer half written'
  | 'result stored'
  | 'before release';
