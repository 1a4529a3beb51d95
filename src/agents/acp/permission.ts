import type { RequestPermissionRequest, ToolCallUpdate } from '@agentclientprotocol/sdk';

/** Kinds of tools that change files, as the protocol names them. */
const writing: readonly unknown[] = ['edit', 'delete', 'move'];

/** What the call of a tool says of the files that it would write. */
export interface Told {
  /** The absolute paths of its diffs, and the places it names where it is a tool that changes files. */
  readonly paths: readonly string[];
  /** What a guard reads in its input, as it reads a hook: a shell's text, or fields that hold paths. */
  readonly hook?: { readonly tool_name: string; readonly tool_input: object };
  /** It changes files, and does not say which. */
  readonly isUnclear: boolean;
}

/** What was told of each call so far: after its begin an agent says of it only what is new. */
export class ToldCalls {
  readonly #calls = new Map<string, ToolCallUpdate>();

  of(update: ToolCallUpdate): ToolCallUpdate {
    const said = Object.entries(update).filter(([, value]) => value !== undefined && value !== null);
    const all = { ...this.#calls.get(update.toolCallId), ...(Object.fromEntries(said) as ToolCallUpdate) };
    this.#calls.set(update.toolCallId, all);
    return all;
  }
}

export function toldBy({ kind, content, locations, rawInput, title }: ToolCallUpdate): Told {
  const diffs = (content ?? []).flatMap((one) => (one.type === 'diff' ? [one.path] : []));
  const places = writing.includes(kind) ? (locations ?? []).map(({ path }) => path) : [];
  const paths = [...new Set([...diffs, ...places])];
  const input = typeof rawInput === 'object' && rawInput !== null ? rawInput : {};
  const hasCommand = 'command' in input || 'cmd' in input;
  const isNamed = kind !== undefined && kind !== null && kind !== 'other';
  if (kind === 'execute' || (hasCommand && !isNamed)) {
    // An agent that brings no input has the command in its title.
    const tool_input = hasCommand ? input : { ...input, command: title ?? '' };
    return { paths, hook: { tool_name: 'acp:execute', tool_input }, isUnclear: false };
  }
  // Of a call that begins with its permission, and says nothing.
  const isUntold = (kind === undefined || kind === null) && Object.keys(input).length === 0;
  // A call over MCP names files too, and writes none.
  const hasInput = Object.keys(input).length > 0 && writing.includes(kind);
  return {
    paths,
    ...(hasInput ? { hook: { tool_name: `acp:${kind}`, tool_input: input } } : {}),
    isUnclear: paths.length === 0 && !hasInput && (writing.includes(kind) || isUntold),
  };
}

/**
 * The option that says so, for this once: what is allowed for ever is asked no more. Undefined where the agent offers
 * none of the kind.
 */
export function optionFor(
  allowed: boolean,
  { options }: Pick<RequestPermissionRequest, 'options'>,
): string | undefined {
  const kinds = allowed ? ['allow_once'] : ['reject_once', 'reject_always'];
  return kinds.flatMap((kind) => options.filter((one) => one.kind === kind))[0]?.optionId;
}
