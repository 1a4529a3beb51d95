import { createInterface } from 'node:readline';

/**
 * For an agent that speaks MCP on standard input and output alone: hands each line on to the endpoint, and what it
 * answers back. It knows nothing of what is said.
 */

const { LOCKKEEPER_URL: address = '', LOCKKEEPER_TOKEN: token = '' } = process.env;

/** Only what the endpoint of this machine says is printed; a token goes nowhere else. */
function endpoint(): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return url;
  process.stderr.write('LOCKKEEPER_URL is no address on this machine; take it from Copy a Connection.\n');
  return process.exit(1);
}

const url = endpoint();
/** As the endpoint and the agent agreed. */
let version: string | undefined;
let waiting = 0;
let isOver = false;

function say(message: string): void {
  if (message !== '') process.stdout.write(`${message.replaceAll(/\r?\n/g, ' ')}\n`);
}

/** The lines of data in a stream of events; each is one message. */
function messagesIn(text: string): readonly string[] {
  return text.split(/\r?\n\r?\n/).flatMap((event) => {
    const data = event.split(/\r?\n/).filter((line) => line.startsWith('data:'));
    return data.length === 0 ? [] : [data.map((line) => line.slice(5).trimStart()).join('\n')];
  });
}

async function hand(line: string): Promise<void> {
  const message = objectIn(line);
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...headersFor(message),
  };
  try {
    const response = await fetch(url, { method: 'POST', headers, body: line, redirect: 'error' });
    const text = await response.text();
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const told = isStream ? messagesIn(text) : [text];
    for (const one of told) {
      version = versionIn(one) ?? version;
      say(one);
    }
    if (!response.ok && text === '') refuse(message, `The endpoint answered with status ${response.status}.`);
  } catch {
    refuse(message, 'The endpoint cannot be reached; its window may be reloading, so try again in a moment.');
  }
}

/** What the newer era wants said in headers as well. */
function headersFor(message: Fields | undefined): Record<string, string> {
  const meta = fieldsIn(fieldsIn(message?.['params'])?.['_meta']);
  const said = meta?.['io.modelcontextprotocol/protocolVersion'] ?? version;
  const { method } = message ?? {};
  const name = fieldsIn(message?.['params'])?.['name'];
  return {
    ...(typeof said === 'string' ? { 'mcp-protocol-version': said } : {}),
    ...(meta && typeof method === 'string' ? { 'mcp-method': method } : {}),
    ...(meta && typeof name === 'string' ? { 'mcp-name': name } : {}),
  };
}

function versionIn(text: string): string | undefined {
  const found = fieldsIn(objectIn(text)?.['result'])?.['protocolVersion'];
  return typeof found === 'string' ? found : undefined;
}

/** Who waits for an answer gets one. */
function refuse(message: Fields | undefined, words: string): void {
  const id = message?.['id'];
  if (id !== undefined) say(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32_000, message: words } }));
}

type Fields = Readonly<Record<string, unknown>>;

function objectIn(text: string): Fields | undefined {
  try {
    return fieldsIn(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fieldsIn(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

const end = (): void => {
  if (isOver && waiting === 0) process.exit(0);
};
createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line.trim() === '') return;
    waiting += 1;
    void hand(line).finally(() => {
      waiting -= 1;
      end();
    });
  })
  .on('close', () => {
    isOver = true;
    end();
  });
