import * as z from 'zod';
import { events, type Dialect, type Step } from './script.ts';

const output = z.union([
  z.string(),
  z.array(z.looseObject({ text: z.string().optional() })),
  z.looseObject({}),
]);
const request = z.looseObject({
  input: z.array(z.looseObject({ type: z.string().optional(), output: output.optional() })),
  tools: z.array(z.looseObject({ name: z.string().optional(), type: z.string().optional() })).optional(),
});

/** POST …/responses, always as a stream. */
export const openai: Dialect = {
  heard(path, body) {
    const parsed = request.safeParse(body);
    if (!path.includes('/responses') || !parsed.success) return undefined;
    return parsed.data.input.flatMap((item) =>
      item.type === 'function_call_output' || item.type === 'custom_tool_call_output'
        ? [textOf(item.output)]
        : [],
    );
  },
  answer(step, count, path, body) {
    const parsed = request.safeParse(body);
    if (!path.includes('/responses') || !parsed.success)
      return { type: 'application/json', text: '{"data":[],"models":[]}' };
    const names = new Set((parsed.data.tools ?? []).map(({ name }) => name));
    const item = itemOf(step ?? { say: 'ok' }, count, names);
    const id = `resp_${count}`;
    const usage = { input_tokens: 10, output_tokens: 10, total_tokens: 20 };
    const list = [
      { type: 'response.created', response: { id } },
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: { id, usage } },
    ];
    return { type: 'text/event-stream', text: events(list.map((data) => ({ type: data.type, data }))) };
  },
};

function itemOf(step: Step, count: number, names: ReadonlySet<string | undefined>): object {
  const call_id = `call_${count}`;
  const use = (name: string, input: object, more: object = {}): object => ({
    type: 'function_call',
    id: `fc_${count}`,
    call_id,
    name,
    arguments: JSON.stringify(input),
    ...more,
  });
  if ('say' in step)
    return {
      type: 'message',
      id: `msg_${count}`,
      role: 'assistant',
      content: [{ type: 'output_text', text: step.say, annotations: [] }],
    };
  if ('tool' in step) return use(step.tool, step.input);
  if ('shell' in step || 'read' in step) {
    const command = 'shell' in step ? step.shell : `cat '${step.read}'`;
    return names.has('exec_command')
      ? use('exec_command', { cmd: command })
      : use('shell_command', { command });
  }
  if ('write' in step) {
    const lines = step.text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `+${line}`);
    const input = ['*** Begin Patch', `*** Add File: ${step.write}`, ...lines, '*** End Patch'].join('\n');
    return { type: 'custom_tool_call', id: `ctc_${count}`, call_id, name: 'apply_patch', input };
  }
  if ('edit' in step) {
    const { edit, was, text } = step;
    const lines = [
      '*** Begin Patch',
      `*** Update File: ${edit}`,
      '@@',
      `-${was}`,
      `+${text}`,
      '*** End Patch',
    ];
    return {
      type: 'custom_tool_call',
      id: `ctc_${count}`,
      call_id,
      name: 'apply_patch',
      input: lines.join('\n'),
    };
  }
  return use(step.call, step.input, { namespace: 'mcp__lockkeeper' });
}

function textOf(value: z.output<typeof output> | undefined): string {
  if (value === undefined || typeof value === 'string') return value ?? '';
  return Array.isArray(value) ? value.map(({ text = '' }) => text).join('\n') : JSON.stringify(value);
}
