import { createMcpHandler, ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import type { AuthInfo, McpHttpHandler, Tool } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { CallRow } from '../contract/callRow.ts';
import { calls, isCall, type CallName } from '../contract/calls.ts';
import type { Act } from '../contract/acts.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { toolResult, type Answer } from './answer.ts';
import { askTry, type Caller, type Handler, type Handlers, type Room } from './call.ts';
import { bearerOf, type Holder } from './credentials.ts';
import { cadenceHandlers } from './cadenceActs.ts';
import { debugHandlers } from './debugActs.ts';
import { leadActs } from './leadActs.ts';
import { leadViews } from './leadViews.ts';
import { reviewView } from './reviewView.ts';
import { ownershipHandlers } from './ownershipActs.ts';
import { withMessages } from './messages.ts';
import { planHandlers } from './planActs.ts';
import { getPrompt, promptsFor } from './prompts.ts';
import { readResource, resourcesFor, templatesFor } from './resources.ts';
import { withUserWords } from './userWords.ts';
import { workHandlers } from './work.ts';

const handlers: Handlers<CallName> = {
  ...workHandlers,
  ...leadViews,
  ...reviewView,
  ...leadActs,
  ...ownershipHandlers,
  ...cadenceHandlers,
  ...planHandlers,
  ...debugHandlers,
};

const instructions: Record<Holder['seat'], string> = {
  worker:
    'You are a worker. Call get_task, acknowledge it, work only inside its SCOPE, ask with ask_question when ' +
    'something is unclear, and hand in with submit_result, which always says what is still open. Then call get_task again.',
  orchestrator:
    'You lead a team through one TODO list. Call get_status and do the one next thing it names. You coordinate and ' +
    'do not do the work yourself. A REFUSED answer names what to do instead.',
};

const toolsOf = new Map<Holder['seat'], Tool[]>();

/** What a seat is shown: its own calls. The schemas are made once; they cost more than a call does. */
function tools(seat: Holder['seat']): Tool[] {
  const kept = toolsOf.get(seat);
  if (kept) return kept;
  const made = Object.entries<CallRow>(calls)
    .filter(([, row]) => row.seat === seat)
    .map(([name, row]) => ({
      name,
      title: row.title,
      description: row.description,
      inputSchema: schemaOf(row.input),
      annotations: { title: row.title, ...row.hints },
    }));
  toolsOf.set(seat, made);
  return made;
}

function schemaOf(input: z.ZodObject): Tool['inputSchema'] {
  const schema = z.toJSONSchema(input, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  // Plain data: zod's own hangs functions on it.
  const { $schema: _, ...plain } = JSON.parse(JSON.stringify(schema)) as Tool['inputSchema'];
  return plain;
}

/** Answers MCP, today's stateless requests and the older clients' `initialize`, with one server a request. */
export function mcpHandler(room: Room, onError: (error: Error) => void): McpHttpHandler {
  return createMcpHandler(
    ({ authInfo }) => {
      const caller = callerOf(authInfo);
      const { seat } = caller.holder;
      const server = new Server(
        { name: 'lockkeeper', version: '0.1.0' },
        { capabilities: { tools: {}, resources: {}, prompts: {} }, instructions: instructions[seat] },
      );
      server.setRequestHandler('tools/list', () => ({ tools: tools(seat) }));
      server.setRequestHandler('tools/call', async ({ params }) => {
        const { name } = params;
        if (!isCall(name)) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no such tool.');
        const given = params.arguments ?? {};
        await room.guards.came(bearerOf(caller.holder), name);
        const answer = await withMessages(room, caller, name, given, await run(room, name, given, caller));
        return toolResult(withUserWords(room, caller, answer));
      });
      server.setRequestHandler('resources/list', () => ({ resources: resourcesFor(room, caller) }));
      server.setRequestHandler('resources/templates/list', () => ({
        resourceTemplates: templatesFor(caller),
      }));
      server.setRequestHandler('resources/read', ({ params }) => readResource(room, caller, params.uri));
      server.setRequestHandler('prompts/list', async () => ({ prompts: await promptsFor(room, caller) }));
      server.setRequestHandler('prompts/get', ({ params }) =>
        getPrompt(room, caller, params.name, params.arguments ?? {}),
      );
      return server;
    },
    { onerror: onError, maxSubscriptions: 64 },
  );
}

async function run(room: Room, name: CallName, given: unknown, caller: Caller): Promise<Answer> {
  const row: CallRow = calls[name];
  if (row.seat !== caller.holder.seat) return { refusal: await notTheirs(room, row, caller) };
  const parsed = row.input.safeParse(given);
  if (!parsed.success) return { refusal: badArguments(name, parsed.error) };
  const handler = handlers[name] as Handler<CallName>;
  return handler(room, parsed.data, caller);
}

/** T3: whatever the arguments say, the desk refuses the try by its table and keeps it on the record. */
async function notTheirs(room: Room, row: CallRow, caller: Caller): Promise<Refusal> {
  if (row.act !== undefined) {
    const reply = await askTry(room, caller, { type: row.act } as Act);
    if (!reply.ok) return reply.refusal;
  }
  return caller.holder.seat === 'worker'
    ? refusal('not-a-workers', 'Only the orchestrator looks at this.', 'Call get_task for your own task.')
    : refusal('not-the-orchestrators', 'Only a worker has a task of its own.', 'Call get_status.');
}

const mostFlaws = 20;

function badArguments(name: CallName, error: z.ZodError): Refusal {
  const flaws = error.issues.slice(0, mostFlaws).map((issue) => ({
    field: issue.path.join('.').slice(0, 100) || 'arguments',
    words: '',
    why: issue.message.slice(0, 300),
    better: '',
  }));
  const first = flaws[0];
  return refusal(
    'bad-arguments',
    `${name} cannot be read: ${first ? `${first.field}: ${first.why}` : 'the arguments are not what it takes.'}`,
    'Mend the named arguments and call again; tools/list shows what it takes.',
    flaws,
  );
}

/** The caller travels with the request inside the process; the token itself does not. */
export function authInfoOf(caller: Caller): AuthInfo {
  return { token: '', clientId: '', scopes: [], extra: { caller } };
}

function callerOf(authInfo: AuthInfo | undefined): Caller {
  const caller = authInfo?.extra?.['caller'];
  if (!caller) throw new Error('A request without a caller');
  return caller as Caller;
}
