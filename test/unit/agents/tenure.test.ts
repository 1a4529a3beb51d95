import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openDoor } from '../../../src/agents/endpoint.ts';
import { holdTenure, type Tenure, type TenureStanding } from '../../../src/agents/tenure.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';
import { connect } from './clients.ts';
import { openHouse, type House } from './house.ts';

const program = fileURLToPath(new URL('doorHost.ts', import.meta.url));

interface Window {
  readonly process: ChildProcess;
  /** Resolves with the first standing of this kind, past ones among them. */
  standing<K extends TenureStanding['kind']>(kind: K): Promise<Extract<TenureStanding, { kind: K }>>;
}

describe('the agents’ door: one window serves', function () {
  this.timeout(120_000);
  let house: House;
  const windows: Window[] = [];
  const tenures: Tenure[] = [];

  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(async () => {
    for (const tenure of tenures.splice(0)) await tenure.dispose();
    for (const { process: child } of windows.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await house.close();
  });

  const openWindow = (): Window => {
    const child = spawn(process.execPath, [program, house.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const seen: TenureStanding[] = [];
    const listeners = new Set<() => void>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      seen.push(JSON.parse(line) as TenureStanding);
      for (const listener of listeners) listener();
    });
    const window: Window = {
      process: child,
      standing: (kind) =>
        new Promise((resolve) => {
          const look = (): void => {
            const found = seen.find((one) => one.kind === kind);
            if (!found) return;
            listeners.delete(look);
            resolve(found as never);
          };
          listeners.add(look);
          look();
        }),
    };
    windows.push(window);
    return window;
  };

  const tenureHere = (): Tenure => {
    const log = { info: () => undefined, warn: () => undefined };
    const tenure = holdTenure({
      desk: house.desk,
      clock: Date.now,
      lease: house.journal.lease,
      host: { pid: process.pid, startedAt: 1 },
      moved: () => Promise.reject(new Error('Nobody took the port.')),
      open: (port) => openDoor({ desk: house.desk, clock: Date.now, port, log, onContact: () => undefined }),
      log,
    });
    tenures.push(tenure);
    return tenure;
  };

  const becomes = (tenure: Tenure, kind: TenureStanding['kind']): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (tenure.standing.kind === kind) resolve();
      };
      tenure.onStanding(look);
      look();
    });

  it('is off until the first worker exists, and again when the last is gone', async () => {
    const tenure = tenureHere();
    assert.match(JSON.stringify(tenure.standing), /"off".*No worker is registered/);
    const runs = { kind: 'by-hand', where: 'here' } as const;
    const opened: TenureStanding['kind'][] = [];
    tenure.onStanding(({ kind }) => opened.push(kind));
    await house.act({ type: 'add-worker', name: 'By hand', role: 'docs', runs });
    await house.act({ type: 'remove-worker', worker: 1, reason: 'done' });
    assert.deepEqual(opened, [], 'a worker that works by hand calls nobody');
    const { token } = await house.addWorker('Writer');
    await becomes(tenure, 'serving');
    const { url } = tenure.standing as { url: string };
    const agent = await connect(url, token);
    assert.equal((await agent.done('get_task'))['standing'], 'none');
    await agent.close();
    await house.act({ type: 'remove-worker', worker: 2, reason: 'done' });
    await becomes(tenure, 'off');
    await assert.rejects(connect(url, token));
    assert.equal(house.journal.lease.holder(Date.now()), undefined);
  });

  it('keeps its port from one window to the next', async () => {
    await house.addWorker('Writer');
    const first = tenureHere();
    await becomes(first, 'serving');
    const { port } = first.standing as { port: number };
    await first.dispose();
    const second = openWindow();
    assert.equal((await second.standing('serving')).port, port);
  });

  it('is served elsewhere while another window lives, and taken over at the same port when it is killed', async () => {
    const { token } = await house.addWorker('Writer');
    const first = openWindow();
    const { port, url } = await first.standing('serving');
    const second = openWindow();
    await second.standing('elsewhere');
    const agent = await connect(url, token);
    assert.equal((await agent.done('get_task'))['standing'], 'none');
    first.process.kill('SIGKILL');
    const over = await second.standing('serving');
    assert.equal(over.port, port);
    assert.equal((await agent.done('get_task'))['standing'], 'none', 'the same client goes on');
    await agent.close();
  });

  it('closes when the lease is lost', async () => {
    const { token } = await house.addWorker('Writer');
    const tenure = tenureHere();
    await becomes(tenure, 'serving');
    const { url } = tenure.standing as { url: string };
    // What another window finds when this one was stopped for long: a heartbeat too old to count.
    const other = { pid: process.pid, startedAt: 2, port: 0 };
    const journal = await openJournal({
      file: join(house.folder, 'journal.db'),
      headFile: join(house.folder, 'head', 'head.json'),
    });
    assert.equal(journal.lease.take(other, Date.now() + 60_000).kind, 'taken');
    await becomes(tenure, 'elsewhere');
    await assert.rejects(connect(url, token));
    journal.close();
  });
});
