/** What whoever acts as a holder of a token connects with. */
export interface Connection {
  readonly url: string;
  readonly token: string;
  /** The copy of the program that speaks MCP on standard input. */
  readonly stdio: string;
  /** A Node, or an editor that runs as one. */
  readonly runtime: string;
  /** Undefined of the seat. */
  readonly worker: string | undefined;
}

/** As variables for a shell, or as the entry of a client that starts its servers itself. */
export type ConnectionForm = 'variables' | 'program';

/** The text that is copied for an agent which a person sets up. It holds the token. */
export function connectionText(form: ConnectionForm, connection: Connection): string {
  const { url, token, stdio, runtime, worker } = connection;
  const address = { LOCKKEEPER_URL: url, LOCKKEEPER_TOKEN: token };
  if (form === 'program') {
    const env = { ...address, ELECTRON_RUN_AS_NODE: '1' };
    const lockkeeper = { command: runtime, args: [stdio], env };
    return `${JSON.stringify({ mcpServers: { lockkeeper } }, null, 2)}\n`;
  }
  const name = worker === undefined ? {} : { LOCKKEEPER_WORKER: worker };
  const all = { ...address, ...name, LOCKKEEPER_STDIO: stdio };
  return Object.entries(all)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
