import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a model does next. */
export type Step =
  /** One of Lockkeeper's calls. */
  | { readonly call: string; readonly input: object }
  /** The agent's own tool that makes a file. */
  | { readonly write: string; readonly text: string }
  /** The agent's own tool that puts words in the place of others. */
  | { readonly edit: string; readonly was: string; readonly text: string }
  /** The agent's own tool that reads a file, or its shell where it has none. */
  | { readonly read: string }
  /** The agent's own shell. */
  | { readonly shell: string }
  /** Any other of the agent's own tools. */
  | { readonly tool: string; readonly input: object }
  /** Words; with them the agent's turn is over. */
  | { readonly say: string };

/** Chooses the next step by what its calls were answered so far, so that a request that comes again gets the same. */
export type Script = (heard: readonly string[]) => Step | Promise<Step>;

/** How one model provider's requests are read and its answers written. */
export interface Dialect {
  /** Undefined where the request is not the conversation itself. */
  heard(path: string, body: unknown): readonly string[] | undefined;
  answer(
    step: Step | undefined,
    count: number,
    path: string,
    body: unknown,
  ): { readonly type: string; readonly text: string };
}

/** A model on loopback that plays a script. */
export class ScriptedModel {
  readonly requests: { readonly path: string; readonly body: string }[] = [];
  script: Script = () => ({ say: 'Nothing to do.' });
  url = '';
  readonly #dialect: Dialect;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString('utf8');
    const path = request.url ?? '';
    this.requests.push({ path: `${request.method} ${path}`, body: text });
    const body = parsed(text);
    const heard = this.#dialect.heard(path, body);
    const step = heard && (await this.script(heard));
    const answer = this.#dialect.answer(step, heard?.length ?? 0, path, body);
    response.writeHead(200, { 'content-type': answer.type });
    response.end(answer.text);
  }
}

/** The body of a request; undefined where it is no JSON. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Server-sent events as text. */
export function events(list: readonly { readonly type?: string; readonly data: object }[]): string {
  return list
    .map(
      ({ type, data }) => `${type === undefined ? '' : `event: ${type}\n`}data: ${JSON.stringify(data)}\n\n`,
    )
    .join('');
}

/** A list of steps as a script. */
export function inOrder(...steps: readonly (Step | Script)[]): Script {
  return (heard) => {
    const step = steps[heard.length] ?? { say: 'Done.' };
    return typeof step === 'function' ? step(heard) : step;
  };
}
