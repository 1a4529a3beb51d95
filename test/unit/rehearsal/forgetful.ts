import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

const writes = new Set(['acknowledge_task', 'report_progress', 'ask_question', 'submit_result']);

/** A door before the door: of each write it lets the first try through and loses the answer. */
export class ForgetfulDoor {
  readonly #server: Server;
  readonly #seen = new Set<string>();
  readonly #port: number;
  lost = 0;

  private constructor(port: number) {
    this.#port = port;
    this.#server = createServer((incoming, outgoing) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => {
        const body = Buffer.concat(parts);
        const forget = this.#isFirst(body.toString());
        const headers = { ...incoming.headers, host: `127.0.0.1:${port}` };
        const on = { host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers };
        const behind = request(on, (answer) => {
          if (forget) {
            // Read to its end: what was asked for is done, and the one who asked never hears of it.
            answer.resume().on('end', () => outgoing.destroy());
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        });
        behind.on('error', () => outgoing.destroy());
        outgoing.on('close', () => behind.destroy());
        behind.end(body);
      });
    });
  }

  static async before(port: number): Promise<ForgetfulDoor> {
    const door = new ForgetfulDoor(port);
    door.#server.listen(0, '127.0.0.1');
    await once(door.#server, 'listening');
    return door;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/mcp`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #isFirst(body: string): boolean {
    const { method, params } = JSON.parse(body) as {
      method: string;
      params?: { name: string; arguments?: unknown };
    };
    if (method !== 'tools/call' || params === undefined || !writes.has(params.name)) return false;
    const key = JSON.stringify([params.name, params.arguments]);
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    this.lost += 1;
    return true;
  }
}
