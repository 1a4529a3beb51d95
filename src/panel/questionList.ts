import type { Page, ShownCard, Snapshot } from '../contract/panelMessages.ts';
import type { Ages } from './age.ts';
import { agentText, el, icon, spoken } from './element.ts';

export interface ListNeeds {
  readonly ages: Ages;
  readonly begun: (key: string) => boolean;
  readonly choose: (key: string, byKeyboard: boolean) => void;
  /** Pages count from 1. */
  readonly turn: (page: number, at: 'first' | 'last') => void;
  readonly filter: (words: string) => void;
}

/** From how many open questions on there is a filter. */
const many = 8;

/** A page of the open questions as vertical tabs: one stop for Tab, arrows within and on to the next page. */
export class QuestionList {
  readonly element: HTMLElement;
  readonly #tabs: HTMLElement;
  readonly #awaited: HTMLElement;
  readonly #heading: HTMLElement;
  readonly #filter: HTMLInputElement;
  readonly #pages: HTMLElement;
  readonly #pageWords = el('span', {});
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  #page: Page | undefined;
  readonly #needs: ListNeeds;

  constructor(needs: ListNeeds) {
    this.#needs = needs;
    this.#heading = el('h1', { id: 'list-name' }, 'Open questions');
    this.#filter = el('input', {
      type: 'search',
      class: 'filter',
      placeholder: 'Filter by words',
      'aria-label': 'Filter the questions',
      'aria-keyshortcuts': '/',
      maxlength: 200,
      spellcheck: 'false',
    });
    this.#filter.addEventListener('input', () => needs.filter(this.#filter.value));
    this.#tabs = el('div', {
      role: 'tablist',
      'aria-orientation': 'vertical',
      'aria-labelledby': 'list-name',
    });
    this.#tabs.addEventListener('keydown', (event) => this.#move(event));
    this.#awaited = el('div', { class: 'awaited' });
    this.#previous = pageButton('chevron-up', 'Previous page', () => this.#turnBy(-1));
    this.#next = pageButton('chevron-down', 'Next page', () => this.#turnBy(1));
    this.#pages = el('div', { class: 'pages' }, this.#pageWords, this.#previous, this.#next);
    this.element = el(
      'nav',
      { 'aria-labelledby': 'list-name' },
      this.#heading,
      this.#filter,
      this.#pages,
      this.#tabs,
      this.#awaited,
    );
    addEventListener('keydown', (event) => this.#seek(event));
  }

  show(snapshot: Snapshot, selected: string | undefined): void {
    const focused = this.#tabs.contains(document.activeElement);
    const { page } = snapshot;
    this.#page = page;
    this.element.hidden = page.total === 0 && snapshot.awaited.length === 0;
    this.#heading.textContent = page.total > many ? `Open questions, ${page.total}` : 'Open questions';
    this.#filter.hidden = page.total <= many && page.filter === '';
    if (this.#filter !== document.activeElement) this.#filter.value = page.filter;
    this.#pages.hidden = page.pages <= 1;
    this.#pageWords.textContent = `Page ${page.page} of ${page.pages}`;
    this.#previous.setAttribute('aria-disabled', String(page.page <= 1));
    this.#next.setAttribute('aria-disabled', String(page.page >= page.pages));
    const tabs = snapshot.cards.map((card, index) => {
      const tab = this.#tab(card, card.key === selected);
      tab.setAttribute('aria-posinset', String(page.from + index));
      tab.setAttribute('aria-setsize', String(page.matching));
      return tab;
    });
    this.#tabs.replaceChildren(...tabs);
    this.#tabs.hidden = snapshot.cards.length === 0;
    this.#awaited.replaceChildren(...this.#awaitedRows(snapshot));
    this.#awaited.hidden = snapshot.awaited.length === 0;
    if (focused) this.focus();
  }

  focus(): void {
    this.#tabs.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }

  #tab(card: ShownCard, selected: boolean): HTMLElement {
    const blocking = card.blocking.yes;
    const tab = el(
      'div',
      {
        role: 'tab',
        class: 'tab',
        id: `tab-${card.n}`,
        'data-key': card.key,
        tabindex: selected ? 0 : -1,
        'aria-selected': selected ? 'true' : 'false',
        'aria-controls': selected ? 'detail' : undefined,
      },
      el(
        'span',
        { class: 'mark', title: blocking ? 'Blocking' : 'Not blocking' },
        icon(blocking ? 'question' : 'comment'),
      ),
      el(
        'span',
        { class: 'tab-text' },
        spoken(blocking ? 'Blocking: ' : 'Not blocking: '),
        agentText(card.question === '' ? 'A question without words' : card.question, 'tab-title'),
        el('span', { class: 'tab-about' }, this.#about(card), ' · ', this.#needs.ages.time(card.at)),
      ),
    );
    tab.querySelector('.tab-about')?.append(...this.#marks(card));
    tab.addEventListener('click', () => this.#needs.choose(card.key, false));
    return tab;
  }

  #about(card: ShownCard): string {
    const numbers = card.work.map((work) => work.split(':', 1)[0]).join(', ');
    return `${card.worker} · ${numbers}`;
  }

  #marks(card: ShownCard): Node[] {
    const marks: Node[] = [];
    if (card.missing.length > 0)
      marks.push(document.createTextNode(' · '), el('span', { class: 'warning' }, 'incomplete'));
    if (this.#needs.begun(card.key))
      marks.push(document.createTextNode(' · '), icon('edit'), el('span', {}, ' draft'));
    return marks;
  }

  #turnBy(by: -1 | 1, at: 'first' | 'last' = 'first'): boolean {
    const page = this.#page;
    const next = (page?.page ?? 0) + by;
    if (!page || next < 1 || next > page.pages) return false;
    this.#needs.turn(next, at);
    return true;
  }

  /** `/` goes to the filter from wherever nothing is written, and Escape empties it. */
  #seek(event: KeyboardEvent): void {
    if (event.key === 'Escape' && event.target === this.#filter && this.#filter.value !== '') {
      this.#filter.value = '';
      this.#needs.filter('');
    }
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || this.#filter.hidden) return;
    const [at] = event.composedPath();
    if (at instanceof HTMLInputElement ? at.type !== 'radio' : at instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    this.#filter.focus();
  }

  #awaitedRows({ awaited, awaitedMore }: Snapshot): readonly HTMLElement[] {
    if (awaited.length === 0) return [];
    const rows = awaited.map(({ n, worker }) => el('li', {}, `Question ${n}, to `, agentText(worker)));
    if (awaitedMore > 0) rows.push(el('li', {}, `and ${awaitedMore} more`));
    return [el('h2', { class: 'quiet-heading' }, 'Sent back'), el('ul', {}, ...rows)];
  }

  #move(event: KeyboardEvent): void {
    const tabs = [...this.#tabs.querySelectorAll<HTMLElement>('[role=tab]')];
    const here = tabs.findIndex((tab) => tab === document.activeElement);
    const turned: Partial<Record<string, () => boolean>> = {
      PageDown: () => this.#turnBy(1),
      PageUp: () => this.#turnBy(-1),
      ...(here === tabs.length - 1 ? { ArrowDown: () => this.#turnBy(1) } : {}),
      ...(here === 0 ? { ArrowUp: () => this.#turnBy(-1, 'last') } : {}),
    };
    if (here !== -1 && turned[event.key]?.()) {
      event.preventDefault();
      return;
    }
    const places: Partial<Record<string, number>> = {
      ArrowDown: (here + 1) % tabs.length,
      ArrowUp: (here - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const key = tabs[places[event.key] ?? -1]?.dataset.key;
    if (here === -1 || key === undefined) return;
    event.preventDefault();
    this.#needs.choose(key, true);
  }
}

function pageButton(name: string, label: string, press: () => void): HTMLButtonElement {
  const button = el(
    'button',
    { type: 'button', class: 'page-button', 'aria-label': label, title: label },
    icon(name),
  );
  button.addEventListener('click', () => press());
  return button;
}
