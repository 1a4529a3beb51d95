import assert from 'node:assert/strict';
import type { CallRow } from '../../../src/contract/callRow.ts';
import { calls } from '../../../src/contract/calls.ts';
import { authority } from '../../../src/desk/authority.ts';
import { connect, statelessMeta } from './clients.ts';
import { beginStep, openHouse, type House } from './house.ts';
import { messageIn, olderCall, raw } from './raw.ts';

interface ListedTool {
  name: string;
  title?: string;
  description?: string;
  annotations?: Record<string, unknown>;
  inputSchema: Record<string, unknown>;
}

describe('the agents’ door: both eras of MCP on one endpoint', () => {
  let house: House;
  let token: string;
  let seat: string;

  before(async () => {
    house = await openHouse();
    ({ token } = await house.addWorker('Writer'));
    seat = await house.lendSeat();
    await beginStep(house, ['Export the function total']);
    await house.act({ type: 'dispatch', worker: 1 });
  });
  after(() => house.close());

  it('answers initialize, notifications, ping and calls of 2025-06-18 without MCP-Protocol-Version', async () => {
    for (const protocolVersion of ['2025-06-18', '2025-11-25', '2025-03-26']) {
      const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'old', version: '1' } };
      const hello = await raw(house, {
        token,
        body: { jsonrpc: '2.0', id: 0, method: 'initialize', params },
      });
      assert.equal(hello.status, 200);
      const { result } = messageIn(hello);
      assert.equal(result?.['protocolVersion'], protocolVersion);
      assert.match(String(result?.['instructions']), /get_task/);
      assert.equal(hello.headers['mcp-session-id'], undefined, 'no session to lose');
    }
    const ready = await raw(house, { token, body: { jsonrpc: '2.0', method: 'notifications/initialized' } });
    assert.equal(ready.status, 202);
    const ping = messageIn(await raw(house, { token, body: { jsonrpc: '2.0', id: 'p', method: 'ping' } }));
    assert.deepEqual(ping.result, {});
    const task = messageIn(await raw(house, { token, body: olderCall('get_task') })).result;
    assert.equal((task?.['structuredContent'] as { task: string }).task, '1.1');
  });

  it('answers 405 to GET and DELETE', async () => {
    for (const method of ['GET', 'DELETE', 'PUT', 'HEAD']) {
      const reply = await raw(house, { token, method, headers: { accept: 'text/event-stream' } });
      assert.equal(reply.status, 405);
      assert.equal(reply.headers.allow, 'POST');
    }
  });

  it('answers a stateless 2026-07-28 request, and one whose headers say otherwise not', async () => {
    const body = (method: string, params: object = {}): object => ({
      jsonrpc: '2.0',
      id: 'a-string',
      method,
      params: { ...params, _meta: statelessMeta },
    });
    const headers = { 'mcp-protocol-version': '2026-07-28' };
    const found = await raw(house, {
      token,
      headers: { ...headers, 'mcp-method': 'server/discover' },
      body: body('server/discover'),
    });
    assert.equal(found.status, 200);
    assert.deepEqual(messageIn(found).result?.['supportedVersions'], ['2026-07-28']);
    const named = { ...headers, 'mcp-method': 'tools/call', 'mcp-name': 'get_task' };
    const call = body('tools/call', { name: 'get_task', arguments: {} });
    const task = await raw(house, { token, headers: named, body: call });
    assert.equal((messageIn(task).result?.['structuredContent'] as { task: string }).task, '1.1');
    const other = await raw(house, { token, headers: { ...named, 'mcp-name': 'get_status' }, body: call });
    assert.equal(other.status, 400);
  });

  it('shows a seat its own calls only, each with annotations that are true', async () => {
    for (const [who, key] of [
      ['worker', token],
      ['orchestrator', seat],
    ] as const) {
      const reply = await raw(house, { token: key, body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } });
      assert.ok(Buffer.byteLength(reply.body) <= 44_000, `${Buffer.byteLength(reply.body)} bytes`);
      const tools = messageIn(reply).result?.['tools'] as ListedTool[];
      const own = Object.entries(calls).filter(([, row]) => row.seat === who);
      assert.deepEqual(tools.map(({ name }) => name).sort(), own.map(([name]) => name).sort());
      for (const tool of tools) {
        const row = own.find(([name]) => name === tool.name)?.[1];
        const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = tool.annotations ?? {};
        assert.equal(
          readOnlyHint,
          row !== undefined && !('act' in row) && !('also' in row),
          `${tool.name} reads only`,
        );
        assert.equal(typeof destructiveHint, 'boolean');
        assert.equal(typeof idempotentHint, 'boolean');
        assert.equal(openWorldHint, false);
        assert.ok(tool.title && tool.description && tool.description.length <= 400, tool.name);
        assert.equal(tool.inputSchema['additionalProperties'], false, `${tool.name} takes nothing unnamed`);
      }
    }
  });

  it('T5: offers no call for what is the user’s alone, and no argument that overrides', () => {
    for (const [name, row] of Object.entries(calls)) {
      if ('act' in row) assert.ok((authority[row.act] as readonly string[]).includes(row.seat), name);
      assert.doesNotMatch(
        JSON.stringify(Object.keys(row.input.shape)),
        /overrid|force|confirm|as_user/i,
        name,
      );
    }
    const offered = new Set<string>(
      Object.values<CallRow>(calls).flatMap(({ act, also = [] }) =>
        act === undefined ? [] : [act, ...also],
      ),
    );
    for (const [act, seats] of Object.entries(authority)) {
      const isAnAgents = seats.includes('worker') || seats.includes('orchestrator');
      assert.equal(offered.has(act), isAnAgents, act);
    }
  });

  it('speaks to the real client in both modes', async () => {
    for (const mode of ['auto', 'legacy'] as const) {
      const agent = await connect(house.door.url, token, mode);
      assert.equal((await agent.client?.listTools())?.tools.length, 8);
      await agent.close();
    }
  });
});
