import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../rig/until.ts';
import { House } from './house.ts';
import { Lead } from './lead.ts';
import { changedFiles, story, storyFile } from './story.ts';
import { endWorkers, RunningWorker } from './worker.ts';

describe('the process of the rehearsal worker', function () {
  let house: House;
  beforeEach(async () => {
    house = await House.build();
  });
  afterEach(async () => {
    await endWorkers();
    await house.remove();
  });

  const launch = (script: string, token = house.token('builder')): RunningWorker =>
    new RunningWorker({ name: 'builder', url: house.url, token, folder: house.project, script });

  const scriptOf = (body: Record<string, unknown>): string => {
    const file = join(house.folder, `script-${Object.keys(body).join('-')}.json`);
    writeFileSync(file, JSON.stringify({ scenes: [{ task: 'None', acts: [] }], ...body }));
    return file;
  };

  it('says what it needs, and ends', async () => {
    const worker = launch(storyFile, '');
    await worker.said('Needs LOCKKEEPER_URL, LOCKKEEPER_TOKEN and LOCKKEEPER_WORKER');
    await worker.ending();
    assert.equal(worker.child.exitCode, 2);
  });

  it('says what is wrong with its script, and ends', async () => {
    const worker = launch(scriptOf({ scenes: [] }));
    await worker.said('The script is not right');
    await worker.ending();
    assert.equal(worker.child.exitCode, 1);
  });

  it('ends where its token is not known', async () => {
    const worker = launch(storyFile, 'not-a-token');
    await worker.said('does not know this worker');
    await worker.ending();
    assert.equal(worker.child.exitCode, 3);
  });

  it('ends when it is idle for as long as the script says', async () => {
    const worker = launch(scriptOf({ idleSeconds: 0.3 }));
    await worker.ending();
    assert.equal(worker.child.exitCode, 0);
    assert.match(worker.output, /Waiting for a task\.\nNothing to do for a while/);
  });

  it('ends at once when it is told to', async () => {
    const worker = launch(storyFile);
    await worker.said('Waiting for a task.');
    worker.child.kill('SIGTERM');
    await worker.ending();
    assert.equal(worker.child.exitCode, 143);
  });

  it('takes what it has started with it when it ends', async () => {
    const pidFile = join(house.folder, 'pid');
    const code = `require('node:fs').writeFileSync(process.argv[1], String(process.pid)); setInterval(() => {}, 1000)`;
    const acts = [{ do: 'run', name: 'long', argv: ['node', '-e', code, pidFile] }];
    const script = scriptOf({ scenes: [{ task: { pattern: '.' }, acts }] });
    const lead = new Lead(house);
    await lead.plan();
    await lead.dispatch('builder');
    const worker = launch(script);
    const pid = await until(
      () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0),
      (found) => found > 0,
    );
    worker.child.kill('SIGTERM');
    await worker.ending();
    await until(
      () => isAlive(pid),
      (alive) => !alive,
    );
  });

  it('changes nothing outside of SCOPE, and says why it stopped', async () => {
    const lead = new Lead(house);
    await lead.plan();
    await lead.call('edit_todo', { todo: 1, packet: { scope: ['test/fillTime.test.js'] } });
    const dispatch = await lead.dispatch('builder');
    launch(storyFile);
    await lead.answer(dispatch, 'Return NaN');
    const { packet } = await lead.result(dispatch);
    assert.equal(packet.outcome, 'blocked');
    assert.equal(packet.open[0]?.words, 'src/fillTime.js is outside of the SCOPE of this task.');
    assert.deepEqual(changedFiles(house.project), ['test/fillTime.test.js']);
  });

  it('hands in a failed result when a program fails, with its output', async () => {
    const lead = new Lead(house);
    await lead.plan();
    writeFileSync(join(house.project, 'src/lockages.js'), 'export const lockages = () => 0;\n');
    const dispatch = await lead.dispatch('builder');
    launch(storyFile);
    await lead.answer(dispatch, 'Return NaN');
    const { packet } = await lead.result(dispatch);
    assert.equal(packet.outcome, 'failed');
    assert.match(packet.open[0]?.words ?? '', /`node --test` ended with exit code 1/);
  });

  it('lists a DONE-WHEN that its scene does not show as still open', async () => {
    const lead = new Lead(house);
    await lead.plan();
    const doneWhen = [...(story.steps[0]?.tasks[0]?.doneWhen ?? []), 'package.json has no "dependencies"'];
    await lead.call('edit_todo', { todo: 1, packet: { done_when: doneWhen } });
    const dispatch = await lead.dispatch('builder');
    launch(storyFile);
    await lead.answer(dispatch, 'Return NaN');
    const { packet } = await lead.result(dispatch);
    assert.equal(packet.outcome, 'partial');
    assert.deepEqual(
      packet.open.map((item) => item.doneWhen),
      [undefined, 4],
    );
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
