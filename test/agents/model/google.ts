import * as z from 'zod';
import { events, type Dialect, type Step } from './script.ts';

const request = z.looseObject({
  tools: z
    .array(z.looseObject({ functionDeclarations: z.array(z.looseObject({ name: z.string() })).optional() }))
    .optional(),
  contents: z.array(
    z.looseObject({
      parts: z
        .array(
          z.looseObject({
            functionResponse: z.looseObject({ response: z.looseObject({}).optional() }).optional(),
          }),
        )
        .optional(),
    }),
  ),
});

/** POST …:streamGenerateContent and …:generateContent. A request without tools is not the conversation. */
export const google: Dialect = {
  heard(path, body) {
    const parsed = request.safeParse(body);
    if (!/:(?:streamG|g)enerateContent/.test(path) || !parsed.success) return undefined;
    if (!parsed.data.tools?.some(({ functionDeclarations }) => functionDeclarations?.length))
      return undefined;
    return parsed.data.contents.flatMap(({ parts = [] }) =>
      parts.flatMap(({ functionResponse }) => (functionResponse ? [textOf(functionResponse.response)] : [])),
    );
  },
  answer(step, count, path) {
    if (path.includes('countTokens')) return { type: 'application/json', text: '{"totalTokens":10}' };
    const data = {
      candidates: [
        {
          content: { role: 'model', parts: [partOf(step ?? { say: 'ok' }, count)] },
          finishReason: 'STOP',
          index: 0,
        },
      ],
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 10, totalTokenCount: 20 },
      modelVersion: 'gemini-2.5-pro',
    };
    return path.includes('streamGenerateContent')
      ? { type: 'text/event-stream', text: events([{ data }]) }
      : { type: 'application/json', text: JSON.stringify(data) };
  },
};

function partOf(step: Step, count: number): object {
  const use = (name: string, args: object): object => ({ functionCall: { id: `call_${count}`, name, args } });
  if ('say' in step) return { text: step.say };
  if ('tool' in step) return use(step.tool, step.input);
  if ('read' in step) return use('read_file', { file_path: step.read });
  if ('shell' in step) return use('run_shell_command', { command: step.shell });
  if ('write' in step) return use('write_file', { file_path: step.write, content: step.text });
  if ('edit' in step) {
    const { edit, was, text } = step;
    return use('replace', { file_path: edit, old_string: was, new_string: text, instruction: 'Change it' });
  }
  return use(`mcp_lockkeeper_${step.call}`, step.input);
}

/** What a tool said stands in one field or another. */
function textOf(response: object | undefined): string {
  const [only, other] = Object.values(response ?? {}) as unknown[];
  return typeof only === 'string' && other === undefined ? only : JSON.stringify(response ?? '');
}
