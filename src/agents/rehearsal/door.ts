import { Client, ProtocolError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { setTimeout as wait } from 'node:timers/promises';

export type Answered =
  | { readonly ok: true; readonly data: unknown; readonly said: string }
  | { readonly ok: false; readonly code: string; readonly said: string };

/** The endpoint does not take this worker any more, or a call is wrong in itself: trying again changes nothing. */
export class ShutOut extends Error {}

const longestPause = 1_000;
const callTimeout = 75_000;
/** No for the moment: the window is closing, or its journal is held by somebody else. */
const passing = new Set(['journal-busy', 'desk-closed', 'io-error', 'disk-full', 'in-repair', 'closed']);

/**
 * The worker's side of the agents' door. A call is repeated until it is answered, however long the endpoint is
 * away, so every write must bear being sent twice: it carries a call id that is always the same for the same act.
 */
export class Door {
  readonly #url: URL;
  readonly #authorization: string;
  readonly #notice: (line: string) => void;
  #client: Client | undefined;

  constructor(url: string, token: string, notice: (line: string) => void) {
    this.#url = new URL(url);
    this.#authorization = `Bearer ${token}`;
    this.#notice = notice;
  }

  async call(name: string, input: Record<string, unknown>): Promise<Answered> {
    let away = false;
    for (let pause = 50; ; pause = Math.min(pause * 2, longestPause)) {
      const answered = await this.#once(name, input);
      if (answered && (answered.ok || !passing.has(answered.code))) {
        if (away) this.#notice('The window is back.');
        return answered;
      }
      if (!away) this.#notice('The window does not answer. Trying again until it does.');
      away = true;
      await wait(pause);
    }
  }

  /** One try; nothing where the endpoint could not be reached or broke off. */
  async #once(name: string, input: Record<string, unknown>): Promise<Answered | undefined> {
    try {
      this.#client ??= await this.#connect();
      const result = await this.#client.callTool({ name, arguments: input }, { timeout: callTimeout });
      const said = result.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
      if (!result.isError) return { ok: true, data: result.structuredContent, said };
      const refused = /^REFUSED ([a-z][a-z\d-]*):?\s*([\s\S]*)$/.exec(said.trim());
      return { ok: false, code: refused?.[1] ?? 'tool-error', said: refused?.[2] ?? said };
    } catch (error) {
      const client = this.#client;
      this.#client = undefined;
      await client?.close().catch(() => undefined);
      if (isFinal(error)) throw new ShutOut(wordsOf(error), { cause: error });
      return undefined;
    }
  }

  async #connect(): Promise<Client> {
    const client = new Client(
      { name: 'lockkeeper-rehearsal', version: '1.0.0' },
      { versionNegotiation: { mode: 'auto' } },
    );
    const transport = new StreamableHTTPClientTransport(this.#url, {
      requestInit: { headers: { Authorization: this.#authorization }, redirect: 'error' },
    });
    try {
      await client.connect(transport);
    } catch (error) {
      await transport.close().catch(() => undefined);
      throw error;
    }
    return client;
  }
}

function statusOf(error: unknown): number | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const status =
      (at as { status?: unknown }).status ?? (at as { data?: { status?: unknown } }).data?.status;
    if (typeof status === 'number') return status;
    if (at.name === 'UnauthorizedError') return 401;
  }
  return undefined;
}

function isFinal(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== undefined) return status === 401 || status === 403;
  return error instanceof ProtocolError && (error.code === -32602 || error.code === -32601);
}

function wordsOf(error: unknown): string {
  const status = statusOf(error);
  if (status === 401 || status === 403) return 'The window does not know this worker, or not any more.';
  return `The window does not take this call: ${error instanceof Error ? error.message : String(error)}`;
}
