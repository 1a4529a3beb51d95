import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../rig/until.ts';
import { packet } from '../unit/core/drafts.ts';
import { deskBeside, journalPlace } from './desk.ts';
import { plain } from './sides.ts';
import type { Story } from './story.ts';

/** Settings of the machine, which a window sees at once. */
async function set({ server }: Story, settings: object): Promise<void> {
  const machine = join(server.userData, 'Machine');
  await mkdir(machine, { recursive: true });
  await writeFile(join(machine, 'settings.json'), JSON.stringify(settings));
}

/** What a view says, row by row. */
const told = (view: Story['inbox']) => async (): Promise<readonly string[]> =>
  (await view.items()).map(({ spoken }) => spoken);

/** Played in a window with two workers and one finished TODO: a third worker's program ends by itself. */
export function endsByItself(story: () => Story): void {
  it('P3: the terminal of one that ends stays to be read, or closes, as it is set; its end is told at once', async () => {
    const { workbench } = story();
    const { quickInput, page } = workbench;
    await set(story(), { 'lockkeeper.terminal.whenEnded': 'stays' });
    const desk = await deskBeside(await journalPlace(story().server.userData));
    const draft = { ...packet('Say in .mcp.json which servers there are'), scope: ['.mcp.json'] };
    await desk.does({ seat: 'user' }, { type: 'reconcile', todo: 2, packet: draft, role: 'config' });
    desk.close();
    await story().run('Add a Worker');
    await quickInput.answer('Name', 'brief');
    await quickInput.pick('config');
    await quickInput.pick('A command');
    await quickInput.answer(/^node tools/, 'sh -c "echo last words; exit 3"');
    await quickInput.pick('Register brief');
    await story().recorded('worker-registered', 3);
    await story().run('Dispatch the Next TODO');
    await quickInput.pick('Send Work to brief Unguarded');
    const ended = /^TODO 2 with brief ended without a result/;
    await until(told(story().inbox), (rows) =>
      rows.some((row) => ended.test(row) && /exit code 3/.test(row)),
    );
    await until(told(workbench.tree('Workers')), (rows) =>
      rows.some((row) => /^brief, config, ended without a result/.test(row)),
    );
    const screen = async (): Promise<string> =>
      plain((await page.locator('.xterm-rows').allInnerTexts()).join(''));
    await until(screen, (text) => /lastwords.*Theworkerendedwith3\.PressEntertoclose\./.test(text));
    await workbench.shots('terminal-stays');
    await page.locator('.xterm-screen:visible').click();
    await page.keyboard.press('Enter');
    await page.getByText('Lockkeeper: brief').first().waitFor({ state: 'detached' });
    await set(story(), {});
    await story().run('Relaunch an Ended Worker');
    await story().recorded('relaunched', 2);
    await until(
      async () => (await story().events()).filter((event) => /^ended .*"exitCode":3/.test(event)).length,
      (count) => count === 2,
    );
    await page.getByText('Lockkeeper: brief').first().waitFor({ state: 'detached' });
  });

  it('what cannot be put into the worktree of a task is told when a terminal is opened there', async () => {
    const { workbench } = story();
    const { quickInput } = workbench;
    await story().run('Connect Worker');
    await quickInput.pick('brief');
    await quickInput.pick('Claude Code');
    await quickInput.pick('Connect Claude Code');
    await until(
      () => existsSync(join(story().folder, '.mcp.json')),
      (isThere) => isThere,
    );
    await story().run('Open a Terminal as a Worker');
    await quickInput.pick('brief');
    await quickInput.pick('Open a Terminal as brief');
    await workbench.notified(
      /Not all that Connect Worker wrote is in the worktree of brief\. \.mcp\.json is part of the work there/,
    );
    await workbench.shots('not-connected-there');
  });
}
