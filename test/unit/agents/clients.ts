import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport, type CallToolResult } from '@modelcontextprotocol/client';
import type { House } from './house.ts';
import { messageIn, olderCall, raw } from './raw.ts';

interface Told {
  readonly data: Record<string, unknown>;
  readonly text: string;
  readonly refused: boolean;
}

/** A client that holds one token. */
export interface Agent {
  /** The real client, where there is one. */
  readonly client?: Client;
  call(name: string, input?: Record<string, unknown>): Promise<Told>;
  /** The data of a call that is taken. */
  done(name: string, input?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The code of a call that is refused. */
  refused(name: string, input?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

type Send = (name: string, input: Record<string, unknown>) => Promise<Told>;

export async function connect(url: string, token: string, mode: 'auto' | 'legacy' = 'auto'): Promise<Agent> {
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { Authorization: `Bearer ${token}` } },
    }),
  );
  const send: Send = async (name, input) => toldIn(await client.callTool({ name, arguments: input }));
  return { client, ...agentOn(send), close: () => client.close() };
}

/** The same without a client: requests as an older or a stateless one writes them. */
export function byHand(house: House, token: string, era: '2025-06-18' | '2026-07-28'): Agent {
  const send: Send = async (name, input) => {
    const older = olderCall(name, input);
    const request =
      era === '2025-06-18'
        ? { body: older }
        : {
            body: { ...older, params: { name, arguments: input, _meta: statelessMeta } },
            headers: { 'mcp-protocol-version': era, 'mcp-method': 'tools/call', 'mcp-name': name },
          };
    const reply = await raw(house, { token, ...request });
    assert.equal(reply.status, 200, reply.body);
    return toldIn(messageIn(reply).result as unknown as CallToolResult);
  };
  return { ...agentOn(send), close: () => Promise.resolve() };
}

export const statelessMeta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

function toldIn(result: CallToolResult): Told {
  return {
    data: (result.structuredContent ?? {}) as Record<string, unknown>,
    text: result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'),
    refused: result.isError === true,
  };
}

function agentOn(send: Send): Pick<Agent, 'call' | 'done' | 'refused'> {
  const call = (name: string, input: Record<string, unknown> = {}): Promise<Told> => send(name, input);
  return {
    call,
    async done(name, input) {
      const told = await call(name, input);
      assert.equal(told.refused, false, `${name}: ${told.text}`);
      assert.notEqual(told.text, '', name);
      return told.data;
    },
    async refused(name, input) {
      const told = await call(name, input);
      assert.equal(told.refused, true, `${name} was taken: ${told.text}`);
      assert.match(told.text, /^REFUSED [a-z-]+: .+ NEXT: .+/s);
      assert.ok(told.data['sentence'] !== undefined && told.data['next'] !== undefined);
      return String(told.data['code']);
    },
  };
}

/** A result that is done and leaves nothing, or what it leaves. */
export function resultFor(
  task: unknown,
  open: string | readonly unknown[] = 'Nothing',
): Record<string, unknown> {
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

/** A whole question on a task, which does not block. */
export function questionFor(task: unknown): Record<string, unknown> {
  return {
    task,
    question: 'Which of the two formats is to be kept?',
    context: 'Both are there.',
    files: [],
    options: ['a table', 'a list'],
    recommended: 'a table',
    blocking: false,
  };
}

export const allPass = [{ done_when: 1, pass: true, word: 'seen' }];
