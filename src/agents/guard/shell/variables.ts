import { pieceOf, type Word } from './draft.ts';

/** What is known of variables, as pieces of words; under `topLevel` the repository's folder. */
export type Variables = Map<string, string>;
export const topLevel = '$(git rev-parse --show-toplevel)';

/** No path is longer, and a text that doubles itself ends here. */
const longest = 4_096;

/** Keeps what a command makes of variables: `A=b` alone, `export A=b`, and what a loop goes through. */
export function assign(words: readonly Word[], known: Variables): void {
  const set = (name: string, piece: string, isKnown: boolean): void => {
    if (isKnown && piece.length <= longest) known.set(name, piece);
    else known.delete(name);
  };
  const [first, name, joint, ...rest] = words;
  if (first?.text === 'for' && name && joint?.text === 'in') {
    const pieces = rest.map(pieceOf);
    const isKnown = pieces.length > 0 && rest.every((word) => word.isKnown);
    set(name.text, pieces.length === 1 ? (pieces[0] ?? '') : `{${pieces.join(',')}}`, isKnown);
    return;
  }
  const isSet = /^(?:export|readonly|local|declare|typeset)$/.test(first?.text ?? '');
  const made = isSet ? words.slice(1) : words;
  const parts = made.map((word) => /^(\w+)=(.*)$/s.exec(pieceOf(word)));
  if (!isSet && parts.some((part) => part === null)) return;
  for (const [index, part] of parts.entries()) {
    if (part?.[1] !== undefined) set(part[1], part[2] ?? '', made[index]?.isKnown === true);
  }
}

/** The variable that `while IFS= read -r name` goes through. */
export function readInto(words: readonly Word[]): string | undefined {
  const texts = words.map(({ text }) => text);
  const at = texts.indexOf('read');
  if (at < 1 || !/^(?:while|until)$/.test(texts[0] ?? '')) return undefined;
  const names = texts.slice(at + 1).filter((text) => /^[A-Za-z_]\w*$/.test(text));
  return names.length === 1 ? names[0] : undefined;
}
