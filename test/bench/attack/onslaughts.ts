import { request as send, Agent, type OutgoingHttpHeaders } from 'node:http';
import { connect as dial } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What is attacked, and with which good token: a worker's that has turned. */
export interface Target {
  readonly port: number;
  readonly token: string;
  /** How many connections are held open at once. */
  readonly sockets: number;
}

/** How often what came back: a status, or `broken` where the connection was cut. */
export type Tally = Record<string, number>;

export interface Onslaught extends Target {
  readonly tally: Tally;
  /** Aborts when the time is up. */
  readonly over: AbortSignal;
}

function count(tally: Tally, what: string): void {
  tally[what] = (tally[what] ?? 0) + 1;
}

/** One more try as soon as the last one ended, in so many lanes, until the time is up. */
async function lanes(
  width: number,
  { over }: Onslaught,
  once: (lane: number) => Promise<void>,
): Promise<void> {
  const lane = async (_: unknown, index: number): Promise<void> => {
    while (!over.aborted) await once(index);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

interface Shot {
  readonly token?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly text?: string;
  readonly agent?: Agent;
  /** Sent without saying how long it is. */
  readonly chunked?: boolean;
}

/** One request; what came back is counted under its kind, and read to its end. */
function shoot({ port, tally, over }: Onslaught, kind: string, shot: Shot): Promise<void> {
  const { token, headers, text = '', agent, chunked = false } = shot;
  return new Promise((resolve) => {
    const request = send({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/mcp',
      agent: agent ?? false,
      signal: over,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(chunked ? {} : { 'content-length': Buffer.byteLength(text) }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    let status = 'broken';
    request.on('response', (response) => {
      status = String(response.statusCode);
      response.resume();
      response.on('error', () => undefined);
    });
    request.on('error', () => undefined);
    request.on('close', () => {
      if (!over.aborted) count(tally, `${kind} ${status}`);
      // A refused connection is no reason to spin.
      if (status === 'broken') void wait(5).then(resolve);
      else resolve();
    });
    request.end(text);
  });
}

/** Connections that say nothing; each that is cut is dialled again. */
async function idle({ port, sockets, tally, over }: Onslaught): Promise<void> {
  await Promise.all(
    Array.from({ length: sockets }, async (_, index) => {
      await wait(index / 4);
      while (!over.aborted) {
        count(tally, 'socket dialled');
        await held(port, over);
        await wait(500, undefined, { signal: over }).catch(() => undefined);
      }
    }),
  );
}

async function held(port: number, over: AbortSignal, first = '', more = ''): Promise<void> {
  if (over.aborted) return;
  await new Promise<void>((resolve) => {
    const socket = dial(port, '127.0.0.1');
    const drip = more === '' ? undefined : setInterval(() => socket.write(more), 1_000);
    const end = (): void => void socket.destroy();
    over.addEventListener('abort', end, { once: true });
    if (first !== '') socket.write(first);
    socket.resume();
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      over.removeEventListener('abort', end);
      resolve();
    });
  });
}

/** Headers that never end, and bodies of a byte a second: without a token, and with a good one. */
async function slow(onslaught: Onslaught): Promise<void> {
  const { port, token, tally, over } = onslaught;
  const start = `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
  const body = 'Content-Type: application/json\r\nContent-Length: 1000\r\n';
  const kinds: readonly (readonly [string, string, string])[] = [
    ['slow headers', start, 'X'],
    ['slow headers with a token', `${start}Authorization: Bearer ${token}\r\n`, 'X'],
    ['slow body', `${start}${body}\r\n`, ' '],
    ['slow body with a token', `${start}Authorization: Bearer ${token}\r\n${body}\r\n`, ' '],
  ];
  await lanes(100, onslaught, async (lane) => {
    const [kind, first, more] = kinds[lane % kinds.length] ?? ['', '', ''];
    await held(port, over, first, more);
    if (!over.aborted) count(tally, `${kind} cut`);
    await wait(50);
  });
}

/** 4 MiB, with and without its length, with and without a good token. */
async function bodies(onslaught: Onslaught): Promise<void> {
  const text = JSON.stringify(call('report_progress', { task: '1.1', text: 'x'.repeat(4 * 1_048_576) }));
  await lanes(4, onslaught, (lane) =>
    shoot(onslaught, 'body of 4 MiB', {
      text,
      chunked: lane % 2 === 1,
      ...(lane < 2 ? { token: onslaught.token } : {}),
    }),
  );
}

/** Well-formed requests of just under 1 MiB that cost as much as can be to read. */
export function costly(): Readonly<Record<string, string>> {
  const almost = 1_048_000;
  const input = (name: string, json: string): string =>
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${name}","arguments":${json}}}`;
  const nested = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
  const many = (one: string, most = almost): string =>
    Array.from({ length: Math.floor(most / (one.length + 1)) }, () => one).join(',');
  const result = (field: string, json: string): string =>
    input('submit_result', `{"task":"1.1","${field}":${json}}`);
  return {
    'depth of 10,000': input('report_progress', `{"task":"1.1","text":${nested(10_000)}}`),
    'depth of 500,000': nested(520_000),
    'depth of 31, often': result('still_open', `[${many(nested(26), 400_000)}]`),
    'foreign keys': input('get_task', `{"__proto__":{"wait_seconds":45}}`),
    'a batch of 10,000': `[${many(JSON.stringify(call('get_task')), 900_000)}]`,
    'an id of 1e308': '{"jsonrpc":"2.0","id":1e308,"method":"tools/call","params":{"name":"get_task"}}',
    'half a million values': result('files', `[${many('0')}]`),
    '9,000 wrong items': result('still_open', `[${many('{"a":1}', 9_000 * 8)}]`),
    '9,000 wrong pieces of evidence': result('evidence', `[${many('{}', 9_000 * 3)}]`),
    '19,000 wrong files': result('files', `[${many('0', 19_000 * 2)}]`),
    '19,000 long files': result('files', `[${many(`"${'x'.repeat(50)}"`, 19_000 * 53)}]`),
    '19,000 keys': input(
      'submit_result',
      `{${Array.from({ length: 19_000 }, (_, n) => `"k${n}":1`).join(',')}}`,
    ),
    '90 long keys': input(
      'submit_result',
      `{${Array.from({ length: 90 }, (_, n) => `"${'k'.repeat(11_000)}${n}":1`).join(',')}}`,
    ),
    'one long text': input('report_progress', `{"task":"1.1","text":"${'x'.repeat(almost)}"}`),
    'escaped text': input('report_progress', `{"task":"1.1","text":"${'\\u200b'.repeat(almost / 6)}"}`),
    'a question of long texts': input(
      'ask_question',
      `{"task":"1.1","question":"${'why not and then '.repeat(1_170)}","context":"${'so. And '.repeat(2_490)}","options":[${many(`"${'maybe this. '.repeat(1_600)}"`, 900_000)}],"recommended":"x"}`,
    ),
    'a result of long texts': result(
      'evidence',
      `[${many(`{"done_when":1,"shows":"${'none. nothing, n/a - '.repeat(230)}"}`, 900_000)}]`,
    ),
    'open items of long texts': result(
      'still_open',
      `[${many(`"${'and then do the rest of it. '.repeat(180)}"`, 900_000)}]`,
    ),
    'a long method': `{"jsonrpc":"2.0","id":1,"method":"${'m'.repeat(almost)}"}`,
    'a long tool': input('x'.repeat(almost), '{}'),
    'a long id': `{"jsonrpc":"2.0","id":"${'x'.repeat(almost)}","method":"ping"}`,
    'a long meta': `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_task","arguments":{},"_meta":{"a":[${many('{"b":1}', 9_000 * 8)}]}}}`,
    spaces: `{"jsonrpc":"2.0","id":1,"method":"ping"${' '.repeat(almost)}}`,
    'no JSON': `${' '.repeat(almost)}x`,
  };
}

async function deep(onslaught: Onslaught): Promise<void> {
  const texts = Object.values(costly());
  const agent = new Agent({ keepAlive: true });
  let next = 0;
  await lanes(4, onslaught, (lane) => {
    const text = texts[(next += 1) % texts.length] ?? '';
    return shoot(onslaught, 'costly body', { token: onslaught.token, text, ...(lane < 2 ? { agent } : {}) });
  });
  agent.destroy();
}

/** Tokens that are not known, Hosts and Origins that are not ours. */
async function strangers(onslaught: Onslaught): Promise<void> {
  const wrong = 'A'.repeat(43);
  const shots: readonly Shot[] = [
    { token: wrong },
    {},
    { token: onslaught.token, headers: { host: 'evil.example' } },
    { token: onslaught.token, headers: { origin: 'https://evil.example' } },
    { token: 'x'.repeat(12_000) },
  ];
  const text = JSON.stringify(call('get_task'));
  await lanes(8, onslaught, (lane) =>
    shoot(onslaught, 'stranger', { text, ...(shots[lane % shots.length] ?? {}) }),
  );
}

/** A good token that calls whatever there is, as fast as it can: the list, others' tasks, nonsense, long waits. */
async function garbage(onslaught: Onslaught): Promise<void> {
  const calls = [
    call('report_progress', { task: '1.1', text: 'mine' }),
    call('submit_result', { task: '1.1', outcome: 'done', still_open: 'Nothing' }),
    call('drop_todo', { todo: 1, reason: 'x' }),
    call('release_step'),
    call('approve_result', { result: 1 }),
    call('list_todos', { limit: 200 }),
    call('get_task', { wait_seconds: 45 }),
    call('get_answer', { question: 1, wait_seconds: 45 }),
    call('no_such_call'),
    { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    { jsonrpc: '2.0', id: 1, method: 'initialize', params: {} },
    { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } },
    { jsonrpc: '2.0', id: 1, method: 'resources/subscribe', params: { uri: 'x' } },
  ].map((one) => JSON.stringify(one));
  const agent = new Agent({ keepAlive: true });
  let next = 0;
  await lanes(48, onslaught, async (lane) => {
    const text = calls[(next += 1) % calls.length] ?? '';
    // Every third on a connection of its own.
    await shoot(onslaught, 'garbage', {
      token: onslaught.token,
      text,
      ...(lane % 3 === 0 ? {} : { agent }),
    });
  });
  agent.destroy();
}

/** A good token on connections that are then left open. */
async function hoard(onslaught: Onslaught): Promise<void> {
  const { port, token, tally, over } = onslaught;
  const text = JSON.stringify(call('get_task'));
  const request = `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
  await lanes(1_000, onslaught, async (lane) => {
    await wait(lane);
    await held(port, over, request);
    if (!over.aborted) count(tally, 'hoarded socket cut');
    await wait(500);
  });
}

function call(name: string, input: object = {}): object {
  return { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } };
}

/** What one process of the attack does at once. */
export const onslaughts: Readonly<Record<string, readonly ((onslaught: Onslaught) => Promise<void>)[]>> = {
  connections: [idle, slow, hoard],
  bodies: [bodies, deep],
  calls: [strangers, garbage],
};
