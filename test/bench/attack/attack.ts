import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onslaughts, type Tally } from './onslaughts.ts';

const program = fileURLToPath(new URL('attacker.ts', import.meta.url));

export interface AttackOptions {
  /** The endpoint, as a worker is told it. */
  readonly url: string;
  /** A good token, of a worker that has turned. */
  readonly token: string;
  readonly sockets?: number;
}

/** An attack that is under way. */
export interface Attack {
  /** Ends it; what came back, by kind. */
  end(): Promise<Tally>;
}

/** Attacks the endpoint from processes of their own until it is ended. */
export function attack({ url, token, sockets = 2_000 }: AttackOptions): Attack {
  const target = JSON.stringify({ port: Number(new URL(url).port), token, sockets });
  const processes = Object.keys(onslaughts).map((which) => fork(program, [which, target]));
  return {
    async end() {
      const tallies = await Promise.all(processes.map(stop));
      return Object.fromEntries(tallies.flatMap((tally) => Object.entries(tally)).sort());
    },
  };
}

async function stop(child: ChildProcess): Promise<Tally> {
  const told = once(child, 'message') as Promise<[Tally]>;
  child.send('end');
  const [[tally]] = await Promise.all([told, once(child, 'exit')]);
  return tally;
}

// `node test/bench/attack/attack.ts URL TOKEN SECONDS`: against whatever listens there.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , url = '', token = '', seconds = '60'] = process.argv;
  const running = attack({ url, token });
  await wait(Number(seconds) * 1_000);
  console.log(await running.end());
}
