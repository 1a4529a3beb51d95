import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

export interface Told {
  readonly data: Record<string, unknown>;
  readonly text: string;
  readonly refused: boolean;
}

/** A real MCP client that holds one token. */
export interface Agent {
  readonly client: Client;
  call(name: string, input?: Record<string, unknown>): Promise<Told>;
  /** The data of a call that is taken. */
  done(name: string, input?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The code of a call that is refused. */
  refused(name: string, input?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

export async function connect(url: string, token: string, mode: 'auto' | 'legacy' = 'auto'): Promise<Agent> {
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }),
  );
  const agent: Agent = {
    client,
    async call(name, input = {}) {
      const result = await client.callTool({ name, arguments: input });
      const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
      return {
        data: (result.structuredContent ?? {}) as Record<string, unknown>,
        text,
        refused: result.isError === true,
      };
    },
    async done(name, input) {
      const told = await agent.call(name, input);
      assert.equal(told.refused, false, `${name}: ${told.text}`);
      assert.notEqual(told.text, '', name);
      return told.data;
    },
    async refused(name, input) {
      const told = await agent.call(name, input);
      assert.equal(told.refused, true, `${name} was taken: ${told.text}`);
      assert.match(told.text, /^REFUSED [a-z-]+: .+ NEXT: .+/s);
      assert.ok(told.data['sentence'] !== undefined && told.data['next'] !== undefined);
      return String(told.data['code']);
    },
    close: () => client.close(),
  };
  return agent;
}

/** A result that is done and leaves nothing, or what it leaves. */
export function resultFor(task: unknown, open: string | readonly unknown[] = 'Nothing'): Record<string, unknown> {
  return {
    task,
    outcome: open === 'Nothing' ? 'done' : 'partial',
    summary: 'The function total is exported from src/a.ts.',
    evidence: [{ done_when: 1, shows: 'npm test: 12 passing, total among them' }],
    files: ['src/a.ts'],
    plan_affected: 'no',
    still_open: open,
  };
}

export const allPass = Object.fromEntries(
  ['objective', 'scope', 'conflict', 'evidence'].map((gate) => [gate, { pass: true, word: 'seen' }]),
);
