import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hashToken } from '../../../src/agents/credentials.ts';
import { openDoor } from '../../../src/agents/endpoint.ts';
import { openHandover } from '../../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../../src/agents/launch/launching.ts';
import { createPresence } from '../../../src/agents/presence.ts';
import { holdTenure, type Tenure } from '../../../src/agents/tenure.ts';
import { keepTokens } from '../../../src/agents/tokens.ts';
import type { Act } from '../../../src/contract/acts.ts';
import type { State } from '../../../src/core/state.ts';
import { at } from '../../../src/core/table.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';
import { endProcess } from '../../../src/running/ending.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { until } from '../../rig/until.ts';
import { projectRepository, story, storyFile } from '../rehearsal/story.ts';
import { connect } from './clients.ts';
import { atWorkBeside, Shells } from './shells.ts';

const source = (path: string): string =>
  fileURLToPath(new URL(`../../../src/agents/${path}`, import.meta.url));
const log = { info: () => undefined, warn: () => undefined };
const patience = 30_000;

/** A program that listens on a port and prints what comes as Authorization. */
const strangers = `require('node:http').createServer((request, response) => {
  console.log(request.headers.authorization ?? '');
  response.writeHead(500).end();
}).listen(Number(process.argv[1]), '127.0.0.1', () => console.log('listening'));`;

