import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import type { Bearer } from '../contract/actor.ts';
import type { Desk } from '../desk/desk.ts';
import { nameOf } from '../files/identity.ts';
import { addressOf } from './address.ts';
import { formRefused, holderIn, isGuards, placeRefused, type TurnedAway } from './admission.ts';
import { readBody } from './body.ts';
import type { Caller, Room } from './call.ts';
import { bearerOf } from './credentials.ts';
import { answerGuard } from './guardRoute.ts';
import { watchGuards } from './guardWatch.ts';
import { createPace } from './pace.ts';
import { authInfoOf, mcpHandler } from './protocol.ts';
import { limitSockets } from './sockets.ts';

/** Where the door writes what a person may want to know later. `LogOutputChannel` is one. */
export interface DoorLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface DoorOptions {
  readonly desk: Desk;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** The port of last time, so that agents find the door where it was; any free one when 0 or taken. */
  readonly port?: number | undefined;
  readonly log: DoorLog;
  /** Called with whose it is whenever a token opens the door. */
  readonly onContact: (bearer: Bearer) => void;
  /** Called whenever somebody else calls who knows the address. */
  readonly onStranger?: () => void;
  /** Called at each call of a tool with whether a guard of its caller's is there. */
  readonly onCall?: (bearer: Bearer, guarded: boolean) => void;
  readonly lastContact?: (worker: number) => number | undefined;
  /** The folders of the workspace by the names that files have in packets. */
  readonly folders?: Room['folders'];
  /** Those folders themselves where it is not given. */
  readonly workFolders?: Room['workFolders'];
  /** By the folders of the workspace where it is not given. */
  readonly names?: Room['names'];
  readonly own?: Room['own'];
  readonly unsaved?: Room['unsaved'];
  readonly playbooks?: Room['playbooks'];
  readonly changeOf?: Room['changeOf'];
  /** Calls per second of one token, sustained; a burst may be twice that. */
  readonly callsPerSecond?: number;
  /** Milliseconds that a request may take to arrive, and its headers a third of it. */
  readonly patience?: number;
}

/** The open door. `close` ends every connection; those who wait behind one call again. */
export interface Door {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const usualCallsPerSecond = 50;
const usualPatience = 15_000;
/** The last resort; it would shut out newcomers. The limits below are reached long before. */
const mostSockets = 4_000;
const socketLimits = { strangers: 1_000, each: 32 };
/** Requests a second that are turned away at once for want of a good token; any more wait for their answer. */
const strangersPerSecond = 100;
/** Milliseconds. Who calls too much hears of it this late: to call faster gains nothing and costs us nothing. */
const refusalPause = 1_000;

/** Opens the agents' door on 127.0.0.1: `POST /mcp` and the guard's `POST /guard`, for whoever holds a token of this desk. */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const { desk, clock, log } = options;
  const folders = options.folders ?? (() => []);
  const room: Room = {
    desk,
    clock,
    lastContact: options.lastContact ?? (() => undefined),
    toldVerdicts: new Map(),
    toldInstructions: new Map(),
    toldInbox: new Set(),
    guards: watchGuards(desk, options.onCall),
    folders,
    workFolders: options.workFolders ?? (() => Promise.resolve(folders())),
    names: options.names ?? ((path, from) => nameOf(path, folders(), { from })),
    own: options.own ?? (() => []),
    unsaved: options.unsaved ?? (() => undefined),
    changeOf: options.changeOf ?? (() => Promise.resolve(undefined)),
    playbooks: options.playbooks ?? (() => Promise.resolve([])),
  };
  const handler = mcpHandler(room, (error) => log.warn(`MCP: ${error.message.slice(0, 200)}`));
  const answer = toNodeHandler(handler, {
    onerror: (error) => log.warn(`MCP: ${error.message.slice(0, 200)}`),
  });
  const pace = createPace(options.callsPerSecond ?? usualCallsPerSecond, () => performance.now());
  const strangers = createPace(strangersPerSecond, () => performance.now());
  const patience = options.patience ?? usualPatience;
  const server = createServer({
    headersTimeout: Math.ceil(patience / 3),
    requestTimeout: patience,
    keepAliveTimeout: 30_000,
    connectionsCheckingInterval: 500,
    // Answered like any other wrong Host.
    requireHostHeader: false,
  });
  server.maxConnections = mostSockets;
  const { greet } = limitSockets(server, socketLimits);
  const port = await listen(server, options.port ?? 0, log);

