import { escaped, written } from './escapes.ts';
import { bulletOf, headingOf, namesOf, type Field } from './grammar.ts';
import { progressFields } from './progressText.ts';
import { questionFields } from './questionText.ts';
import { linesOf } from './reading.ts';
import { resultFields } from './resultText.ts';

const names = namesOf<string>([...resultFields, ...questionFields, ...progressFields] as readonly Field[]);

/** A worker's text with all that is not seen written out, so that a person can work on it; it reads as before. */
export function shownText(text: string): string {
  return linesOf(text)
    .map((line) => {
      const body = line.trimEnd();
      if (written(body) === body || body.startsWith('\\ ')) return body;
      const inline = headingOf(body, names)?.inline ?? bulletOf(body)?.rest ?? body.trimStart();
      return `${body.slice(0, body.length - inline.length)}${escaped(inline)}`;
    })
    .join('\n');
}
