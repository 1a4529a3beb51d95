import { folded } from './folded.ts';
import { visible } from './visible.ts';

// eslint-disable-next-line no-control-regex -- finding them is the purpose
const colour = /\u001b\[[\d;:]{0,40}m/g;
// eslint-disable-next-line no-control-regex -- as above
const unfinished = /(?:\u001b(?:\[[\d;:]{0,40})?|\r)$/;

/**
 * What a program writes, piece by piece, for a terminal: its colours, and nothing else that a terminal would act on.
 * All other control characters are shown as escapes.
 */
export class TerminalText {
  readonly #decoder = new TextDecoder();
  #held = '';

  /** A piece of its output; what may be the beginning of an escape waits for the next one. */
  piece(data: Uint8Array): string {
    const text = this.#held + this.#decoder.decode(data, { stream: true });
    this.#held = unfinished.exec(text)?.[0] ?? '';
    return forTerminal(text.slice(0, text.length - this.#held.length));
  }

  end(): string {
    const text = this.#held + this.#decoder.decode();
    this.#held = '';
    return forTerminal(text);
  }
}

export function forTerminal(text: string): string {
  const colours = text.match(colour) ?? [];
  return text
    .split(colour)
    .map((words, index) => `${shown(words)}${colours[index] ?? ''}`)
    .join('');
}

function shown(words: string): string {
  return words
    .replaceAll('\r\n', '\n')
    .split(/(\n|\r)/)
    .map((part) => (part === '\n' ? '\r\n' : part === '\r' ? '\r' : visible(part)))
    .join('');
}

/** The same for a document: no colours, and of a line that was drawn over and over only the last. */
export function forDocument(text: string): string {
  const plain = text
    .replaceAll(colour, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1).replace(/\r+$/, ''))
    .join('\n');
  return folded(visible(plain));
}
