import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import type { Packet } from '../../src/contract/packets.ts';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { mark } from '../rig/long.ts';
import { rigNode } from '../rig/places.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { shown } from '../rig/unchanged.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { begin, commit } from '../unit/git/given.ts';
import { type DeskBeside, deskBeside, journalPlace } from './desk.ts';
import { unpacked } from './installed.ts';

const user: Actor = { seat: 'user' };
const folders = ['api', 'web'] as const;
const judged = [{ what: 'done-when' as const, line: 1, pass: true, word: 'Seen.' }];

const packetIn = (folder: string): Packet => ({
  task: `Close the gate in ${folder}/src/gate.js`,
  scope: [`${folder}/src/gate.js`],
  notYourJob: ['Any other file'],
  doneWhen: [`${folder}/src/gate.js has the word "closed"`],
  verify: [`git grep closed`],
  priority: 'normal',
});

const form = (scope: string): string =>
  [
    'TASK: Close the gate in web/src/gate.js',
    `SCOPE: ${scope}`,
    'NOT-YOUR-JOB: Any other file',
    'DONE-WHEN: web/src/gate.js has the word "closed"',
    'VERIFY: git grep closed',
    'PRIORITY: normal',
  ].join('\n');

describe(`a workspace of two repositories${mark}`, function () {
  this.timeout(120_000);
  let base: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;
  let elsewhere: DeskBeside;

  before(async () => {
    base = await temporaryFolder('two');
    for (const name of folders) {
      await mkdir(join(base, name, 'src'), { recursive: true });
      await writeFile(join(base, name, 'src/gate.js'), `// one\n// the gate of ${name}\n// three\n`);
      begin(join(base, name));
    }
    // Of the other one no worktree can be made yet.
    commit(join(base, 'web'), {});
    const file = join(base, 'two.code-workspace');
    await writeFile(file, JSON.stringify({ folders: folders.map((path) => ({ path })) }));
    server = await startServer(unpacked());
    browser = await openBrowser();
    workbench = await Workbench.open(server, await browser.newPage(), file);
    await workbench.openContainer();
    elsewhere = await deskBeside(await journalPlace(server.userData), folders);
    const acts: readonly Act[] = [
      { type: 'start', objective: 'Both gates close', constraints: [], mode: 'orchestrator-first' },
      ...folders.map((name): Act => {
        const script = "fs.writeFileSync('where.txt', process.cwd()); setInterval(() => {}, 1e6)";
        const argv = [rigNode(), '-e', script];
        const rest = { tokenHash: 'f'.repeat(64), expires: 9e12 };
        return {
          type: 'add-worker',
          name: `${name} hand`,
          role: name,
          runs: { kind: 'command', argv },
          ...rest,
        };
      }),
      { type: 'allow-unguarded', worker: 1 },
    ];
    for (const act of acts) await elsewhere.does(user, act);
    await workbench.tree('Workers').row('web hand').waitFor();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    elsewhere?.close();
    await removeFolder(base);
  });

  const startedIn = (folder: string): Promise<string> =>
    until(
      () => {
        const file = join(base, folder, 'where.txt');
        return existsSync(file) ? readFileSync(file, 'utf8') : '';
      },
      (cwd) => cwd !== '',
    );

  it('P4: asks for the folder where a packet is written without one', async () => {
    await workbench.runCommand('Lockkeeper: Add a TODO');
    await workbench.quickInput.pick('web');
    await workbench.replaceText('New TODO', form('src/gate.js'));
    await workbench.editorAction('Use This Packet (Ctrl+Enter)');
    await workbench.notified(
      /This workspace has the folders api, web; each name in SCOPE begins with its folder/,
    );
    await workbench.clearNotifications();
    await workbench.replaceText('New TODO', form('web/src/gate.js'));
    await workbench.editorAction('Use This Packet (Ctrl+Enter)');
    await workbench.editorTab('New TODO').waitFor({ state: 'detached' });
    await workbench
      .tree('TODO')
      .row(/^TODO 1: Close the gate in web\/src\/gate\.js$/)
      .waitFor();
    await elsewhere.does(user, { type: 'add-todo', role: 'api', packet: packetIn('api') });
  });

  it('T6: starts each worker in a worktree of the folder of its scope, once the user has accepted who it is', async () => {
    await workbench
      .tree('TODO')
      .row(/^TODO 2: /)
      .waitFor();
    const dispatch = { type: 'dispatch', worker: 2 } as const;
    assert.equal(await elsewhere.tries({ seat: 'orchestrator' }, dispatch), 'user-only');
    await workbench.tree('Inbox').click(/^Proposal: send web hand, whom no guard holds back, TODO 1/);
    await workbench.quickInput.pick('Do what is proposed');
    await workbench.quickInput.pick('Send Work to web hand Unguarded');
    await workbench
      .tree('Inbox')
      .row(/^Proposal: /)
      .waitFor({ state: 'detached' });
    await workbench.runCommand('Lockkeeper: Dispatch the Next TODO');
    const tree = 'web.worktrees/web-hand-1';
    assert.equal(await startedIn(tree), join(base, tree));
    await workbench
      .tree('Workers')
      .row('web hand')
      .filter({ hasText: /TODO 1, in web/ })
      .waitFor();
    // What it wrote is noticed in its own time, and moves the rows of the Inbox.
    await workbench.tree('Inbox').row('web hand wrote 1 file outside its SCOPE').waitFor();
    assert.match(
      elsewhere.state.dispatches.chunks[0]?.[0]?.context ?? '',
      /FOLDERS: api, web\..* begins in web\./,
    );
  });

  it('P6: opens the file that a question names, though both folders have that path', async () => {
    await elsewhere.does(
      { seat: 'worker', worker: 2 },
      {
        type: 'ask',
        dispatch: 1,
        epoch: 1,
        packet: {
          question: 'Which gate first?',
          context: 'Both stand open.',
          files: ['web/src/gate.js:2', 'api/src/gate.js:3'],
          options: ['web', 'api'],
          recommended: 'web',
          blocking: true,
        },
      },
    );
    await workbench.tree('Inbox').click(/Which gate first/);
    const view = workbench.webview();
    const shown = (words: RegExp): Promise<void> =>
      workbench.page.locator('.view-line').filter({ hasText: words }).first().waitFor();
    await view.getByRole('button', { name: 'web/src/gate.js:2', exact: true }).click();
    await shown(/the.gate.of.web/);
    await workbench.statusItem('Ln 2, Col 1').waitFor();
    await workbench.shot('multi-root');
    await view.getByRole('button', { name: 'api/src/gate.js:3', exact: true }).click();
    await shown(/the.gate.of.api/);
    await workbench.statusItem('Ln 3, Col 1').waitFor();
    const answer = { chosen: 'web', rationale: 'It is next.', constraints: 'none', nextStep: 'Go on.' };
    await elsewhere.does(user, { type: 'answer', question: 1, answer });
  });

  it('names the files of a result with their folder, and starts the next worker in the other one, which has no commit', async () => {
    await elsewhere.does(
      { seat: 'worker', worker: 2 },
      {
        type: 'submit',
        dispatch: 1,
        epoch: 1,
        packet: {
          outcome: 'done',
          summary: 'The gate of web is closed.',
          evidence: [{ doneWhen: 1, shows: 'git grep closed: web/src/gate.js:2' }],
          files: ['web/src/gate.js'],
          planAffected: 'no',
          stillOpen: 'Nothing',
        },
      },
    );
    await workbench.tree('Inbox').click(/Result 1:/);
    await workbench.editorTab(/Result 1/).waitFor();
    const line = workbench.page.locator('.view-line').filter({ hasText: /web\/src\/gate\.js/ });
    await line.first().waitFor();
    await elsewhere.does(user, { type: 'approve', shown, result: 1, judged });
    await workbench
      .tree('TODO')
      .row(/^TODO 1: /)
      .waitFor({ state: 'detached' });
    await workbench.runCommand('Lockkeeper: Dispatch the Next TODO');
    assert.equal(await startedIn('api'), join(base, 'api'));
    assert.equal(existsSync(join(base, 'where.txt')), false);
  });
});
