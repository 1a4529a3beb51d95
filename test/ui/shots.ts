import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openBrowser } from '../rig/browser.ts';
import { type Server, startServer } from '../rig/server.ts';
import { type Theme, themes } from '../rig/settings.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { oneAfterTheOther } from './failures.ts';
import { unpacked } from './installed.ts';
import { Story } from './story.ts';

const viewport = { width: 1360, height: 860 };

for (const theme of Object.keys(themes) as Theme[]) {
  describe(`every surface in ${theme}`, function () {
    this.timeout(240_000);
    oneAfterTheOther(this);
    let story: Story;

    after(async () => {
      await story?.close();
    });

    const shot = async (name: string): Promise<void> => {
      await story.workbench.shot(`${name}-${theme}`);
    };

    it('plays the story and takes its pictures', async () => {
      story = await Story.open({}, { viewport });
      const { workbench } = story;
      await workbench.setTheme(theme);
      const { quickInput } = workbench;
      await shot('01-welcome');
      await story.run('Rehearse');
      await quickInput.row('Begin the Rehearsal').waitFor();
      await shot('02-rehearse-confirm');
      await quickInput.pick('Begin the Rehearsal');
      await story.questionShows();
      await workbench.notified(/asks and waits/);
      await shot('03-question-arrives');
      await workbench.clearNotifications();
      await story.openQuestion();
      await shot('04-question-panel');
      await workbench.webview().getByRole('button', { name: 'Send Answer' }).click();
      await workbench
        .webview()
        .getByRole('radiogroup')
        .or(workbench.webview().locator('.problem'))
        .first()
        .waitFor();
      await shot('05-answer-refused');
      await story.writeHalfAnAnswer();
      await story.sendAnswer();
      await story.resultShows(1);
      await story.inbox.click(/Result 1:/);
      await workbench.editorTab(/Result 1/).waitFor();
      await shot('06-result');
      await workbench.editorAction('Approve a Result');
      await quickInput.waitFor(/^DONE-WHEN 1: /);
      await shot('07-approve');
      await quickInput.dismiss();
      await story.approve(1);
      await story.run('Release the Next Step');
      await workbench.notified(/The gate is shut/);
      await shot('08-gate-shut');
      await workbench.clearNotifications();
      await story.run('Override the Gate');
      await quickInput.answer(/^Why may these things wait/, 'The README can wait a day');
      await workbench.dialog(/past what is still open/).waitFor();
      await shot('09-override-modal');
      await workbench.answerDialog(/past what is still open/, 'Leave It Shut');
      await story.run('Reconcile an Open Item');
      await workbench.editorTab(/Reconcile TODO/).waitFor();
      await shot('10-reconcile-packet');
      await workbench.editorAction('Use This Packet');
      await workbench.editorTab(/Reconcile TODO/).waitFor({ state: 'detached' });
      await story.run('Add a Worker');
      await quickInput.answer('Name', 'tester');
      await quickInput.waitFor(/^Which role/);
      await shot('11-add-worker');
      await quickInput.dismiss();
      await story.dispatchNext(2);
      await story.resultShows(2);
      await shot('12-second-result');
      await story.run('Sync Status');
      await workbench.editorTab(/Sync Status/).waitFor();
      await shot('23-sync-status');
      await story.run('Open the Task of a Worker');
      await quickInput.pick(/^writer/);
      await workbench.editorTab(/Task of writer/).waitFor();
      await shot('24-task');
      await story.run('Replan');
      await workbench.editorTab(/Replan/).waitFor();
      await shot('25-replan');
      await workbench.page.keyboard.press('Control+End');
      await workbench.page.keyboard.type('\nNEW STEP, role ');
      await workbench.page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
      await shot('26-replan-completion');
      await workbench.page.keyboard.press('Escape');
      await workbench.page.keyboard.type('\n?? Nobody has said what this is');
      await workbench.page.locator('.monaco-editor .squiggly-warning').first().waitFor();
      await workbench.page.keyboard.press('Control+.');
      await workbench.page.locator('.action-widget').first().waitFor();
      await shot('27-replan-fix');
      await workbench.page.keyboard.press('Escape');
      await story.approve(2);
      await story.release();
      await until(
        () => story.todo.message(),
        (message) => message.includes('TODO 3'),
      );
      await shot('13-released');
      await story.dispatchNext(3);
      await story.resultShows(3);
      await story.approve(3);
      await story.release(3);
      await story.describeBug();
      await story.dispatchNext(4);
      await story.resultShows(4);
      await story.approve(4);
      await story.todo.row(/^TODO 4: The tests of the project/).waitFor();
      await shot('21-rollback-trigger');
      await story.run('Add a TODO from a Playbook');
      await quickInput.row('Security: debug and pentest').waitFor();
      await shot('22-playbooks');
      await quickInput.dismiss();
      await story.closeOrchestration();
      await shot('14-closed');
      await story.run('Show the Timeline');
      await workbench.webview('Timeline').locator('.view .mark').first().waitFor();
      await workbench.page.keyboard.press('ArrowDown');
      await workbench.webview('Timeline').getByRole('region').locator('.agent').waitFor();
      await shot('20-timeline');
    });

    it('takes pictures of a journal that is adopted', async () => {
      const { workbench, server } = story;
      await workbench.page.goto('about:blank');
      await server.endExtensionHosts();
      const renamed = join(dirname(story.folder), 'renamed');
      await rename(story.folder, renamed);
      story.folder = renamed;
      story.workbench = await Workbench.open(server, workbench.page, renamed);
      await story.workbench.openContainer();
      await story.workbench.notified(/under another name/);
      await shot('17-adopt-offer');
      await story.run('Adopt a Journal');
      await story.workbench.quickInput.waitFor('Which journal belongs');
      await shot('18-adopt-pick');
      await story.workbench.quickInput.accept();
      await story.workbench.dialog(/Adopt the journal of/).waitFor();
      await shot('19-adopt-modal');
    });

    it('takes pictures of a window without a folder, and of one that is not trusted', async () => {
      const folder = await temporaryFolder('untrusted');
      const browser = await openBrowser({ viewport });
      const server: Server = await startServer({ ...unpacked(), trust: true });
      try {
        const page = await browser.newPage();
        const empty = await Workbench.open(server, page);
        await empty.setTheme(theme);
        await empty.openContainer();
        await empty.tree('TODO').welcome().waitFor();
        await empty.shot(`15-no-folder-${theme}`);
        const looking = await Workbench.open(server, page, folder);
        await looking.openContainer();
        await looking
          .tree('TODO')
          .welcome()
          .getByRole('button', { name: 'Manage Workspace Trust' })
          .waitFor();
        await looking.page
          .locator('.sidebar .monaco-progress-container.active')
          .first()
          .waitFor({ state: 'detached' });
        await looking.shot(`16-untrusted-${theme}`);
      } finally {
        await browser.close();
        await server.stop();
        await removeFolder(folder);
      }
    });
  });
}
