import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { hashToken, mintToken, tokenLifetime } from '../../../src/agents/credentials.ts';
import { openDoor } from '../../../src/agents/endpoint.ts';
import { openHouse, type House } from './house.ts';
import { bytes, olderCall, raw, type Reply } from './raw.ts';

describe('the agents’ door: who is not let in', () => {
  let house: House;
  let token: string;
  let worker: number;
  const call = olderCall('get_task');

  const bare = (reply: Reply, status: number): void => {
    assert.equal(reply.status, status);
    assert.equal(reply.body, '', 'no detail');
    assert.equal(reply.headers['www-authenticate'], undefined);
    for (const name of Object.keys(reply.headers)) assert.doesNotMatch(name, /^access-control/);
  };

  before(async () => {
    house = await openHouse();
    ({ token, worker } = await house.addWorker('Writer'));
  });
  after(() => house.close());

  it('answers 200 to the right token, and hears of its worker', async () => {
    assert.equal((await raw(house, { token, body: call })).status, 200);
    assert.ok(house.contacts.includes(worker));
  });

  it('answers 401 without detail to no token, a wrong one, and one that only looks right', async () => {
    const nearly = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    const wrong = [
      undefined,
      '',
      'x',
      mintToken(),
      nearly,
      `${token}A`,
      ` ${token}`,
      `${token} ${token}`,
      hashToken(token),
    ];
    for (const one of wrong)
      bare(await raw(house, { ...(one === undefined ? {} : { token: one }), body: call }), 401);
    bare(await raw(house, { headers: { authorization: token }, body: call }), 401);
    bare(await raw(house, { headers: { authorization: `Basic ${token}` }, body: call }), 401);
    bare(await raw(house, { headers: { cookie: `token=${token}`, 'x-api-key': token }, body: call }), 401);
  });

  it('answers 401 to a token in the query string', async () => {
    for (const name of ['token', 'access_token', 'authorization']) {
      bare(await raw(house, { path: `/mcp?${name}=${token}`, body: call }), 401);
    }
  });

  it('lets no token with a newline in it through', async () => {
    const place = `Host: 127.0.0.1:${house.door.port}\r\nContent-Length: 2\r\nContent-Type: application/json`;
    for (const cut of ['\n', '\r\n ', '\r', '\0']) {
      const answer = await bytes(
        house,
        `POST /mcp HTTP/1.1\r\n${place}\r\nAuthorization: Bearer ${token.slice(0, 20)}${cut}${token.slice(20)}\r\nConnection: close\r\n\r\n{}`,
      );
      assert.match(answer, /^HTTP\/1\.1 40[01] /, JSON.stringify(cut));
      assert.doesNotMatch(answer, new RegExp(token.slice(0, 20)));
    }
    const twice = await bytes(
      house,
      `POST /mcp HTTP/1.1\r\n${place}\r\nAuthorization: Bearer ${token}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n{}`,
    );
    assert.match(twice, /^HTTP\/1\.1 401 /, 'two headers are one too many');
  });

  it('answers 401 to a revoked, a replaced and an expired token', async () => {
    const gone = await house.addWorker('Scribe');
    assert.equal((await raw(house, { token: gone.token, body: call })).status, 200);
    await house.act({ type: 'remove-worker', worker: gone.worker, reason: 'done here' });
    bare(await raw(house, { token: gone.token, body: call }), 401);

    const renewed = await house.addWorker('Cleo');
    const fresh = mintToken();
    const expires = house.now + tokenLifetime;
    await house.act({ type: 'renew-token', worker: renewed.worker, tokenHash: hashToken(fresh), expires });
    bare(await raw(house, { token: renewed.token, body: call }), 401);
    assert.equal((await raw(house, { token: fresh, body: call })).status, 200);

    const seat = await house.lendSeat();
    const status = olderCall('get_status');
    assert.equal((await raw(house, { token: seat, body: status })).status, 200);
    await house.act({ type: 'take-seat-back', reason: 'mine again' });
    bare(await raw(house, { token: seat, body: status }), 401);

    house.now += tokenLifetime;
    bare(await raw(house, { token: fresh, body: call }), 401);
    house.now -= tokenLifetime;
  });

  it('takes the caller from the token, whatever the arguments claim', async () => {
    const other = await house.addWorker('Dora');
    const claims = olderCall('get_task', { worker, token });
    const reply = await raw(house, { token: other.token, body: claims });
    assert.match(reply.body, /REFUSED bad-arguments/);
  });

  it('answers 403 without a CORS header to a Host that is not ours', async () => {
    const { port } = house.door;
    const hosts = [
      `127.0.0.1.evil:${port}`,
      `localhost.:${port}`,
      `localhost.evil:${port}`,
      `evil:${port}`,
      '127.0.0.1',
      'localhost',
      `127.0.0.1:${port + 1}`,
      `127.1:${port}`,
      `[::1]:${port}`,
      `user@127.0.0.1:${port}`,
      `LOCALHOST.evil:${port}`,
      'null',
    ];
    for (const host of hosts) bare(await raw(house, { token, headers: { host }, body: call }), 403);
    const none = await bytes(
      house,
      `POST /mcp HTTP/1.1\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );
    assert.match(none, /^HTTP\/1\.1 403 /);
    const two = `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`;
    assert.match(await bytes(house, two), /^HTTP\/1\.1 40[03] /);
    const whole = `POST http://evil/mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`;
    assert.match(await bytes(house, whole), /^HTTP\/1\.1 404 /);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      assert.equal((await raw(house, { token, headers: { host }, body: call })).status, 200);
    }
  });

  it('answers 403 to any Origin but our own, and to every preflight', async () => {
    const { port } = house.door;
    const origins = [
      'null',
      'https://example.com',
      `http://127.0.0.1.evil:${port}`,
      'http://localhost',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
      `http://127.0.0.1:${port}/`,
      'vscode-webview://1',
      'file://',
      '',
    ];
    for (const origin of origins) bare(await raw(house, { token, headers: { origin }, body: call }), 403);
    const preflight = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    for (const origin of ['https://example.com', `http://127.0.0.1:${port}`]) {
      bare(await raw(house, { method: 'OPTIONS', headers: { origin, ...preflight } }), 403);
    }
    bare(await raw(house, { method: 'OPTIONS', token }), 403);
    assert.equal(
      (await raw(house, { token, headers: { origin: `http://127.0.0.1:${port}` }, body: call })).status,
      200,
    );
  });

  it('checks Host before the token, so that a good token opens nothing from elsewhere', async () => {
    const before = house.contacts.length;
    bare(await raw(house, { token, headers: { host: 'evil' }, body: call }), 403);
    assert.equal(house.contacts.length, before);
  });

  it('has no OAuth metadata and nothing else to find', async () => {
    for (const path of [
      '/.well-known/oauth-protected-resource',
      '/.well-known/oauth-protected-resource/mcp',
      '/.well-known/oauth-authorization-server',
      '/',
      '/mcp/',
      '/mcp/..',
      '/register',
    ]) {
      for (const method of ['GET', 'POST']) bare(await raw(house, { method, path, token }), 404);
    }
  });

  it('opens on another port when a stranger holds the one of last time', async () => {
    let heard = '';
    const stranger = createServer((socket) => socket.on('data', (chunk) => (heard += chunk.toString())));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const taken = (stranger.address() as AddressInfo).port;
    const log = { info: () => undefined, warn: () => undefined };
    const door = await openDoor({
      desk: house.desk,
      clock: () => house.now,
      port: taken,
      log,
      onContact: () => undefined,
    });
    assert.notEqual(door.port, taken);
    assert.equal((await raw({ ...house, door }, { token, body: call })).status, 200);
    assert.equal(heard, '');
    await door.close();
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('keeps its port when it is free', async () => {
    const log = { info: () => undefined, warn: () => undefined };
    const options = { desk: house.desk, clock: () => house.now, log, onContact: () => undefined };
    const first = await openDoor(options);
    await first.close();
    const second = await openDoor({ ...options, port: first.port });
    assert.equal(second.port, first.port);
    await second.close();
  });
});
