import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';

export type Answered =
  | { readonly ok: true; readonly data: unknown; readonly said: string }
  | { readonly ok: false; readonly code: string; readonly said: string };

/** The endpoint does not take this worker any more, or a call is wrong in itself: trying again changes nothing. */
export class ShutOut extends Error {}

/** MCP since this version agrees on nothing before the first call: each request stands for itself. */
const version = '2026-07-28';
const envelope = {
  'io.modelcontextprotocol/protocolVersion': version,
  'io.modelcontextprotocol/clientInfo': { name: 'lockkeeper-rehearsal', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
/** Not known there: the method, the tool or its arguments, the version. */
const wrongInItself = new Set([-32_601, -32_602, -32_022]);

const reply = z.object({
  result: z
    .object({
      content: z.array(z.object({ text: z.string().default('') })),
      structuredContent: z.unknown(),
      isError: z.boolean().default(false),
    })
    .optional(),
  error: z.object({ code: z.int(), message: z.string() }).optional(),
});
type Reply = z.output<typeof reply>;

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
    const { result, error } = (await this.#send(name, input)) ?? {};
    if (error && wrongInItself.has(error.code))
      throw new ShutOut(`The window does not take this call: ${error.message}`);
    if (!result) return undefined;
    const said = result.content.map(({ text }) => text).join('\n');
    if (!result.isError) return { ok: true, data: result.structuredContent, said };
    const refused = /^REFUSED ([a-z][a-z\d-]*):?\s*([\s\S]*)$/.exec(said.trim());
    return { ok: false, code: refused?.[1] ?? 'tool-error', said: refused?.[2] ?? said };
  }

  async #send(name: string, input: Record<string, unknown>): Promise<Reply | undefined> {
    const params = { name, arguments: input, _meta: envelope };
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: {
          authorization: this.#authorization,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': version,
          'mcp-method': 'tools/call',
          'mcp-name': name,
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
        redirect: 'error',
        signal: AbortSignal.timeout(callTimeout),
      });
      if (response.status === 401 || response.status === 403)
        throw new ShutOut('The window does not know this worker, or not any more.');
      return reply.parse(JSON.parse(lastMessageIn(await response.text())));
    } catch (error) {
      if (error instanceof ShutOut) throw error;
      return undefined;
    }
  }
}

/** An answer is one message of JSON, or the last one in a stream of events. */
function lastMessageIn(text: string): string {
  const events = text.split(/\r?\n\r?\n/).flatMap((event) => {
    const data = event.split(/\r?\n/).filter((line) => line.startsWith('data:'));
    return data.length === 0 ? [] : [data.map((line) => line.slice(5)).join('\n')];
  });
  return events.at(-1) ?? text;
}
