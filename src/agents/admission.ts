import type { IncomingMessage } from 'node:http';
import type { State } from '../core/state.ts';
import { endpointPath, guardPath } from './address.ts';
import { holderOf, type Holder } from './credentials.ts';

/** A no before anything is read: an HTTP status, and words only for who has shown a good token. */
export interface TurnedAway {
  readonly status: number;
  readonly sentence?: string;
}

/** Host and Origin: what a web page, or a name that only looks like ours, cannot get right. */
export function placeRefused(request: IncomingMessage, port: number): TurnedAway | undefined {
  const places = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = only(request, 'host');
  if (host === undefined || !places.includes(host)) return { status: 403 };
  const origin = request.headers.origin;
  if (origin !== undefined && !places.some((place) => origin === `http://${place}`)) return { status: 403 };
  if (request.method === 'OPTIONS') return { status: 403 };
  return isGuards(request) || pathOf(request) === endpointPath ? undefined : { status: 404 };
}

/** Whom the bearer token stands for; a token anywhere else than in its header counts for nothing. */
export function holderIn(request: IncomingMessage, state: State, now: number): Holder | undefined {
  const token = /^bearer ([\w-]{43})$/i.exec(only(request, 'authorization') ?? '')?.[1];
  return token === undefined ? undefined : holderOf(state, token, now);
}

/** What is wrong with the request itself, once its caller is known. */
export function formRefused(request: IncomingMessage): TurnedAway | undefined {
  if (request.method !== 'POST') {
    return {
      status: 405,
      sentence: 'Only POST is answered here; there is no stream to open and no session to end.',
    };
  }
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') return { status: 415, sentence: 'Content-Type must be application/json.' };
  if (request.headers['content-encoding'] !== undefined) {
    return { status: 415, sentence: 'Content-Encoding is not taken.' };
  }
  return undefined;
}

/** Whether the guard program asks; else it is MCP. */
export function isGuards(request: IncomingMessage): boolean {
  return pathOf(request) === guardPath;
}

function pathOf({ url }: IncomingMessage): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}

/** A header that came exactly once. Node keeps the first of several; two of these are one too many. */
function only({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  const values = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  );
  return values.length === 1 ? values[0] : undefined;
}
