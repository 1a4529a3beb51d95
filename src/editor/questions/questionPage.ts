import type { Look, Page, QuestionCard } from '../../contract/panelMessages.ts';
import type { AskedQuestion, State } from '../../core/state.ts';
import { keyOf, openQuestions, questionCard, questionWords } from '../../core/views/questionCards.ts';

const mostCards = 20;
/** In UTF-16 units of what the workers wrote; a page has one question at least. */
const mostWords = 40_000;

interface Looked {
  readonly cards: readonly QuestionCard[];
  readonly page: Page;
  /** The card to be at, and its place among those that match; where it goes, the next one takes that place. */
  readonly selected: string | undefined;
  readonly place: number;
}

/** The page of open questions that somebody looks at; `place` is where they were among those that matched. */
export function questionPage(state: State, { filter, selected, turn }: Look, place: number): Looked {
  const all = openQuestions(state);
  const sought = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = all.filter((question) => {
    const text = sought.length === 0 ? '' : questionWords(state, question).toLowerCase();
    return sought.every((word) => text.includes(word));
  });
  const starts = startsOf(found);
  const endOf = (index: number): number => starts[index + 1] ?? found.length;
  const turned = turn && Math.min(turn.page, starts.length) - 1;
  const known = found.findIndex((question) => keyOf(question) === selected);
  const at =
    turned === undefined
      ? Math.min(known >= 0 ? known : Math.max(place, 0), found.length - 1)
      : turn?.at === 'last'
        ? endOf(turned) - 1
        : (starts[turned] ?? 0);
  const index = Math.max(
    starts.findLastIndex((start) => start <= at),
    0,
  );
  const start = starts[index] ?? 0;
  const here = found[at];
  return {
    cards: found.slice(start, endOf(index)).map((question) => questionCard(state, question)),
    page: {
      page: index + 1,
      pages: starts.length,
      from: found.length === 0 ? 0 : start + 1,
      matching: found.length,
      total: all.length,
      filter,
    },
    selected: here && keyOf(here),
    place: at,
  };
}

/** Where each page begins: so many questions, or fewer where their words are many. */
function startsOf(found: readonly AskedQuestion[]): readonly number[] {
  const starts = [0];
  let words = 0;
  found.forEach(({ packet }, index) => {
    const own = JSON.stringify(packet).length;
    words += own;
    if (index - (starts.at(-1) ?? 0) < mostCards && (words <= mostWords || words === own)) return;
    starts.push(index);
    words = own;
  });
  return starts;
}
