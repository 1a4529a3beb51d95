import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Actor } from '../../src/contract/actor.ts';
import { at } from '../../src/core/table.ts';
import { type Browser, openBrowser } from '../rig/browser.ts';
import { rigNode } from '../rig/places.ts';
import { type Server, startServer } from '../rig/server.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { Workbench } from '../rig/workbench.ts';
import { type DeskBeside, deskBeside, journalPlace } from './desk.ts';
import { oneAfterTheOther } from './failures.ts';
import { unpacked } from './installed.ts';
import { journalOf } from './journal.ts';

const user: Actor = { seat: 'user' };
const worker: Actor = { seat: 'worker', worker: 1 };
const remark = 'Say why it is shut';
const another = 'And since when';
const regression = ['git', 'grep', '-c', 'closed', '--', 'src/gate.js'];

describe('a result is reviewed in the diff', function () {
  oneAfterTheOther(this);
  this.timeout(120_000);
  let base: string;
  let repository: string;
  let tree: string;
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;
  let elsewhere: DeskBeside;

  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Lock', '-c', 'user.email=lock@example.invalid', ...args], {
      cwd: repository,
      encoding: 'utf8',
    });
  const recorded = (type: string): Promise<string> =>
    until(
      async () => (await journalOf(server.userData)).findLast((event) => event.startsWith(`${type} `)) ?? '',
      (event) => event !== '',
    );
  /** VERIFY of a result was run, and ended with this code. */
  const witnessed = async (result: number, exitCode: number): Promise<void> => {
    const about = `"result":${result},`;
    const [run = ''] = await until(
      async () =>
        (await journalOf(server.userData)).filter(
          (event) => event.startsWith('witnessed ') && event.includes(about),
        ),
      (runs) => runs.length > 0,
    );
    assert.match(run, new RegExp(`"exitCode":${exitCode}\\b`));
  };
  /** Every line of the active diff's comments and text. */
  const shows = (text: string | RegExp): Promise<void> =>
    workbench.page.locator('.editor-group-container.active').getByText(text).first().waitFor();

  before(async () => {
    base = await temporaryFolder('review');
    repository = join(base, 'gate');
    await mkdir(join(repository, 'src'), { recursive: true });
    await writeFile(join(repository, 'src/gate.js'), "export const gate = 'open';\n");
    await writeFile(join(repository, 'README.md'), 'The gate.\n');
    await writeFile(
      join(repository, 'check.mjs'),
      "import { gate } from './src/gate.js';\nconsole.log(gate);\nprocess.exit(gate === 'closed' ? 0 : 1);\n",
    );
    await writeFile(join(repository, 'package.json'), '{ "type": "module" }\n');
    git('init', '--quiet', '--initial-branch=main');
    git('config', 'user.name', 'Lock');
    git('config', 'user.email', 'lock@example.invalid');
    git('add', '.');
    git('commit', '--quiet', '-m', 'chore: begin');
    server = await startServer({
      ...unpacked(),
      settings: {
        'lockkeeper.verify.onResult': true,
        'lockkeeper.review.regression': regression,
        'lockkeeper.evidence.required': { high: 'witnessed', normal: 'witnessed', low: 'witnessed' },
      },
    });
    browser = await openBrowser();
    workbench = await Workbench.open(server, await browser.newPage(), repository);
    await workbench.openContainer();
    elsewhere = await deskBeside(await journalPlace(server.userData));
    const argv = [rigNode(), '-e', 'setInterval(() => {}, 1e6)'];
    await elsewhere.does(user, {
      type: 'start',
      objective: 'The gate closes',
      constraints: [],
      mode: 'orchestrator-first',
    });
    await elsewhere.does(user, {
      type: 'add-worker',
      name: 'web',
      role: 'code',
      runs: { kind: 'command', argv },
      tokenHash: 'f'.repeat(64),
      expires: 9e12,
    });
    await elsewhere.does(user, {
      type: 'add-todo',
      role: 'code',
      packet: {
        task: 'Close the gate in src/gate.js',
        scope: ['src/gate.js'],
        notYourJob: ['README.md'],
        doneWhen: ['src/gate.js has the word "closed"'],
        verify: ['node check.mjs'],
        priority: 'normal',
      },
    });
    await workbench
      .tree('TODO')
      .row(/^TODO 1: /)
      .waitFor();
    await workbench.runCommand('Lockkeeper: Dispatch the Next TODO');
    await workbench.quickInput.pick('Send Work to web Unguarded');
    await recorded('dispatched');
    tree = await until(
      () =>
        git('worktree', 'list', '--porcelain')
          .split('\n')
          .findLast((line) => line.startsWith('worktree '))
          ?.slice(9) ?? '',
      (path) => path !== '' && path !== repository,
    );
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    elsewhere?.close();
    await removeFolder(base);
  });

  const submits = async (epoch: number, files: readonly string[]): Promise<void> => {
    const task = { dispatch: 1, epoch };
    await elsewhere.does(worker, { type: 'acknowledge', ...task });
    await elsewhere.does(worker, {
      type: 'submit',
      ...task,
      packet: {
        outcome: 'done',
        summary: 'The gate is closed, and all tests pass.',
        evidence: [{ doneWhen: 1, shows: 'src/gate.js:1 closed' }],
        files: [...files],
        planAffected: 'no',
        stillOpen: 'Nothing',
      },
    });
    await workbench
      .tree('Inbox')
      .row(new RegExp(`^Result ${epoch}:`))
      .waitFor();
  };

  it('P7: a plain file write outside SCOPE is seen at once, in its worktree and for certain', async () => {
    await writeFile(join(tree, 'src/gate.js'), "// shut\nexport const gate = 'almost closed';\n");
    await writeFile(join(tree, 'README.md'), 'The gate, closed.\n');
    const inbox = workbench.tree('Inbox');
    await inbox.row('web wrote 1 file outside its SCOPE').waitFor();
    await until(
      () => workbench.activityBadge(),
      (badge) => badge === '1',
    );
    assert.ok(
      (await inbox.items()).some(({ spoken }) =>
        spoken.includes('SCOPE, TODO 1, certain, in its own worktree: README.md'),
      ),
    );
    await workbench.shot('outside-scope');
    await inbox.click('web wrote 1 file outside its SCOPE');
    await workbench.quickInput.pick('README.md');
    await workbench.editorOf('/README.md').waitFor();
    await shows(/The\sgate,\sclosed\./);
  });

  it('P8: what changed stands beside the gates, and a file outside SCOPE fails one', async () => {
    await submits(1, ['src/gate.js']);
    await witnessed(1, 1);
    await workbench.tree('Inbox').click(/^Result 1:/);
    await workbench.editorTab('Result 1').waitFor();
    await shows(/scope\scompliance:\sFAILS/);
    await shows(/`README\.md`\sis\soutside\sSCOPE/);
    await shows(/Changed,\sand\snot\slisted\sby\sthe\sworker:/);
    await workbench.shots('review-document');
    await workbench.editorAction('Show What a Result Changed');
    await workbench.editorTab(/^Result 1: Changes \(2 files\)/).waitFor();
    await workbench.page.getByRole('button', { name: 'Show the Next Result' }).waitFor();
    await shows(/`README\.md` is outside SCOPE/);
    await shows(/almost\sclosed/);
    await workbench.shots('review-changes');
    await workbench.runCommand('View: Close All Editors');
    await workbench.editorTab(/^Result 1/).waitFor({ state: 'detached' });
    await workbench.runCommand('Lockkeeper: Show the Next Result');
    await workbench.editorTab(/^Result 1: Changes \(2 files\)/).waitFor();
    await shows(/almost\sclosed/);
  });

  it('P8: approve is refused with its reason', async () => {
    await workbench.editorAction('Approve a Result');
    await workbench.notified(/Scope compliance fails: `README\.md` is outside SCOPE/);
    await workbench.clearNotifications();
  });

  it('P8: a remark at a line goes to the worker with the rejection, with file and line', async () => {
    const line = workbench.page.locator('.editor-group-container.active .modified .view-line');
    const changed = line.filter({ hasText: /almost\sclosed/ }).first();
    const glyphs = workbench.page.locator('.editor-group-container.active .modified .comment-range-glyph');
    const box = (glyph: Locator) => glyph.boundingBox({ timeout: 1_000 }).catch(() => null);
    // The diff is laid out anew as its parts come: the place is good that is the same when it is asked for again.
    let last = 0;
    const beside = await until(
      async () => {
        const place = (await box(changed))?.y ?? 0;
        const rests = place > 0 && place === last;
        last = place;
        const all = await Promise.all((await glyphs.all()).map(box));
        return rests ? all.find((glyph) => glyph && Math.abs(glyph.y - place) < 5) : undefined;
      },
      (found) => found !== undefined,
    );
    assert.ok(beside, 'every line can be remarked on');
    await workbench.page.mouse.click(beside.x + beside.width / 2, beside.y + beside.height / 2);
    await workbench.page.locator('.review-widget .monaco-editor.focused').waitFor();
    await workbench.page.keyboard.insertText(remark);
    await workbench.shot('review-remark');
    await workbench.page.locator('.review-widget').getByRole('button', { name: 'Add Remark' }).click();
    await workbench.page.locator('.review-widget .comment-body').filter({ hasText: remark }).waitFor();
    await workbench.shot('review-remarked');
    const { quickInput } = workbench;
    // The other one by the keyboard alone, once the cursor is in the line.
    await changed.click();
    await workbench.page.keyboard.press('Control+K');
    await workbench.page.keyboard.press('Control+Alt+L');
    await quickInput.answer('Remark', another);
    await workbench.page.locator('.review-widget .comment-body').filter({ hasText: another }).waitFor();
    await workbench.shot('review-remarked-by-key');
    // By its key; by the title it is rejected where work is done by hand.
    await workbench.page.keyboard.press('Control+K');
    await workbench.page.keyboard.press('Control+Alt+X');
    await quickInput.answer('Reason', 'README.md is not its job');
    await quickInput.waitFor(/2 remarks of yours go along/);
    await quickInput.accept();
    await quickInput.answer('Next action', 'Take README.md back, and say why it is shut');
    assert.match(
      await recorded('rejected'),
      /"missing":"src\/gate\.js:2: Say why it is shut\\nsrc\/gate\.js:2: And since when"/,
    );
  });

  it('P1, P8: Review Hard runs VERIFY and the regression command on head plus the change, once that is allowed', async () => {
    await writeFile(join(tree, 'README.md'), 'The gate.\n');
    await writeFile(
      join(tree, 'src/gate.js'),
      "// shut, for the water is high\nexport const gate = 'closed';\n",
    );
    await submits(2, ['src/gate.js']);
    await witnessed(2, 0);
    await workbench.runCommand('Lockkeeper: Review Hard');
    await workbench.quickInput.waitFor(JSON.stringify(regression));
    await workbench.quickInput.pick('Allow the Command');
    const fresh = await until(
      async () =>
        (await journalOf(server.userData)).filter((event) => /"result":2,.*"fresh":true/.test(event)),
      (runs) => runs.length >= 2,
    );
    assert.ok(
      fresh.every((run) => run.includes('"exitCode":0')),
      fresh.join('\n'),
    );
    assert.equal(fresh.filter((run) => !run.includes('"todo":')).length, 1, 'the regression command');
  });

  it('P8: approved on evidence, the change is a commit on the branch', async () => {
    const begun = git('rev-parse', 'main').trim();
    await workbench.tree('Inbox').click(/^Result 2:/);
    await workbench.editorTab('Result 2').waitFor();
    await shows(/evidence\squality:\spasses/);
    await workbench.page.keyboard.press('Control+K');
    await workbench.page.keyboard.press('Control+Alt+Y');
    const { quickInput } = workbench;
    await quickInput.answer(/^DONE-WHEN 1: /, 'line 2 says it');
    // Reviewed hard, each of the other gates gets its word too.
    await quickInput.answer(/^Scope compliance: /, 'only the gate');
    await quickInput.answer(/^Conflict risk: /, 'nobody else is here');
    await quickInput.answer(/^Evidence quality: /, 'it ran on head');
    await quickInput.waitFor(/The first line of the commit/);
    await workbench.shot('review-message');
    await quickInput.answer(/The first line of the commit/, 'feat(gate): close the gate');
    await recorded('approved');
    const after = await deskBeside(await journalPlace(server.userData));
    const commit = at(after.state.results, 2)?.approval?.commit;
    after.close();
    assert.equal(commit, git('rev-parse', 'main').trim());
    const [header, todo, parents] = git(
      'log',
      '-1',
      '--format=%s%x00%(trailers:key=Lockkeeper-TODO,valueonly,separator=%x2C)%x00%P',
      'main',
    )
      .trim()
      .split('\0');
    assert.equal(header, 'feat(gate): close the gate');
    assert.equal(todo, '1');
    assert.equal(parents, begun);
    assert.match(git('show', 'main:src/gate.js'), /'closed'/);
    assert.equal(git('status', '--porcelain'), '');
  });

  it('a worktree with work that is nowhere else goes by the person’s word alone', async () => {
    const path = `${repository}.worktrees/web-2`;
    const packet = {
      task: 'Say in src/gate.js how high the water is',
      scope: ['src/gate.js'],
      notYourJob: ['README.md'],
      doneWhen: ['src/gate.js has the word "metres"'],
      verify: ['node check.mjs'],
      priority: 'normal' as const,
    };
    await elsewhere.does(user, { type: 'add-todo', role: 'code', packet });
    await workbench
      .tree('TODO')
      .row(/^TODO 2: /)
      .waitFor();
    await workbench.runCommand('Lockkeeper: Dispatch the Next TODO');
    await until(
      async () => (await journalOf(server.userData)).filter((event) => event.startsWith('dispatched ')),
      (sent) => sent.length === 2,
    );
    await writeFile(join(path, 'src/gate.js'), '// two metres\n');
    await elsewhere.does(user, { type: 'withdraw', dispatch: 2, reason: 'The water has gone' });
    await workbench.statusItem('Dispatch TODO 2').waitFor();
    // It was withdrawn beside this window, by who sees to nothing that is left.
    await workbench.notified(/kept on the branch lockkeeper\/web\/2/);
    assert.equal(git('show', 'lockkeeper/web/2:src/gate.js'), '// two metres\n');
    await writeFile(join(path, 'src/gate.js'), '// three metres\n');
    const asks = async (answer: string): Promise<void> => {
      await workbench.runCommand('Lockkeeper: Remove a Worktree');
      await workbench.quickInput.pick('web-2');
      await workbench.answerDialog(
        /web-2 .*1 file not committed there: lost.* 1 commit of its own: kept/s,
        answer,
      );
    };
    await asks('Keep It');
    assert.ok(existsSync(path));
    await asks('Remove It');
    await until(
      () => [path, join(repository, '.git/worktrees/web-2')].filter((one) => existsSync(one)),
      (left) => left.length === 0,
    );
  });

  it('T3: taken back by hand, a commit reverses it, and its TODO is next', async () => {
    const approved = git('rev-parse', 'main').trim();
    await workbench.runCommand('Lockkeeper: Undo an Approval');
    await workbench.quickInput.pick('Result 2');
    await workbench.quickInput.answer(/^Why is the approval taken back/, 'The water is not high');
    await workbench.quickInput.pick('Undo the Approval');
    assert.match(await recorded('approval-undone'), /"returned":\[1\]/);
    const [header, parents] = git('log', '-1', '--format=%s%x00%P', 'main').trim().split('\0');
    assert.equal(header, 'revert: feat(gate): close the gate');
    assert.equal(parents, approved);
    assert.match(git('show', 'main:src/gate.js'), /'open'/);
    assert.equal(git('status', '--porcelain'), '');
    await workbench.statusItem('Dispatch TODO 1').waitFor();
  });
});
