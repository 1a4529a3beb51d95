import type { Flaw, OpenItem, ResultDraft } from '../contract/packets.ts';
import { bareWord, beginning, isBlank, tidy } from './plainText.ts';

/** What a worker says is still open: nothing, a list, or neither clearly (T4). */
export type StillOpen =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'items'; readonly items: readonly OpenItem[] }
  | { readonly kind: 'unclear'; readonly flaws: readonly Flaw[] };

const field = 'STILL-OPEN';
const mostItems = 200;
const sayWhich = 'Write the word Nothing, or list each thing that is still open.';

const unclear = (words: string, why: string, better: string): StillOpen => ({
  kind: 'unclear',
  flaws: [{ field, words, why: `${why} ${sayWhich}`, better }],
});

const label = /^[\s*_#"“]{0,9}(?:what(?:'s| is) )?still[ -]open[\s*_]{0,9}(?::[\s*_]{0,9}|$)/i;

const isNothing = (text: string): boolean => bareWord(text) === 'nothing';

const emptyWords = new Set(
  `none|n/a|na|n.a|nil|null|no|nope|-|--|---|–|—|/|0|[]|{}|empty|false|undefined|ok|done|all done|all good
everything done|everything is done|complete|completed|finished|no items|no open items|no open points|no issues
no open issues|no remaining work|no remaining items|not applicable|no todos|zero|tbd|?|…|.|x|ditto|see above`
    .split(/[|\n]/)
    .map((word) => word.trim()),
);
const saysNone = (text: string): boolean =>
  isBlank(text) || emptyWords.has(bareWord(text)) || !/[\p{L}\p{N}]/u.test(text);

/** "Nothing, but …", "Nothing else": the word together with more than the word. */
const nothingAndMore =
  /^[\s*_"“`]{0,9}nothing[*_"”`]{0,9}(?:\s{0,4}[,;:.(–—-]|\s{1,4}(?:but|else|left|more|open|remains|remaining|outstanding|pending|is|to do|to report|except|besides|apart|other|much|major|really|yet|here|so far|from)\b)/i;

const lineMark = /^\s{0,20}(?:[-*•‣▪–—+]\s+|\(?\d{1,3}[.)]\s+|[a-z][.)]\s+)(?:\[ ?\]\s+)?/i;

function readLines(text: string): readonly OpenItem[] {
  const body = text.replace(label, '');
  return tidy(body)
    .split('\n')
    .map((line) => tidy(line.replace(lineMark, '')))
    .filter((line) => line !== '')
    .map((words) => ({ words }));
}

function judge(items: readonly OpenItem[], whole: string): StillOpen {
  const [first] = items;
  const example = 'Nothing';
  if (first === undefined) return unclear(whole, 'What is still open is not said.', example);
  if (items.length === 1 && isNothing(first.words)) {
    if (first.doneWhen === undefined) return { kind: 'nothing' };
    const why = `It says Nothing, and names DONE-WHEN ${String(first.doneWhen)} as not met.`;
    return unclear(first.words, why, `DONE-WHEN ${String(first.doneWhen)} is not met yet`);
  }
  if (items.length === 1 && saysNone(first.words)) {
    const why = isBlank(first.words)
      ? 'The only item is blank.'
      : `"${beginning(first.words)}" can be read in two ways.`;
    return unclear(first.words, why, example);
  }
  const flaws: Flaw[] = [];
  for (const { words } of items) {
    if (isBlank(words))
      flaws.push({
        field,
        words,
        why: 'An item is blank; leave it out or say what is open.',
        better: 'what is left to do, in one sentence',
      });
    else if (isNothing(words) || nothingAndMore.test(words)) {
      const rest = items
        .filter((item) => !isNothing(item.words) && !isBlank(item.words))
        .map((item) => item.words);
      const better = items.length === 1 ? 'Nothing' : rest.join('\n');
      flaws.push({ field, words, why: `It says Nothing and more than Nothing. ${sayWhich}`, better });
    } else if (saysNone(words)) {
      flaws.push({
        field,
        words,
        why: `"${beginning(words)}" is no item; leave it out or say what is open.`,
        better: 'what is left to do, in one sentence',
      });
    }
  }
  if (items.length > mostItems) {
    const why = `These are ${String(items.length)} items; a result holds at most ${String(mostItems)}. Put together what one TODO can settle.`;
    flaws.push({
      field,
      words: '',
      why,
      better: items
        .slice(0, mostItems)
        .map((item) => item.words)
        .join('\n'),
    });
  }
  return flaws.length > 0 ? { kind: 'unclear', flaws } : { kind: 'items', items };
}

/** T4: reads "What is still open" one clear way, or says why it cannot be read. */
export function readStillOpen(draft: ResultDraft['stillOpen']): StillOpen {
  if (draft === undefined) return unclear('', 'What is still open is not said.', 'Nothing');
  if (typeof draft === 'string') return judge(readLines(draft), draft);
  const items = draft.map((entry): OpenItem => {
    if (typeof entry === 'string') return { words: tidy(entry) };
    const words = tidy(entry.words);
    return entry.doneWhen === undefined ? { words } : { words, doneWhen: entry.doneWhen };
  });
  return judge(items, '');
}