describe('the port taken by a stranger while Lockkeeper was away', function () {
  this.timeout(120_000);
  const kept = new Map<number, string>();
  let folder: string;
  let shells: Shells;
  let window: { desk: Desk; tenure: Tenure; close(): Promise<void> };
  let stranger: ChildProcess | undefined;
  const heard: string[] = [];

  before(async () => {
    folder = await temporaryFolder('stranger');
    const project = join(folder, 'project');
    mkdirSync(project);
    projectRepository(project);
    shells = new Shells(project);
    window = await openWindow();
  });
  after(async () => {
    await window.close();
    await shells.end();
    stranger?.kill();
    await removeFolder(folder);
  });

  const openWindow = async (): Promise<typeof window> => {
    const journal = await openJournal({
      file: join(folder, 'own', 'journal.db'),
      headFile: join(folder, 'heads', 'head'),
    });
    const desk = new Desk(journal, Date.now);
    const tokens = keepTokens(desk, Date.now, {
      read: (holder) => Promise.resolve(kept.get(holder)),
      keep: (holder, token) => Promise.resolve(void kept.set(holder, token)),
    });
    const presence = createPresence({ desk, clock: Date.now, silentAfter: () => 300 });
    const tenure = holdTenure({
      desk,
      clock: Date.now,
      lease: journal.lease,
      host: { pid: process.pid, startedAt: 1 },
      moved: () => tokens.renewExposed(),
      open: (port) => openDoor({ desk, clock: Date.now, port, log, onContact: presence.contact }),
      log,
    });
    const handover = openHandover();
    const launching = launchWorkers({
      desk,
      clock: Date.now,
      log,
      terminals: shells,
      url: () => (tenure.standing.kind === 'serving' ? tenure.standing.url : undefined),
      isServing: () => tenure.standing.kind === 'serving',
      onServing: (listener) => tenure.onStanding(listener),
      token: (worker) => tokens.of(worker),
      lastContact: presence.lastContact,
      handover: () => handover,
      atWork: atWorkBeside(folder),
      end: endProcess,
      guard: join(folder, 'guard.cjs'),
      ownFolder: join(folder, 'agents'),
      stdio: 'none',
      program: (name) => ({
        argv: [process.execPath, source(`${name === 'launch' ? 'launcher' : name}/main.ts`)],
        env: {},
      }),
    });
    return {
      desk,
      tenure,
      async close() {
        launching.dispose();
        await tenure.dispose();
        await (await handover).dispose();
        desk.dispose();
        journal.close();
      },
    };
  };

  const act = async (wanted: Act): Promise<void> => {
    const reply = await window.desk.submit({ id: randomUUID(), actor: { seat: 'user' }, act: wanted });
    assert.ok(reply.ok, JSON.stringify(reply));
  };
  const when = async <T>(read: (state: State) => T | undefined, what: string): Promise<T> => {
    const found = await window.desk.until(read, patience);
    assert.ok(found !== undefined, `waited in vain for ${what}`);
    return found;
  };
  const serving = (): Promise<{ url: string; port: number }> =>
    until(
      () => window.tenure.standing,
      ({ kind }) => kind === 'serving',
    ) as Promise<{ url: string; port: number }>;

  it('a worker is at work and asks; the window closes, the worker stays, and a stranger takes the port', async () => {
    const { objective, constraints, steps } = story;
    const [first] = steps;
    assert.ok(first);
    await act({ type: 'start', objective, constraints, mode: 'orchestrator-first' });
    const argv = [process.execPath, source('rehearsal/main.ts'), storyFile, '--no-pauses'];
    const runs = { kind: 'command' as const, argv };
    await act({
      type: 'add-worker',
      name: 'builder',
      role: first.role,
      runs,
      tokenHash: hashToken('none'),
      expires: 1,
    });
    await act({ type: 'allow-unguarded', worker: 1 });
    await act({ type: 'lend-seat', tokenHash: hashToken('seat'), expires: 9e12 });
    await act({ type: 'add-step', ...first });
    await act({ type: 'release' });
    await act({ type: 'dispatch', worker: 1 });
    await when((state) => state.asked[0], 'a question');
    const { port } = await serving();
    await window.close();

    stranger = spawn(process.execPath, ['-e', strangers, String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: stranger.stdout ?? process.stdin }).on('line', (line) => heard.push(line));
    await until(
      () => heard,
      (lines) => lines.includes('listening') && lines.some((line) => line.startsWith('Bearer ')),
    );
    assert.ok(shells.isOpen('builder'));
  });

  it('another port; every token that it may have been shown is worth nothing, and the seat is taken back', async () => {
    const before = kept.get(1) ?? '';
    assert.ok(heard.includes(`Bearer ${before}`), 'its worker went on calling');
    window = await openWindow();
    const { url } = await serving();
    const { workers, seat } = window.desk.state;
    const fresh = kept.get(1) ?? '';
    assert.notEqual(fresh, before);
    assert.equal(at(workers, 1)?.tokenHash, hashToken(fresh));
    assert.equal(seat, undefined);
    assert.ok(inbox(window.desk.state).some(({ kind }) => kind === 'exposed' || kind === 'ended'));
    assert.notEqual(at(workers, 1)?.exposedAt, undefined);
    await assert.rejects(connect(url, before));
  });

  it('the worker that knew the old address is ended, and goes on when it is relaunched', async () => {
    const dispatch = await when((state) => {
      const [n = 0] = state.live;
      return at(state.dispatches, n)?.ended ? n : undefined;
    }, 'the end of the worker');
    await until(
      () => shells.isOpen('builder'),
      (isOpen) => !isOpen,
    );
    await act({ type: 'relaunch', dispatch });
    const question = await when(
      ({ asked, questions }) => asked.find((n) => at(questions, n)?.state === 'open'),
      'its question',
    );
    await act({
      type: 'answer',
      question,
      answer: { chosen: 'Return NaN', rationale: 'seen', constraints: 'none', nextStep: 'Go on.' },
    });
    await when((state) => at(state.dispatches, dispatch)?.inReview, 'its result');
    assert.equal(at(window.desk.state.workers, 1)?.exposedAt, undefined);
    const { url } = await serving();
    await (await connect(url, kept.get(1) ?? '')).close();
  });

  it('no token is sent to the stranger: it has heard none that is good', () => {
    const good = kept.get(1) ?? '';
    assert.ok(!heard.includes(`Bearer ${good}`));
  });
});
