import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { calls } from '../../../src/contract/calls.ts';
import { hashToken } from '../../../src/agents/credentials.ts';
import { resultFor } from './clients.ts';
import { beginStep, openHouse, wirePacketFor, type House } from './house.ts';
import { bytes, olderCall, raw } from './raw.ts';

describe('the agents’ door: a token stays with who holds it', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());

  it('is in no answer, no error, no log and no file', async () => {
    const { token } = await house.addWorker('Writer');
    const seat = await house.lendSeat();
    await beginStep(house, ['Export the function total']);
    await house.act({ type: 'dispatch', worker: 1 });
    let answers = '';
    const keep = async (reply: Promise<{ headers: object; body: string }>): Promise<void> => {
      const { headers, body } = await reply;
      answers += JSON.stringify(headers) + body;
    };
    for (const key of [token, seat]) {
      for (const name of Object.keys(calls)) {
        for (const input of [
          {},
          { ...resultFor('1.1'), packet: wirePacketFor('Do it'), worker: 1 },
          { todo: 1, result: 1, question: 1 },
        ]) {
          await keep(raw(house, { token: key, body: olderCall(name, input) }));
        }
      }
      for (const request of [
        { text: '{' },
        { text: '[]' },
        { body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } },
        { body: { jsonrpc: '2.0', id: 1, method: 'nothing/known' } },
        { body: olderCall('unknown') },
        { method: 'GET' },
        { path: `/mcp?token=${key}` },
        { path: '/guard', body: { call: 'get_status' } },
        { path: '/guard', body: { cwd: house.folder, tool: 'Write', paths: ['a.ts'], write: true } },
        { headers: { 'mcp-protocol-version': '1999-01-01' }, body: olderCall('get_task') },
        { headers: { 'mcp-protocol-version': '2026-07-28' }, body: olderCall('get_task') },
        { headers: { host: 'evil' }, body: olderCall('get_task') },
        { headers: { accept: 'text/plain' }, body: olderCall('get_task') },
      ]) {
        await keep(raw(house, { token: key, ...request }));
      }
      answers += await bytes(house, `NOT HTTP ${key}\r\n\r\n`);
    }
    assert.ok(answers.length > 10_000);
    const files = (folder: string): string[] =>
      readdirSync(folder).flatMap((name) => {
        const path = join(folder, name);
        return statSync(path).isDirectory() ? files(path) : [path];
      });
    const kept = files(house.folder).map((file) => readFileSync(file, 'latin1'));
    assert.ok(
      kept.some((text) => text.includes(hashToken(token))),
      'the search would find what is there',
    );
    for (const secret of [token, seat]) {
      for (const where of [answers, house.logged.join('\n'), ...kept]) assert.ok(!where.includes(secret));
    }
    for (const secret of [hashToken(token), hashToken(seat)]) assert.ok(!answers.includes(secret));
  });
});
