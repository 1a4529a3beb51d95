/**
 * What a journal over MCP costs at the least: one tool, one schema, one durable insert a call. It knows no rule, no
 * identity and no second window. Prints where it is as one line of JSON; counts its rows when it ends.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';
import * as z from 'zod';

const [, , folder = ''] = process.argv;
const db = new DatabaseSync(join(folder, 'reference.db'));
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE note (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, text TEXT NOT NULL) STRICT`);
const insert = db.prepare('INSERT INTO note (at, text) VALUES (?, ?)');

const input = z.strictObject({ text: z.string().max(4_000) });
const tool = {
  name: 'add',
  description: 'Keeps a text.',
  inputSchema: { type: 'object' as const, properties: { text: { type: 'string' } }, required: ['text'] },
};

const handler = createMcpHandler(() => {
  const server = new Server({ name: 'reference', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', () => ({ tools: [tool] }));
  server.setRequestHandler('tools/call', ({ params }) => {
    const parsed = input.safeParse(params.arguments);
    if (!parsed.success) return { content: [{ type: 'text', text: parsed.error.message }], isError: true };
    const { lastInsertRowid } = insert.run(Date.now(), parsed.data.text);
    return {
      content: [{ type: 'text', text: `Kept as ${lastInsertRowid}.` }],
      structuredContent: { n: Number(lastInsertRowid) },
    };
  });
  return server;
});
const answer = toNodeHandler(handler);

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const server = createServer((request, response) => {
  void bodyOf(request).then((body) => answer(request as Parameters<typeof answer>[0], response, body));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}/mcp` })}\n`);
});
process.once('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => db.close());
});
