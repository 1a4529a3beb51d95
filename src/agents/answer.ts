import type { Flaw } from '../contract/packets.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';

/** What a call comes back with: words for the model, and the same as data. */
export type Answer =
  | { readonly text: string; readonly content: Readonly<Record<string, unknown>> }
  | { readonly refusal: Refusal };

/** The answer as MCP carries it. A refusal is an error of the tool, so that the model reads it and mends. */
export interface ToolResult {
  [key: string]: unknown;
  content: { type: 'text'; text: string }[];
  structuredContent: { [key: string]: unknown };
  isError?: boolean;
}

export function toolResult(answer: Answer): ToolResult {
  if ('refusal' in answer) {
    const { code, sentence, next, also } = answer.refusal;
    const flaws = answer.refusal.flaws && briefFlaws(answer.refusal.flaws);
    const told = { ...refusal(code, sentence, next, flaws), ...(also ? { also } : {}) };
    return {
      content: [{ type: 'text', text: refusalText(told) }],
      structuredContent: told,
      isError: true,
    };
  }
  // There are agents that show their model the data alone: what to do next stands there too.
  // In a list `next` is where it goes on.
  const next = /^NEXT: (.+)$/m.exec(answer.text)?.[1];
  const isSaid = next === undefined || answer.content['next'] === next;
  return {
    content: [{ type: 'text', text: answer.text }],
    structuredContent: { ...answer.content, ...(isSaid ? {} : { do_next: next }) },
  };
}

/** What was wrong, without sending all of it back: the caller knows what it wrote. */
export function briefFlaws(flaws: readonly Flaw[]): readonly Flaw[] {
  return flaws.map(({ field, words, why, better }) => ({
    field,
    words: cut(words),
    why: cut(why),
    better: cut(better),
  }));
}

function cut(text: string): string {
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…`.toWellFormed() : text;
}

const longestQuote = 600;

function refusalText({ code, sentence, next, flaws, also }: Refusal): string {
  return [
    `REFUSED ${code}: ${sentence} NEXT: ${next}`,
    ...(also ?? []).map((one) => `- ALSO: ${one.sentence} ${one.next}`),
    ...(flaws ?? []).map(({ field, words, why, better }) => {
      const said = words === '' ? '' : ` You wrote: “${words}”.`;
      return `- ${field}: ${why}${said}${better === '' ? '' : ` Write for example: ${better}`}`;
    }),
  ].join('\n');
}
