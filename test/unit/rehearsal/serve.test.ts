import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { Door, ShutOut, type Answered } from '../../../src/agents/rehearsal/door.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { until } from '../../rig/until.ts';
import { changedFiles, projectRepository, story, storyFile } from './story.ts';
import { endWorkers, RunningWorker } from './worker.ts';
import { shown } from '../../rig/unchanged.ts';

const serve = fileURLToPath(new URL('../../rig/serve.ts', import.meta.url));
const printed = z.object({
  url: z.string(),
  orchestrator: z.string(),
  workers: z.array(z.object({ name: z.string(), token: z.string() })),
});

describe('the rehearsal worker and a server in another process', function () {
  let folder: string;
  let server: ChildProcess | undefined;
  beforeEach(async () => {
    folder = await temporaryFolder('serve');
  });
  afterEach(async () => {
    await endWorkers();
    if (server && server.exitCode === null) {
      const exit = once(server, 'exit');
      server.kill('SIGKILL');
      await exit;
    }
    await removeFolder(folder);
  });

  it('meet over HTTP and nothing else: task, question, answer, result, approval', async () => {
    const project = join(folder, 'project');
    mkdirSync(project);
    projectRepository(project);
    const args = [serve, '--dir', join(folder, 'kept'), '--workers', '1', '--todos', '1'];
    server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    assert.ok(server.stdout);
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
    const { url, orchestrator, workers } = printed.parse(JSON.parse(line));
    const [worker] = workers;
    assert.ok(worker);
    const door = new Door(url, orchestrator, () => undefined);
    const call = async (name: string, input: Record<string, unknown>): Promise<Answered> => {
      const answered = await door.call(name, input);
      assert.ok(answered.ok, `${name}: ${answered.said}`);
      return answered;
    };

    await assert.rejects(
      door.call('dance', {}),
      (error) => error instanceof ShutOut && /no such tool/.test(error.message),
    );
    const { task, scope, notYourJob, doneWhen, verify, priority } = story.steps[0]?.tasks[0] ?? {};
    const packet = { task, scope, not_your_job: notYourJob, done_when: doneWhen, verify, priority };
    await call('edit_todo', { todo: 1, packet });
    await call('dispatch_todo', { worker: worker.name });
    const running = new RunningWorker({ ...worker, url, folder: project, script: storyFile });
    await running.said('waiting for the answer to question 1');
    const words = { rationale: 'It is seen at once.', constraints: 'none', next_step: 'Go on.' };
    await call('answer_question', {
      question: 1,
      chosen: 'Throw a RangeError that names the depth',
      ...words,
    });
    await until(
      () => door.call('get_result', { result: 1 }),
      ({ ok }) => ok,
    );
    const judged = [1, 2, 3].map((line) => ({ done_when: line, pass: true, word: 'seen' }));
    await call('approve_result', { shown, result: 1, judged });
    await running.said('Result 1 was approved. Waiting for a task.');
    assert.deepEqual(changedFiles(project), ['src/fillTime.js', 'test/fillTime.test.js']);
  });
});
