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

const lineMark = /^\s{0,20}(?:[-*•‣▪–—+]\s+|\(?\d{1,3}[.)]\s+|[a-z][.)]\s+)(?:\[ ?\]\s+)?/i;

/** A line without its bullet or number, and without the heading of the list. */
const bareLine = (line: string): string => tidy(line.replace(lineMark, '').replace(label, ''));
const isNothing = (text: string): boolean => bareWord(bareLine(text)) === 'nothing';

const emptyWords = new Set(
  `none|n/a|na|n.a|nil|null|no|nope|-|--|---|–|—|/|0|[]|{}|empty|false|undefined|ok|done|all done|all good
everything done|everything is done|complete|completed|finished|no items|no open items|no open points|no issues
no open issues|no remaining work|no remaining items|not applicable|no todos|zero|tbd|?|…|.|x|ditto|see above`
    .split(/[|\n]/)
    .map((word) => word.trim()),
);
const saysNone = (text: string): boolean =>
  isBlank(text) || emptyWords.has(bareWord(bareLine(text))) || !/[\p{L}\p{N}]/u.test(text);

/** "Nothing, but …", "Nothing else": the word together with more than the word. */
const nothingAndMore =
  /^[\s*_"“`]{0,9}nothing[*_"”`]{0,9}(?:\s{0,4}(?:[,;:(]|\.(?=\s)|[–—])|\s{1,4}(?:- |(?:but|else|left|more|open|remains|remaining|outstanding|pending|to do|to report|except|besides|apart|other|much|major|so far|is (?:still )?(?:open|left|missing|pending|outstanding|remaining))(?![\p{L}\p{N}])))/iu;
const exception =
  /^[^\p{L}]{0,9}nothing[^\p{L}]{1,9}(?:but|except|besides|apart from|other than)\s{1,4}(?:that\s)?(.+)$/isu;

const saysMoreThanNothing = (words: string): boolean =>
  isNothing(words) || nothingAndMore.test(bareLine(words)) || words.split('\n').some(isNothing);

function readLines(text: string): readonly OpenItem[] {
  const body = text.replace(label, '');
  return tidy(body)
    .split('\n')
    .map((line) => tidy(line.replace(lineMark, '')))
    .filter((line) => line !== '')
    .map((words) => ({ words }));
}

const whatIsLeft = 'what is left to do, in one sentence';

/** What stands against one item among others, or nothing. */
function itemFlaw(words: string, items: readonly OpenItem[]): Flaw | undefined {
  if (isBlank(words)) {
    return { field, words, why: 'An item is blank; leave it out or say what is open.', better: whatIsLeft };
  }
  if (saysMoreThanNothing(words)) {
    const rest = items
      .map((item) => item.words)
      .filter((other) => !saysMoreThanNothing(other) && !isBlank(other));
    const better = rest.length > 0 ? rest.join('\n') : (exception.exec(bareLine(words))?.[1] ?? 'Nothing');
    return { field, words, why: `It says Nothing and more than Nothing. ${sayWhich}`, better };
  }
  if (!saysNone(words)) return undefined;
  const why = `"${beginning(words)}" is no item; leave it out or say what is open.`;
  return { field, words, why, better: whatIsLeft };
}

function judge(items: readonly OpenItem[], whole: string): StillOpen {
  const [first] = items;
  if (first === undefined) return unclear(whole, 'What is still open is not said.', 'Nothing');
  if (items.length === 1 && isNothing(first.words)) {
    if (first.doneWhen === undefined) return { kind: 'nothing' };
    const number = String(first.doneWhen);
    const why = `It says Nothing, and names DONE-WHEN ${number} as not met.`;
    return unclear(first.words, why, `DONE-WHEN ${number} is not met yet`);
  }
  if (items.length === 1 && saysNone(first.words)) {
    const said = `"${beginning(first.words)}" can be read in two ways.`;
    return unclear(first.words, isBlank(first.words) ? 'The only item is blank.' : said, 'Nothing');
  }
  if (items.length > mostItems) {
    const kept = items.slice(0, mostItems).map(({ words }) => words);
    const why = `These are ${String(items.length)} items; a result holds at most ${String(mostItems)}. Put together what one TODO can settle.`;
    return { kind: 'unclear', flaws: [{ field, words: '', why, better: kept.join('\n') }] };
  }
  const flaws = items.flatMap(({ words }) => itemFlaw(words, items) ?? []);
  return flaws.length > 0 ? { kind: 'unclear', flaws } : { kind: 'items', items };
}

/** T4: reads "What is still open" one clear way, or says why it cannot be read. */
export function readStillOpen(draft: ResultDraft['stillOpen']): StillOpen {
  if (draft === undefined) return unclear('', 'What is still open is not said.', 'Nothing');
  if (typeof draft === 'string') return judge(readLines(draft), draft);
  const items = draft.map((entry): OpenItem => {
    if (typeof entry === 'string') return { words: tidy(entry) };
    const { todo, doneWhen } = entry;
    return {
      words: tidy(entry.words),
      ...(todo === undefined ? {} : { todo }),
      ...(doneWhen === undefined ? {} : { doneWhen }),
    };
  });
  return judge(items, '');
}
