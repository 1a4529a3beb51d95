import * as z from 'zod';
import { events, type Dialect, type Step } from './script.ts';

const block = z.looseObject({
  type: z.string(),
  content: z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]).optional(),
});
const request = z.looseObject({
  stream: z.boolean().optional(),
  tools: z.array(z.looseObject({ name: z.string().optional() })).optional(),
  messages: z.array(z.looseObject({ content: z.union([z.string(), z.array(block)]) })),
});

/** How an agent names its own tools, and what they take. */
interface Names {
  readonly call: (name: string) => string;
  readonly write: (path: string, text: string) => readonly [string, object];
  readonly read: (path: string) => readonly [string, object];
  readonly shell: (command: string) => readonly [string, object];
}

const claudes: Names = {
  call: (name) => `mcp__lockkeeper__${name}`,
  write: (path, text) => ['Write', { file_path: path, content: text }],
  read: (path) => ['Read', { file_path: path }],
  shell: (command) => ['Bash', { command, description: 'Run it' }],
};

const copilots: Names = {
  call: (name) => `lockkeeper-${name}`,
  write: (path, text) => ['create', { path, file_text: text }],
  read: (path) => ['view', { path }],
  shell: (command) => ['bash', { command, description: 'Run it' }],
};

const editors: Names = {
  call: (name) => `mcp_lockkeeper_${name}`,
  write: (path, text) => ['create_file', { filePath: path, content: text }],
  read: (path) => ['read_file', { filePath: path, startLine: 1, endLine: 100 }],
  shell: (command) => [
    'run_in_terminal',
    { command, explanation: 'Run it', goal: 'Run it', isBackground: false },
  ],
};

/** POST /v1/messages. A request without tools is not the conversation. */
const dialectWith = (names: Names): Dialect => ({
  heard(path, body) {
    const parsed = request.safeParse(body);
    if (!path.startsWith('/v1/messages') || path.includes('count_tokens')) return undefined;
    if (!parsed.success || !parsed.data.tools?.length) return undefined;
    return parsed.data.messages.flatMap(({ content }) =>
      typeof content === 'string'
        ? []
        : content.flatMap((one) => (one.type === 'tool_result' ? [textOf(one.content)] : [])),
    );
  },
  answer(step, count, path, body) {
    if (path.includes('count_tokens')) return { type: 'application/json', text: '{"input_tokens":10}' };
    const parsed = request.safeParse(body);
    if (!parsed.success) return { type: 'application/json', text: '{}' };
    const content = contentOf(step ?? { say: 'ok' }, count, names);
    const message = {
      id: `msg_${count}`,
      type: 'message',
      role: 'assistant',
      model: 'scripted',
      stop_sequence: null,
      usage: { input_tokens: 10, output_tokens: 10 },
    };
    const stop_reason = content.type === 'text' ? 'end_turn' : 'tool_use';
    if (parsed.data.stream !== true)
      return {
        type: 'application/json',
        text: JSON.stringify({ ...message, content: [content], stop_reason }),
      };
    const [begun, delta] =
      content.type === 'text'
        ? [
            { type: 'text', text: '' },
            { type: 'text_delta', text: content.text },
          ]
        : [
            { ...content, input: {} },
            { type: 'input_json_delta', partial_json: JSON.stringify(content.input) },
          ];
    const list = [
      { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
      { type: 'content_block_start', index: 0, content_block: begun },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 10 } },
      { type: 'message_stop' },
    ];
    return { type: 'text/event-stream', text: events(list.map((data) => ({ type: data.type, data }))) };
  },
});

export const anthropic = dialectWith(claudes);
/** The same for Copilot CLI, which speaks it where it is told to. */
export const anthropicForCopilot = dialectWith(copilots);
/** And for VS Code's own chat, with a model that the person brought. */
export const anthropicForEditor = dialectWith(editors);

function contentOf(
  step: Step,
  count: number,
  names: Names,
): { type: 'text'; text: string } | { type: 'tool_use'; id: string; name: string; input: object } {
  const use = ([name, input]: readonly [string, object]) => ({
    type: 'tool_use' as const,
    id: `toolu_${count}`,
    name,
    input,
  });
  if ('say' in step) return { type: 'text', text: step.say };
  if ('tool' in step) return use([step.tool, step.input]);
  if ('read' in step) return use(names.read(step.read));
  if ('shell' in step) return use(names.shell(step.shell));
  if ('write' in step) return use(names.write(step.write, step.text));
  if ('edit' in step)
    return use(['Edit', { file_path: step.edit, old_string: step.was, new_string: step.text }]);
  return use([names.call(step.call), step.input]);
}

function textOf(content: z.output<typeof block>['content']): string {
  if (content === undefined || typeof content === 'string') return content ?? '';
  return content.map(({ text = '' }) => text).join('\n');
}
