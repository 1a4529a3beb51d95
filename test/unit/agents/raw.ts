import { request as send, type IncomingHttpHeaders } from 'node:http';
import { connect as dial, type Socket } from 'node:net';
import type { House } from './house.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly token?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: unknown;
  /** Sent as it is, in place of the JSON of `body`. */
  readonly text?: string;
}

/** One HTTP request as it is written here, without a client's good manners. */
export function raw(house: House, options: RawRequest): Promise<Reply> {
  const { method = 'POST', path = '/mcp', token, headers = {}, body } = options;
  const text = options.text ?? (body === undefined ? '' : JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const request = send(
      {
        host: '127.0.0.1',
        port: house.door.port,
        method,
        path,
        agent: false,
        headers: {
          ...(text === ''
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          accept: 'application/json, text/event-stream',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
      },
      (response) => {
        let read = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (read += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read }),
        );
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(text);
  });
}

let lastId = 0;

/** A call as an older client sends it; without MCP-Protocol-Version, as some never do. */
export function olderCall(name: string, input: Record<string, unknown> = {}): Record<string, unknown> {
  lastId += 1;
  return { jsonrpc: '2.0', id: lastId, method: 'tools/call', params: { name, arguments: input } };
}

/** What a reply says, whether it came as JSON or as an event. */
export function messageIn({ body }: Reply): {
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
} {
  const data = body
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .at(-1);
  return JSON.parse(data === undefined ? body : data.slice(6)) as ReturnType<typeof messageIn>;
}

/** Bytes on a bare socket, and what comes back until the other side closes. */
export function bytes(house: House, text: string): Promise<string> {
  return new Promise((resolve) => {
    let read = '';
    const socket = dial(house.door.port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (read += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(read));
  });
}

export function socketTo(house: House): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = dial(house.door.port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}
