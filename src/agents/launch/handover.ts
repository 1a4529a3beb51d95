import { randomBytes, timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a worker's process is given: its argument list, and its own environment on top of its terminal's. */
export interface Handed {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** It says in its record how that ended, and waits to be read. */
  readonly stays?: boolean;
}

/**
 * Hands a worker's token to its own process and to nothing else. An editor writes down the environment of a
 * terminal to bring the terminal back; so that has only a ticket, good once and for half a minute.
 */
export interface Handover {
  /** The pipe or socket the launcher asks at. */
  readonly path: string;
  /** A new ticket for these things. `taken` hears which process fetches them, and may say that it gets nothing. */
  offer(handed: Handed, taken?: (pid: number) => boolean): string;
  dispose(): Promise<void>;
}

const lifetime = 30_000;
const longestAsk = 60;

interface Offer {
  readonly handed: Handed;
  readonly taken: ((pid: number) => boolean) | undefined;
}

export async function openHandover(): Promise<Handover> {
  const name = `lockkeeper-${randomBytes(8).toString('hex')}`;
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  const offers = new Map<string, Offer>();
  const server: Server = createServer((socket) => serve(socket, (ticket, pid) => take(offers, ticket, pid)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  server.unref();
  return {
    path,
    offer(handed, taken) {
      const ticket = randomBytes(32).toString('base64url');
      offers.set(ticket, { handed, taken });
      setTimeout(() => offers.delete(ticket), lifetime).unref();
      return ticket;
    },
    async dispose() {
      offers.clear();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      if (process.platform !== 'win32') await rm(path, { force: true });
    },
  };
}

/** What is asked with is the ticket, a blank, and the number of the process that asks. */
function serve(socket: Socket, answer: (ticket: string, pid: number) => Handed | undefined): void {
  let asked = '';
  socket.setTimeout(lifetime, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    asked += data.toString('latin1');
    if (asked.length > longestAsk) return void socket.destroy();
    if (!asked.endsWith('\n')) return;
    const [ticket = '', pid = ''] = asked.trim().split(' ');
    const handed = answer(ticket, Number(pid));
    socket.end(handed ? JSON.stringify(handed) : '');
  });
}

function take(offers: Map<string, Offer>, ticket: string, pid: number): Handed | undefined {
  const given = Buffer.from(ticket);
  for (const [known, { handed, taken }] of offers) {
    const other = Buffer.from(known);
    if (given.length !== other.length || !timingSafeEqual(given, other)) continue;
    offers.delete(known);
    return taken?.(pid) === false ? undefined : handed;
  }
  return undefined;
}
