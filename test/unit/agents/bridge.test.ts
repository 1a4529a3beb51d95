import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { connectionText } from '../../../src/editor/workers/connection.ts';
import { openHouse, type House } from './house.ts';

const program = fileURLToPath(new URL('../../../src/agents/bridge/main.ts', import.meta.url));

describe('the bridge for an agent that speaks on standard input alone', () => {
  let house: House;
  let token: string;

  before(async () => {
    house = await openHouse();
    ({ token } = await house.addWorker('web'));
  });

  after(() => house.close());

  const client = async (mode: 'auto' | 'legacy'): Promise<Client> => {
    const made = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
    const env = { LOCKKEEPER_URL: house.door.url, LOCKKEEPER_TOKEN: token };
    await made.connect(new StdioClientTransport({ command: process.execPath, args: [program], env }));
    return made;
  };

  for (const mode of ['auto', 'legacy'] as const) {
    it(`hands on what a client of the ${mode === 'auto' ? 'newer' : 'older'} kind says, and the answers back`, async () => {
      const agent = await client(mode);
      const { tools } = await agent.listTools();
      assert.ok(tools.some(({ name }) => name === 'submit_result'));
      const told = await agent.callTool({ name: 'get_task', arguments: {} });
      assert.match(JSON.stringify(told.content), /You have no task/);
      await agent.close();
    });
  }

  it('runs as Copy a Connection writes it for a client that starts its servers itself', async () => {
    const connection = {
      url: house.door.url,
      token,
      stdio: program,
      runtime: process.execPath,
      worker: 'web',
    };
    const { mcpServers } = JSON.parse(connectionText('program', connection)) as {
      mcpServers: Record<string, { command: string; args: string[]; env: Record<string, string> }>;
    };
    assert.deepEqual(Object.keys(mcpServers), ['lockkeeper']);
    const agent = new Client({ name: 'test', version: '1.0.0' });
    await agent.connect(new StdioClientTransport(mcpServers['lockkeeper'] ?? assert.fail()));
    const told = await agent.callTool({ name: 'get_task', arguments: {} });
    assert.match(JSON.stringify(told.content), /You have no task/);
    await agent.close();
    assert.equal(
      connectionText('variables', { ...connection, url: 'U', token: 'T', stdio: 'S' }),
      'LOCKKEEPER_URL=U\nLOCKKEEPER_TOKEN=T\nLOCKKEEPER_WORKER=web\nLOCKKEEPER_STDIO=S\n',
    );
  });

  const said = async (env: Record<string, string>, line: string): Promise<{ out: string; err: string }> => {
    const child = spawn(process.execPath, [program], { env, stdio: 'pipe' });
    let [out, err] = ['', ''];
    child.stdout.on('data', (part) => (out += String(part)));
    child.stderr.on('data', (part) => (err += String(part)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${line}\n`);
    await once(child, 'close');
    return { out, err };
  };
  const ping = '{"jsonrpc":"2.0","id":7,"method":"ping"}';

  it('says why there is no answer: a wrong token, nobody there; and gives a token to this machine alone', async () => {
    const wrong = await said({ LOCKKEEPER_URL: house.door.url, LOCKKEEPER_TOKEN: 'canary' }, ping);
    assert.deepEqual(JSON.parse(wrong.out), {
      jsonrpc: '2.0',
      id: 7,
      error: { code: -32_000, message: 'The endpoint answered with status 401.' },
    });
    const gone = await said({ LOCKKEEPER_URL: 'http://127.0.0.1:9/mcp', LOCKKEEPER_TOKEN: 'canary' }, ping);
    assert.match(gone.out, /"id":7.*cannot be reached/);
    const elsewhere = await said(
      { LOCKKEEPER_URL: 'http://192.0.2.1/mcp', LOCKKEEPER_TOKEN: 'canary' },
      ping,
    );
    assert.match(elsewhere.err, /no address on this machine/);
    for (const { out, err } of [wrong, gone, elsewhere]) assert.doesNotMatch(out + err, /canary/);
  });
});
