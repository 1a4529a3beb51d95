import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** One run of the suite: a release of it, over the wire of one revision of MCP. */
export interface Run {
  /** Its name among the packages of this folder. */
  readonly release: 'conformance-2025' | 'conformance-2026';
  readonly more: readonly string[];
}

/** What a run found: per scenario the checks that passed and those that did not. */
export type Found = ReadonlyMap<
  string,
  { readonly passed: readonly string[]; readonly failed: readonly string[] }
>;

interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
}

const program = (release: string): string =>
  fileURLToPath(new URL(`../node_modules/${release}/dist/index.js`, import.meta.url));

/** Runs every server scenario of a release against an address. */
export async function judge({ release, more }: Run, url: string, into: string): Promise<Found> {
  const args = [program(release), 'server', '--url', url, '--suite', 'all', ...more, '--output-dir', into];
  // It ends with 1 when a scenario failed; what failed stands in its files.
  await promisify(execFile)(process.execPath, args, { env: {}, timeout: 100_000 }).catch(
    (error: { code?: unknown }) => {
      if (error.code !== 1) throw error;
    },
  );
  const named = (folder: string): string =>
    /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(folder)?.[1] ?? folder;
  return new Map(
    readdirSync(into).map((folder) => {
      const checks = JSON.parse(readFileSync(join(into, folder, 'checks.json'), 'utf8')) as readonly Check[];
      const of = (status: Check['status']): string[] =>
        [...new Set(checks.flatMap((check) => (check.status === status ? check.id : [])))].sort();
      // That a message has the form of one is asked of each scenario: no scenario has passed by that alone.
      const passed = of('SUCCESS').filter((id) => id !== 'wire-schema-valid');
      return [named(folder), { passed, failed: of('FAILURE') }];
    }),
  );
}

/** Stands before the door and adds the token, which the suite cannot be told; Host and Origin stay what they are. */
export async function withToken(
  port: number,
  token: string,
): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    const mine = `:${(server.address() as AddressInfo).port}`;
    const headers = { ...incoming.headers, authorization: `Bearer ${token}` };
    for (const name of ['host', 'origin'] as const) {
      // Its own address is the door's to whoever calls here.
      const said = incoming.headers[name];
      if (said?.endsWith(mine)) headers[name] = `${said.slice(0, -mine.length)}:${port}`;
    }
    const { method, url } = incoming;
    const onward = request(
      { host: '127.0.0.1', port, method, path: url, headers, setHost: false },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
