import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { at } from '../../src/core/table.ts';
import { type Theme, themes } from '../rig/settings.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { putAgent } from './agentOnPath.ts';
import { deskBeside, journalPlace } from './desk.ts';
import { Story } from './story.ts';

for (const theme of Object.keys(themes) as Theme[]) {
  describe(`what is seen of agents in ${theme}`, function () {
    this.timeout(240_000);
    let story: Story;
    let tools: string;

    before(async () => {
      tools = await temporaryFolder('tools');
      await putAgent(tools, 'claude', '2.1.330 (Claude Code)');
      await putAgent(tools, 'codex', 'codex-cli 0.169.0');
      const PATH = [tools, process.env['PATH']].join(delimiter);
      const viewport = { width: 1360, height: 860 };
      story = await Story.open({ env: { PATH } }, { viewport });
      // A budget is a setting of the machine: what is in a workspace says nothing of it.
      const machine = join(story.server.userData, 'Machine');
      await mkdir(machine, { recursive: true });
      await writeFile(join(machine, 'settings.json'), JSON.stringify({ 'lockkeeper.budget.minutes': 25 }));
      await story.workbench.reload();
      await story.workbench.openContainer();
      await story.workbench.statusItem(/Start an orchestration/).waitFor();
    });

    after(async () => {
      await story?.close();
      await removeFolder(tools);
    });

    const shot = async (name: string): Promise<void> => {
      await story.workbench.shot(`${name}-${theme}`);
    };

    it('takes their pictures', async () => {
      const { workbench } = story;
      const { quickInput } = workbench;
      await workbench.setTheme(theme);
      await story.rehearse();
      await story.questionShows();
      await workbench.notified(/asks and waits/);
      await workbench.clearNotifications();
      await story.run('Add a Worker');
      await quickInput.answer('A short name', 'helper');
      await quickInput.pick('code');
      await quickInput.row('Claude Code').waitFor();
      await shot('30-worker-kinds');
      await quickInput.pick('Claude Code');
      await quickInput.pick('Register helper');
      await story.run('Connect Worker');
      await quickInput.pick('helper');
      await quickInput.row('Claude Code').waitFor();
      await shot('31-connect-agents');
      await quickInput.pick('Claude Code');
      await workbench.editorTab(/What connects Claude Code/).waitFor();
      await quickInput.row('Connect Claude Code').waitFor();
      await workbench.page.locator('.line-insert').first().waitFor();
      await shot('32-connect-diff');
      await quickInput.pick('Connect Claude Code');
      await workbench.editorTab(/What connects Claude Code/).waitFor({ state: 'detached' });
      await workbench
        .tree('Workers')
        .row(/^helper$/)
        .waitFor();
      await shot('33-connected');
      await story.run('Give More Time');
      await quickInput.waitFor(/How many more minutes/);
      await shot('34-give-time');
      await quickInput.dismiss();
      const desk = await deskBeside(await journalPlace(story.server.userData), [story.folder]);
      try {
        const question = at(desk.state.questions, 1);
        await desk.does(
          { seat: 'orchestrator' },
          {
            type: 'answer',
            question: 1,
            answer: {
              chosen: question?.packet.options?.[0] ?? '',
              rationale: 'The other functions throw one too.',
              constraints: 'No new dependency.',
              nextStep: 'Change src/fillTime.js and its test.',
            },
          },
        );
      } finally {
        desk.close();
      }
      await story.inbox.click(/^Decided by the agent that leads/);
      await story.inbox.row(/^Answered question 1/).waitFor();
      await shot('35-decided');
    });
  });
}
