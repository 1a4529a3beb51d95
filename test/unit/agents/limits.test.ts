import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { beginStep, openHouse, type House } from './house.ts';
import { until } from '../../rig/until.ts';
import { bytes, messageIn, olderCall, raw, socketTo } from './raw.ts';

describe('the agents’ door: limits', function () {
  this.timeout(120_000);
  let house: House;
  let token: string;
  const call = olderCall('get_task');

  before(async () => {
    house = await openHouse();
    ({ token } = await house.addWorker('Writer'));
    await beginStep(house, ['Export the function total']);
    await house.act({ type: 'dispatch', worker: 1 });
  });
  after(() => house.close());

  const stillAnswers = async (): Promise<void> => {
    assert.equal((await raw(house, { token, body: call })).status, 200);
  };
  /** Refused before any call of ours ran: nothing is in the journal that was not there. */
  const refusedWhole = async (text: string, status = 400): Promise<void> => {
    const head = house.desk.state.seq;
    const reply = await raw(house, { token, text });
    assert.equal(reply.status, status, text.slice(0, 80));
    assert.ok((messageIn(reply).error?.message ?? '').length > 10, 'it says why');
    assert.equal(house.desk.state.seq, head);
  };

  it('closes the connection on a body of 100 MB, declared or not', async () => {
    const place = `Host: 127.0.0.1:${house.door.port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json`;
    const declared = await bytes(
      house,
      `POST /mcp HTTP/1.1\r\n${place}\r\nContent-Length: 104857600\r\n\r\n{`,
    );
    assert.match(declared, /^HTTP\/1\.1 413 [^]*connection: close/i);

    const socket = await socketTo(house);
    let read = '';
    socket.on('data', (chunk) => (read += chunk.toString()));
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.write(`POST /mcp HTTP/1.1\r\n${place}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    let sent = 0;
    while (!socket.destroyed && !socket.closed && sent < 100 * 1_048_576) {
      sent += 0x10000;
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
    }
    await closed;
    assert.ok(sent < 20 * 1_048_576, `${sent} bytes were taken`);
    if (read !== '') assert.match(read, /^HTTP\/1\.1 413 /);
    await stillAnswers();
  });

  it('takes a body of just under 1 MiB and none of just over', async () => {
    const filler = (size: number): string => {
      const text = JSON.stringify(olderCall('get_task', { wait_seconds: 0 }));
      return text + ' '.repeat(size - text.length);
    };
    assert.equal((await raw(house, { token, text: filler(1_048_576) })).status, 200);
    assert.equal((await raw(house, { token, text: filler(1_048_577) })).status, 413);
  });

  it('answers its workers while 2,000 sockets stand idle', async () => {
    const sockets: Socket[] = [];
    for (let n = 0; n < 2_000; n += 1) {
      const socket = await socketTo(house).catch(() => undefined);
      if (!socket) continue;
      socket.on('error', () => undefined);
      sockets.push(socket);
      if (n % 500 === 499) await stillAnswers();
    }
    await stillAnswers();
    for (const socket of sockets) socket.destroy();
  });

  it('lets one token hold only so many connections, and cuts those it has not used for the longest', async () => {
    const place = `Host: 127.0.0.1:${house.door.port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json`;
    const text = JSON.stringify(call);
    const hoarded: Socket[] = [];
    for (let n = 0; n < 40; n += 1) {
      const socket = await socketTo(house);
      socket.on('error', () => undefined);
      hoarded.push(socket);
      socket.write(`POST /mcp HTTP/1.1\r\n${place}\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
      await once(socket, 'data');
    }
    await until(
      () => hoarded.map(({ closed }) => closed),
      (closed) => closed.indexOf(false) === 8 && !closed.includes(true, 8),
    );
    const other = await house.addWorker('Scribe');
    assert.equal((await raw(house, { token: other.token, body: call })).status, 200);
    for (const socket of hoarded) socket.destroy();
  });

  it('refuses depth, foreign keys, batches and too many values before any handler runs', async () => {
    const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const withArguments = (json: string): string =>
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"report_progress","arguments":{"task":"1.1","text":"x","more":${json}}}}`;
    await refusedWhole(withArguments(nested(10_000)));
    await refusedWhole(withArguments('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)));
    await refusedWhole(nested(10_000));
    await refusedWhole(withArguments('{"__proto__":{"admin":true}}'));
    await refusedWhole(withArguments('{"constructor":{"prototype":{"admin":true}}}'));
    await refusedWhole(withArguments('{"\\u005f_proto__":1}'));
    await refusedWhole(withArguments(`[${'0,'.repeat(30_000)}0]`));
    await refusedWhole(JSON.stringify(Array.from({ length: 10_000 }, () => olderCall('get_task'))));
    await refusedWhole(JSON.stringify([olderCall('report_progress', { task: '1.1', text: 'in a batch' })]));
    const keys = Array.from({ length: 19_000 }, (_, n) => `"k${n}":1`).join(',');
    await refusedWhole(withArguments(`{${keys}}`));
    await refusedWhole(withArguments(`[${'0,'.repeat(500_000)}0]`));
    await refusedWhole(withArguments('"\\ud800"'));
    // Quoted brackets are no depth.
    const words = '['.repeat(500);
    assert.match(
      (await raw(house, { token, body: olderCall('report_progress', { task: '1.1', text: words }) })).body,
      /Noted/,
    );
  });

  it('does not send a long text back in its refusal', async () => {
    const long = 'a b '.repeat(4_999);
    const question = {
      task: '1.1',
      question: long,
      options: [long, long],
      recommended: long,
      blocking: 'perhaps',
    };
    const reply = await raw(house, { token, body: olderCall('ask_question', question) });
    assert.match(reply.body, /REFUSED question-incomplete/);
    assert.ok(reply.body.length < 20_000, `${reply.body.length} characters`);
  });

  it('refuses what is no JSON, and a body of the wrong kind', async () => {
    for (const text of ['{', 'null', '"x"', '12', '{"jsonrpc":"2.0"', '\u0000', "{'a':1}"])
      await refusedWhole(text);
    assert.equal(
      (await raw(house, { token, body: call, headers: { 'content-type': 'text/plain' } })).status,
      415,
    );
    assert.equal(
      (await raw(house, { token, body: call, headers: { 'content-encoding': 'gzip' } })).status,
      415,
    );
    assert.equal((await raw(house, { token, method: 'POST' })).status, 415);
  });

  it('refuses ids that are no ids', async () => {
    for (const id of [
      '1e308',
      '1.5',
      '-9007199254740993',
      '{}',
      '[1]',
      'true',
      'null',
      '""',
      `"${'x'.repeat(1_000)}"`,
    ]) {
      await refusedWhole(
        `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"acknowledge_task","arguments":{"task":"1.1"}}}`,
      );
    }
  });

  it('refuses wrong types, missing and unknown arguments by name, and changes nothing', async () => {
    const wrong: [string, Record<string, unknown>, RegExp][] = [
      ['report_progress', {}, /task/],
      ['report_progress', { task: '1.1' }, /text/],
      ['report_progress', { task: 1, text: 'x' }, /task/],
      ['report_progress', { task: '1.1', text: ['x'] }, /text/],
      ['report_progress', { task: '1.1', text: 'x'.repeat(4_001) }, /text/],
      ['report_progress', { task: '1.1', text: 'x', worker: 2 }, /worker/],
      ['get_task', { wait_seconds: 46 }, /wait_seconds/],
      ['get_task', { wait_seconds: -1 }, /wait_seconds/],
      ['get_answer', { question: '1' }, /question/],
      ['get_answer', { question: 1e308 }, /question/],
      ['submit_result', { task: '1.1', evidence: 'all fine' }, /evidence/],
      ['submit_result', { task: '1.1', files: Array.from({ length: 201 }, () => 'a') }, /files/],
      ['submit_result', { task: '1.1', override: true }, /override/],
    ];
    for (const [name, input, named] of wrong) {
      const head = house.desk.state.seq;
      const { result } = messageIn(await raw(house, { token, body: olderCall(name, input) }));
      assert.equal(result?.['isError'], true, name);
      const [content] = result?.['content'] as [{ text: string }];
      assert.match(content.text, /^REFUSED bad-arguments: /);
      assert.match(content.text, named);
      assert.match(content.text, /NEXT: /);
      assert.equal(house.desk.state.seq, head);
    }
    const body = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'drop_table', arguments: {} },
    };
    assert.equal(messageIn(await raw(house, { token, body })).error?.code, -32_602);
  });
});

describe('the agents’ door: how fast one may call', () => {
  let house: House;
  before(async () => {
    house = await openHouse({ callsPerSecond: 10 });
  });
  after(() => house.close());

  it('answers 429 with a sentence to one who calls too fast, and not to another', async () => {
    const { token } = await house.addWorker('Writer');
    const other = await house.addWorker('Scribe');
    const replies = [];
    for (let n = 0; n < 40; n += 1) replies.push(await raw(house, { token, body: olderCall('get_task') }));
    const refused = replies.filter(({ status }) => status === 429);
    assert.ok(refused.length > 0);
    for (const reply of refused) {
      assert.match(messageIn(reply).error?.message ?? '', /wait a second/i);
      assert.equal(reply.headers['retry-after'], '1');
    }
    assert.equal((await raw(house, { token: other.token, body: olderCall('get_task') })).status, 200);
  });

  it('counts a long body as the many calls it stands for', async () => {
    const { token } = await house.addWorker('Talker');
    const body = olderCall('report_progress', { task: '1.1', text: 'x'.repeat(1_000_000) });
    assert.equal((await raw(house, { token, body })).status, 200);
    assert.equal((await raw(house, { token, body: olderCall('get_task') })).status, 429);
  });

  it('cuts who goes on sending while its refusal waits', async () => {
    const { token } = await house.addWorker('Stutterer');
    const text = JSON.stringify(olderCall('get_task'));
    const request =
      `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${house.door.port}\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
    const read = await bytes(house, request.repeat(200));
    assert.ok(read.split('HTTP/1.1 429').length <= 2, 'at most one refusal');
  });

  it('lets one worker wait only so often at once', async () => {
    const { token, worker } = await house.addWorker('Cleo');
    const waits = Array.from({ length: 18 }, () =>
      raw(house, { token, body: olderCall('get_task', { wait_seconds: 45 }) }),
    );
    const first = await Promise.race(waits);
    assert.equal(first.status, 429);
    await house.act({ type: 'remove-worker', worker, reason: 'done' });
    for (const wait of waits) void wait.catch(() => undefined);
  });
});

