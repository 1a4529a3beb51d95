import { isBlank } from './labels.ts';
import type { Dispatch, State, StoredResult } from './state.ts';
import { at } from './table.ts';
import { visible } from './views/visible.ts';

const longestHeader = 100;
const header = /^([a-z]+(?:-[a-z]+)*)(\([^()\s](?:[^()]*[^()\s])?\))?(!)?: (\S.*)$/i;

/**
 * P12: why a message is no Conventional Commit (https://www.conventionalcommits.org, 1.0.0): a type, a scope in
 * brackets or none, `!` for what breaks, a colon, a blank, a description; a body a blank line below.
 */
export function messageFault(message: string): string | undefined {
  if (isBlank(message)) return 'It says nothing.';
  const [first = '', second = '', ...rest] = message.split('\n');
  if (!header.test(first)) return 'Its first line is not “type(scope): description”.';
  if (first.length > longestHeader) return `Its first line has more than ${longestHeader} characters.`;
  if (second.trim() !== '') return 'Its second line is not blank.';
  const breaking = rest.find((line) => /^breaking[ -]change(?::|\s#)/i.test(line));
  if (breaking !== undefined && !/^BREAKING[ -]CHANGE: \S/.test(breaking)) {
    return '“BREAKING CHANGE: ” is written in capitals, with what breaks behind it.';
  }
  return undefined;
}

const kinds: readonly (readonly [string, RegExp])[] = [
  ['fix', /^(?:fix|repair|correct|mend|stop|prevent|handle)\b/i],
  ['docs', /^(?:document|describe|explain|write (?:down|up))\b/i],
  ['test', /^(?:test|cover)\b/i],
  ['refactor', /^(?:refactor|rename|move|extract|simplify|split|inline|remove|delete)\b/i],
  ['perf', /^(?:speed up|optimi[sz]e)\b/i],
];

/** P12: what the commit of an approved result may say, from its packet; the trailers are not in it. */
export function proposedMessage(state: State, result: StoredResult, dispatch: Dispatch): string {
  const only =
    dispatch.todos.length === 1 ? at(state.todos, dispatch.todos[0] ?? 0)?.packet?.task : undefined;
  const task = oneLine(only ?? dispatch.purpose ?? dispatch.packet.task).replace(/[.!]+$/, '');
  const isDocs =
    result.packet.files.length > 0 && result.packet.files.every((file) => /\.(?:md|txt|rst)$/i.test(file));
  const kind = isDocs ? 'docs' : (kinds.find(([, begins]) => begins.test(task))?.[0] ?? 'feat');
  const words = /^\p{Lu}\p{Ll}/u.test(task) ? task.charAt(0).toLowerCase() + task.slice(1) : task;
  const room = 72 - kind.length - 2;
  const cut = words.length > room ? `${words.slice(0, room - 1).trimEnd()}…` : words;
  const body = wrapped(oneLine(result.packet.summary).slice(0, 600));
  return `${kind}: ${cut === '' ? 'what the task asks for' : cut}${body === '' ? '' : `\n\n${body}`}`;
}

function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= 72)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
