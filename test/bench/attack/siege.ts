import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { Agent, request as send } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { changedFiles, projectRepository, storyFile } from '../../unit/rehearsal/story.ts';
import { bundled, endWorkers, RunningWorker } from '../../unit/rehearsal/worker.ts';
import { attack } from './attack.ts';
import type { Led, Measured, Opened, Request } from './besieged.ts';
import type { Tally } from './onslaughts.ts';

const program = fileURLToPath(new URL('besieged.ts', import.meta.url));

/** Milliseconds: more than twice what the door gives headers, so that some were cut whatever else is slow. */
const headersEnd = 13_000;

export interface SiegeOptions {
  /** The least time of attack; the story that is under way then still ends. */
  readonly seconds: number;
  readonly sockets?: number;
  /** Whether a first story is played in peace, so that what is measured is not the start of programs. */
  readonly warm?: boolean;
}

/** What was seen. Times in milliseconds, memory in bytes. */
export interface Siege {
  /** Stories of the real worker that were led to their end during the attack. */
  readonly stories: number;
  /** The files each story changed in its project. */
  readonly changed: readonly (readonly string[])[];
  readonly approved: number;
  /** Calls of an honest worker beside it: on one connection and on a new one each. */
  readonly calls: { readonly kept: Latencies; readonly fresh: Latencies };
  /** Acts of the user in the serving process. */
  readonly acts: Latencies;
  readonly before: Measured;
  readonly during: Measured;
  /** When the attackers have gone. */
  readonly after: Measured;
  readonly tally: Tally;
}

export interface Latencies {
  readonly count: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

/** The real door in a process of its own, attacked from others, while real workers beside it play the story. */
export async function siege({ seconds, sockets = 2_000, warm = true }: SiegeOptions): Promise<Siege> {
  const folder = await temporaryFolder('siege');
  const child = fork(program);
  const ask = asker(child);
  try {
    const rehearsal = await bundled(join(folder, 'rehearsal.js'));
    const { url, tokens } = (await ask('open')) as Opened;
    const token = (name: string): string => tokens[name] ?? '';
    const projects: string[] = [];
    const acts: number[] = [];
    const play = async (): Promise<void> => {
      const project = join(folder, `project${projects.length}`);
      mkdirSync(project);
      projectRepository(project);
      for (const name of ['builder', 'writer']) {
        new RunningWorker({
          name,
          url,
          token: token(name),
          folder: project,
          script: storyFile,
          program: rehearsal,
        });
      }
      acts.push(...((await ask('lead')) as Led).acts);
      await endWorkers();
      projects.push(project);
    };
    if (warm) await play();
    const inPeace = projects.length;
    acts.length = 0;
    const before = (await ask('measure')) as Measured;
    const attacking = attack({ url, token: token('turncoat'), sockets });
    const begun = performance.now();
    const end = begun + seconds * 1_000;
    const stop = new AbortController();
    const kept = witness(url, token('witness'), true, stop.signal);
    const fresh = witness(url, token('witness'), false, stop.signal);
    do await play();
    while (performance.now() < end);
    // A quick machine is through before headers that never end have been cut once.
    await wait(Math.max(0, begun + headersEnd - performance.now()));
    stop.abort();
    const calls = { kept: await kept, fresh: await fresh };
    const during = (await ask('measure')) as Measured;
    const tally = await attacking.end();
    let after = (await ask('measure')) as Measured;
    for (let tries = 0; after.sockets > 4 && tries < 400; tries += 1) {
      await wait(100);
      after = (await ask('measure')) as Measured;
    }
    const changed = projects.map(changedFiles);
    return {
      stories: projects.length - inPeace,
      changed,
      approved: after.approved,
      calls,
      acts: latencies(acts, 0),
      before,
      during,
      after,
      tally,
    };
  } finally {
    await endWorkers();
    if (child.connected) await ask('close').catch(() => undefined);
    child.kill('SIGKILL');
    await removeFolder(folder);
  }
}

function asker(child: ChildProcess): (request: Request) => Promise<unknown> {
  let lastId = 0;
  return async (request) => {
    const id = (lastId += 1);
    child.send({ id, request });
    for (;;) {
      const [said] = (await once(child, 'message')) as [{ id: number; answer?: unknown; error?: string }];
      if (said.id !== id) continue;
      if (said.error !== undefined) throw new Error(said.error);
      return said.answer;
    }
  };
}

/** A worker that looks at its task ten times a second, until it is stopped. */
async function witness(
  url: string,
  token: string,
  keepAlive: boolean,
  stopped: AbortSignal,
): Promise<Latencies> {
  const agent = new Agent({ keepAlive, maxSockets: 1 });
  const took: number[] = [];
  let failed = 0;
  while (!stopped.aborted) {
    const began = performance.now();
    if ((await look(url, token, agent)) === 200) took.push(performance.now() - began);
    else failed += 1;
    await wait(100);
  }
  agent.destroy();
  return latencies(took, failed);
}

function look(url: string, token: string, agent: Agent): Promise<number> {
  const text = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'get_task', arguments: {} },
  });
  return new Promise((resolve) => {
    const request = send(url, {
      method: 'POST',
      agent,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        'content-length': text.length,
      },
    });
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve(0));
    });
    request.on('error', () => resolve(0));
    request.end(text);
  });
}

function latencies(took: readonly number[], failed: number): Latencies {
  const sorted = [...took].sort((left, right) => left - right);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { count: sorted.length, failed, p50: at(0.5), p99: at(0.99), longest: at(1) };
}

// `node test/bench/attack/siege.ts SECONDS`
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await siege({ seconds: Number(process.argv[2] ?? '60') }), undefined, 2));
}