describe('the agents’ door: who takes too long', () => {
  let house: House;
  let token: string;
  before(async () => {
    house = await openHouse({ patience: 1_500 });
    ({ token } = await house.addWorker('Writer'));
  });
  after(() => house.close());

  it('gives up on a body, and on headers, that come byte by byte', async () => {
    const slow = await socketTo(house);
    slow.on('error', () => undefined);
    slow.write(
      `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${house.door.port}\r\nAuthorization: Bearer ${token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
    );
    const slower = await socketTo(house);
    slower.on('error', () => undefined);
    slower.write('POST /mcp HTTP/1.1\r\n');
    const drip = setInterval(() => {
      for (const socket of [slow, slower]) if (!socket.destroyed) socket.write(' ');
    }, 100);
    const ends = [slow, slower].map(
      (socket) => new Promise<void>((resolve) => socket.on('close', () => resolve())),
    );
    for (const socket of [slow, slower]) socket.resume();
    assert.equal((await raw(house, { token, body: olderCall('get_task') })).status, 200);
    await Promise.all(ends);
    clearInterval(drip);
    assert.equal((await raw(house, { token, body: olderCall('get_task') })).status, 200);
  });

  it('closes a connection that never says anything', async () => {
    const socket = await socketTo(house);
    socket.on('error', () => undefined);
    socket.resume();
    await once(socket, 'close');
  });
});
