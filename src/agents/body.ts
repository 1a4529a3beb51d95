import type { IncomingMessage } from 'node:http';
import type { TurnedAway } from './admission.ts';

const mostBytes = 1_048_576;
const mostDepth = 32;
/** Values in one body. The longest honest call holds some thousands. */
const mostValues = 20_000;
/** Keys of one object. Ours have a dozen. */
const mostKeys = 100;

/**
 * The JSON of a request, or why it is not taken. Nothing behind this sees a body that breaks a limit.
 * `weigh` is told how many bytes came.
 */
export async function readBody(
  request: IncomingMessage,
  weigh: (bytes: number) => void,
): Promise<{ readonly json: object } | TurnedAway> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return tooLarge;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    weigh(chunk.length);
    if (bytes > mostBytes) return tooLarge;
    chunks.push(chunk);
  }
  return readJson(Buffer.concat(chunks));
}

const tooLarge: TurnedAway = { status: 413, sentence: 'A call is at most 1 MiB; put less into one.' };
const notJson: TurnedAway = { status: 400, sentence: 'The body is not JSON.' };

function readJson(bytes: Buffer): { readonly json: object } | TurnedAway {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return notJson;
  }
  const wrongShape = shapeRefused(text);
  if (wrongShape !== undefined) return { status: 400, sentence: wrongShape };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return notJson;
  }
  if (Array.isArray(json))
    return { status: 400, sentence: 'Batches are not taken; send one call at a time.' };
  if (typeof json !== 'object' || json === null) return notJson;
  const wrong = wrongValue(json) ?? wrongId(json);
  return wrong === undefined ? { json } : { status: 400, sentence: wrong };
}

const tooMany = 'The body holds too many values; put less into one call.';

/** Before it is parsed, so that depth and number cost nothing. */
function shapeRefused(text: string): string | undefined {
  let depth = 0;
  let values = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inText) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) inText = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      values += 1;
      if (depth > mostDepth) return `The body is nested more than ${mostDepth} deep.`;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
    else if (code === 0x2c) values += 1;
    if (values > mostValues) return tooMany;
  }
  return undefined;
}

const wrongKeys = new Set(['__proto__', 'constructor', 'prototype']);

function wrongValue(json: object): string | undefined {
  const left: object[] = [json];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    const entries = Object.entries(value) as [string, unknown][];
    if (!Array.isArray(value) && entries.length > mostKeys) return tooMany;
    for (const [key, inner] of entries) {
      if (wrongKeys.has(key)) return 'The body holds a key that is not taken.';
      // Half a character cannot be kept as it is, and the journal refuses everything it comes with.
      if (typeof inner === 'string' && !inner.isWellFormed()) return 'The body holds half a character.';
      if (typeof inner === 'object' && inner !== null) left.push(inner);
    }
  }
  return undefined;
}

function wrongId(json: object): string | undefined {
  const { id } = json as { id?: unknown };
  const isGood =
    id === undefined ||
    Number.isSafeInteger(id) ||
    (typeof id === 'string' && id.length > 0 && id.length <= 200);
  return isGood ? undefined : 'The id is neither a whole number nor a short text.';
}
