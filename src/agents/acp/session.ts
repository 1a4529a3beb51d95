import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  client,
  methods,
  PROTOCOL_VERSION,
  RequestError,
  type ClientApp,
  type ClientContext,
  type McpServer,
  type Stream,
  type ToolCallUpdate,
} from '@agentclientprotocol/sdk';
import type { Ruling } from '../guard/ask.ts';
import type { Door } from './door.ts';
import { optionFor, ToldCalls, toldBy } from './permission.ts';
import { countCall } from '../guard/counting.ts';
import { plain, shownOf } from './shown.ts';

export interface SessionOrder {
  readonly stream: Stream;
  readonly door: Door;
  readonly cwd: string;
  readonly prompt: string;
  /** Lockkeeper's own server, for an agent that speaks HTTP with it, and for one that does not. */
  readonly servers: { readonly http: McpServer; readonly stdio: McpServer };
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Turns in which an agent is told again why something was refused. */
const mostTurns = 6;

/**
 * One session with an agent: it gets its packet as the first prompt, and each of its writes and permissions is ruled on
 * by the window first. Resolves with why it stopped. When the signal comes, the turn is cancelled.
 */
export async function playSession(order: SessionOrder): Promise<string> {
  const { stream, door, cwd, prompt, servers, say, signal } = order;
  /** Refusals that a bare no does not tell the agent. */
  const unheard: string[] = [];
  const app = clientOf(door, cwd, say, unheard);
  return app.connectWith(stream, async (agent: ClientContext) => {
    const { protocolVersion, agentCapabilities } = await agent.request(methods.agent.initialize, {
      protocolVersion: PROTOCOL_VERSION,
      clientCapabilities: { fs: { readTextFile: true, writeTextFile: true } },
      clientInfo: { name: 'lockkeeper', version: '1' },
    });
    if (protocolVersion !== PROTOCOL_VERSION) {
      throw new Error(`the agent speaks version ${protocolVersion} of ACP, and not ${PROTOCOL_VERSION}`);
    }
    const server = agentCapabilities?.mcpCapabilities?.http ? servers.http : servers.stdio;
    const { sessionId } = await agent.request(methods.agent.session.new, { cwd, mcpServers: [server] });
    const cancel = (): void => void agent.notify(methods.agent.session.cancel, { sessionId });
    signal.addEventListener('abort', cancel, { once: true });
    let words = prompt;
    for (let turn = 1; ; turn += 1) {
      const { stopReason } = await agent.request(methods.agent.session.prompt, {
        sessionId,
        prompt: [{ type: 'text', text: words }],
      });
      const refused = unheard.splice(0);
      if (signal.aborted || refused.length === 0 || turn === mostTurns) return stopReason;
      words = `${[...new Set(refused)].join('\n')}\nGo on with what you may do, and hand in your result with submit_result if you have not.`;
    }
  });
}

function clientOf(door: Door, cwd: string, say: SessionOrder['say'], unheard: string[]): ClientApp {
  const called = new Set<string>();
  const told = new ToldCalls();
  /** A call of a tool is told as it begins, or where its permission is asked, or as it ends: by whichever is first. */
  const hearCall = ({ toolCallId, title }: ToolCallUpdate): void => {
    if (called.has(toolCallId)) return;
    called.add(toolCallId);
    countCall();
    say(`\n> ${plain(title ?? 'A tool')}\n`);
  };
  return client({ name: 'lockkeeper' })
    .onNotification(methods.client.session.update, ({ params: { update } }) => {
      if (update.sessionUpdate === 'tool_call' || update.sessionUpdate === 'tool_call_update')
        hearCall(told.of(update));
      say(shownOf(update));
    })
    .onRequest(methods.client.fs.readTextFile, async ({ params }) => {
      const { path, line, limit } = params;
      const content = (await door.unsaved(path).catch(broken)) ?? (await onDisk(path));
      return { content: part(content, line ?? undefined, limit ?? undefined) };
    })
    .onRequest(methods.client.fs.writeTextFile, async ({ params }) => {
      const { path, content } = params;
      const ruling = await door.mayWrite('fs/write_text_file', [path]).catch(broken);
      if (!ruling.allowed) {
        const why = refusal(ruling.sentences);
        say(`\n${plain(why)}\n`);
        unheard.push(why);
        throw new RequestError(forbidden, why, { details: why });
      }
      await mkdir(dirname(path), { recursive: true }).catch(broken);
      await writeFile(path, content).catch(broken);
      return {};
    })
    .onRequest(methods.client.session.requestPermission, async ({ params }) => {
      hearCall(params.toolCall);
      const refused = await ruledOn(door, told.of(params.toolCall));
      if (refused !== undefined) {
        say(`\n${plain(refused)}\n`);
        unheard.push(refused);
      }
      const optionId = optionFor(refused === undefined, params);
      return {
        outcome: optionId === undefined ? { outcome: 'cancelled' } : { outcome: 'selected', optionId },
      };
    });
}

/** Why a tool may not run, in words for its model; undefined where it may. */
async function ruledOn(door: Door, call: ToolCallUpdate): Promise<string | undefined> {
  const { paths, hook, isUnclear } = toldBy(call);
  const tool = call.title ?? 'A tool';
  if (isUnclear) return refusal([`${tool} does not say which file it writes.`]);
  try {
    const rulings: Ruling[] = [];
    if (paths.length > 0) rulings.push(await door.mayWrite(tool, paths));
    if (hook) rulings.push(await door.mayRun(hook));
    const sentences = rulings.flatMap((ruling) => (ruling.allowed ? [] : ruling.sentences));
    return sentences.length === 0 ? undefined : refusal(sentences);
  } catch (error) {
    return refusal([wordsOf(error)]);
  }
}

/** Free for a client's own errors. */
const forbidden = -32_010;

const refusal = (sentences: readonly string[]): string => `Lockkeeper: ${sentences.join('\n')}`;
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A file that is not there yet is empty: there are agents that look at it first, and make none after an error. */
async function onDisk(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : broken(error);
  }
}

/** In words that an agent reads: a window that is not there, a folder that is no file. */
function broken(error: unknown): never {
  throw new RequestError(forbidden, refusal([wordsOf(error)]), { details: wordsOf(error) });
}

/** From a line on, which counts from 1, and so many of them. */
function part(text: string, line = 1, limit?: number): string {
  if (line <= 1 && limit === undefined) return text;
  const lines = text.split('\n');
  return lines.slice(line - 1, limit === undefined ? undefined : line - 1 + limit).join('\n');
}
