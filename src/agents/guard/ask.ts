import { post } from './post.ts';

/** What the door says of one path. */
interface Ruled {
  readonly path: string;
  readonly allowed: boolean;
  readonly sentence?: string;
}

export type Ruling =
  { readonly allowed: true } | { readonly allowed: false; readonly sentences: readonly string[] };

/** What a token may consist of, so that it can stand in a header. */
const tokenForm = /^[\w-]{1,200}$/;

/**
 * Asks the door of the window whether these paths may be written. Rejects with an `Error` whose message is what went
 * wrong, as the end of a sentence; it never holds the token.
 */
export async function askDoor(
  address: string,
  token: string,
  question: { readonly cwd: string; readonly tool: string; readonly paths: readonly string[] },
): Promise<Ruling> {
  const asked = { ...question, tool: question.tool.slice(0, 200), write: true };
  const { status, body } = await post(doorAt(address, token), token, JSON.stringify(asked));
  if (status === 401) throw new Error('the window does not know this worker, or not any more');
  const json = parsed(body);
  if (status !== 200) throw new Error(refusedIn(json) ?? `the window answered with status ${status}`);
  const ruled = ruledIn(json);
  if (ruled?.length !== question.paths.length) throw new Error('the answer of the window cannot be read');
  const refused = ruled.filter(({ allowed }) => !allowed);
  if (refused.length === 0) return { allowed: true };
  return {
    allowed: false,
    sentences: [
      ...new Set(refused.map(({ path, sentence }) => sentence ?? `\`${path}\` may not be written.`)),
    ],
  };
}

/** Tells the door that a call of Lockkeeper's own comes, so that it knows the guard is there. */
export async function tellDoor(address: string, token: string, call: string): Promise<void> {
  await post(doorAt(address, token), token, JSON.stringify({ call }));
}

export function doorAt(address: string, token: string): URL {
  let url: URL;
  try {
    url = new URL('/guard', address);
  } catch {
    throw new Error('LOCKKEEPER_URL is no address');
  }
  // The token is shown to this machine alone.
  if (url.protocol !== 'http:' || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new Error('LOCKKEEPER_URL is no address on this machine');
  if (!tokenForm.test(token)) throw new Error('LOCKKEEPER_TOKEN holds no token');
  return url;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The words of a refusal that concerns the request as a whole. */
function refusedIn(json: unknown): string | undefined {
  const error = isObject(json) ? json['error'] : undefined;
  const message = isObject(error) ? error['message'] : undefined;
  return typeof message === 'string' ? message : undefined;
}

function ruledIn(json: unknown): readonly Ruled[] | undefined {
  const paths = isObject(json) ? json['paths'] : undefined;
  return Array.isArray(paths) && paths.every(isRuled) ? paths : undefined;
}

function isRuled(value: unknown): value is Ruled {
  return (
    isObject(value) &&
    typeof value['path'] === 'string' &&
    typeof value['allowed'] === 'boolean' &&
    (value['sentence'] === undefined || typeof value['sentence'] === 'string')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
