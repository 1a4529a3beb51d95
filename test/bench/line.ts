import { Agent, request } from 'node:http';

/** What came back: the message, how long it took in milliseconds, and how long it was in bytes. */
export interface Said {
  readonly result: { readonly structuredContent?: Record<string, unknown>; readonly isError?: boolean };
  readonly took: number;
  readonly bytes: number;
}

const era = '2026-07-28';
const meta = {
  'io.modelcontextprotocol/protocolVersion': era,
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** A bare MCP client of today's stateless kind: one connection that is kept, a POST for each message. */
export class Line {
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #token: string;
  #lastId = 0;

  constructor(url: string, token: string) {
    this.#url = new URL(url);
    this.#token = token;
  }

  /** A call of a tool. Throws where it is refused. */
  async call(name: string, input: Record<string, unknown> = {}): Promise<Said> {
    const said = await this.send('tools/call', { name, arguments: input });
    if (said.result.isError === true)
      throw new Error(`${name}: ${JSON.stringify(said.result.structuredContent)}`);
    return said;
  }

  /** The call of a tool that does nothing and says so in a sentence. */
  nothing(): Promise<Said> {
    return this.send('tools/call', { name: 'get_answer', arguments: { question: 1_000_000 } });
  }

  send(method: string, params: Record<string, unknown>): Promise<Said> {
    this.#lastId += 1;
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: this.#lastId,
      method,
      params: { ...params, _meta: meta },
    });
    const from = performance.now();
    return new Promise((resolve, reject) => {
      const asking = request(
        this.#url,
        {
          method: 'POST',
          agent: this.#agent,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            accept: 'application/json, text/event-stream',
            'mcp-protocol-version': era,
            'mcp-method': method,
            ...(typeof params['name'] === 'string' ? { 'mcp-name': params['name'] } : {}),
            authorization: `Bearer ${this.#token}`,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            const took = performance.now() - from;
            if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} ${text}`));
            const data = text.split('\n').findLast((line) => line.startsWith('data: '));
            const message = JSON.parse(data === undefined ? text : data.slice(6)) as {
              result?: Said['result'];
              error?: { message: string };
            };
            if (!message.result) return reject(new Error(message.error?.message ?? text));
            resolve({ result: message.result, took, bytes: Buffer.byteLength(text) });
          });
        },
      );
      asking.on('error', reject);
      asking.end(body);
    });
  }

  hangUp(): void {
    this.#agent.destroy();
  }
}
