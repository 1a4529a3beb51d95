import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { connect } from './clients.ts';

const program = fileURLToPath(new URL('../../rig/serve.ts', import.meta.url));

describe('npm run serve', () => {
  it('prints address and tokens as one line of JSON, serves, and ends on SIGTERM', async () => {
    const dir = await temporaryFolder('serve');
    const child = spawn(process.execPath, [program, '--dir', dir, '--workers', '3', '--todos', '205'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { url, orchestrator, workers } = JSON.parse(line) as {
      url: string;
      orchestrator: string;
      workers: { name: string; token: string }[];
    };
    assert.deepEqual(
      workers.map(({ name }) => name),
      ['w1', 'w2', 'w3'],
    );
    const lead = await connect(url, orchestrator);
    assert.equal((await lead.done('list_todos', { limit: 1 }))['total'], 205);
    await lead.done('dispatch_todo', { worker: 'w2' });
    const worker = await connect(url, workers[1]?.token ?? '');
    assert.equal((await worker.done('get_task'))['task'], '1.1');
    await lead.close();
    await worker.close();
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    await removeFolder(dir);
  });
});