  const receive = async (
    request: IncomingMessage,
    response: ServerResponse,
    expects: boolean,
  ): Promise<void> => {
    const away = placeRefused(request, port);
    const holder = away ? undefined : holderIn(request, desk.state, clock());
    if (!holder) {
      if (!away) options.onStranger?.();
      const paced = strangers.begin('strangers');
      paced?.end();
      return (paced ? turnAway : turnAwayLater)(response, away ?? { status: 401 });
    }
    const bearer = bearerOf(holder);
    const who = String(bearer);
    greet(request.socket, who);
    const heard = (): void => options.onContact(bearer);
    heard();
    const paced = pace.begin(who);
    if (!paced) return turnAwayLater(response, tooFast);
    const gone = new AbortController();
    response.on('close', () => {
      paced.end();
      gone.abort();
      // Who has waited for us was there the whole time.
      if (response.writableFinished) heard();
    });
    const wrong = formRefused(request);
    if (wrong) return turnAway(response, wrong);
    if (expects) response.writeContinue();
    const body = await readBody(request, paced.weigh);
    if ('status' in body) return turnAway(response, body);
    // The body may have taken its time: a token can be revoked meanwhile.
    if (!holderIn(request, desk.state, clock())) return turnAway(response, { status: 401 });
    if (isGuards(request)) {
      const ruled = await answerGuard(room, holder, body.json);
      return 'status' in ruled ? turnAway(response, ruled) : tell(response, ruled);
    }
    const caller: Caller = { holder, signal: gone.signal };
    await answer(withCaller(request, caller), response, body.json);
  };
  const take = (expects: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    receive(request, response, expects).catch((error: unknown) => {
      // A connection that breaks while its body is read ends here; there is nobody left to tell.
      if (!request.destroyed)
        log.warn(`The door: ${error instanceof Error ? error.message.slice(0, 200) : 'failed'}`);
      response.destroy();
    });
  };
  server.on('request', take(false));
  server.on('checkContinue', take(true));
  return {
    url: addressOf(port),
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, handler.close()]);
    },
  };
}

type NodeRequest = Parameters<ReturnType<typeof toNodeHandler>>[0];

/** Node's types say `string | undefined` where the adapter's say optional; they mean the same. */
function withCaller(request: IncomingMessage, caller: Caller): NodeRequest {
  return Object.assign(request, { auth: authInfoOf(caller) }) as NodeRequest;
}

const tooFast: TurnedAway = {
  status: 429,
  sentence: 'Too many calls; wait a second. To wait for news, call get_task or get_answer with wait_seconds.',
};

/** A stranger gets a bare status; someone with a token also gets a sentence. Never a CORS or a challenge header. */
function turnAway(response: ServerResponse, { status, sentence }: TurnedAway): void {
  const body =
    sentence === undefined
      ? ''
      : JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message: sentence }, id: null });
  response.writeHead(status, {
    'content-length': Buffer.byteLength(body),
    ...(body === '' ? {} : { 'content-type': 'application/json' }),
    ...(status === 405 ? { allow: 'POST' } : {}),
    ...(status === 429 ? { 'retry-after': '1' } : {}),
    // What a stranger still has to say, or is too much, is not read.
    ...(sentence === undefined || status === 413 || (status === 429 && !response.req.complete)
      ? { connection: 'close' }
      : {}),
  });
  response.end(body);
}

function tell(response: ServerResponse, answer: object): void {
  const body = JSON.stringify(answer);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** Connections on which a refusal already waits. Who sends more without hearing it is cut. */
const kept = new WeakSet<Socket>();

function turnAwayLater(response: ServerResponse, away: TurnedAway): void {
  const { socket } = response.req;
  if (kept.has(socket)) {
    socket.destroy();
    return;
  }
  kept.add(socket);
  const timer = setTimeout(() => {
    kept.delete(socket);
    turnAway(response, away);
  }, refusalPause);
  response.on('close', () => clearTimeout(timer));
}

async function listen(server: Server, port: number, log: DoorLog): Promise<number> {
  try {
    return await listenOn(server, port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (port === 0 || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
    log.info(`Port ${port} is taken; the door opens on another one.`);
    return listenOn(server, 0);
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
