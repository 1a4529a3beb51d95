import type { ShownCard, Snapshot } from '../contract/panelMessages.ts';
import type { Ages } from './age.ts';
import { agentText, el, icon, spoken } from './element.ts';

export interface ListNeeds {
  readonly ages: Ages;
  readonly begun: (key: string) => boolean;
  readonly choose: (key: string, byKeyboard: boolean) => void;
}

/** The open questions as vertical tabs: one stop for Tab, arrows within. */
export class QuestionList {
  readonly element: HTMLElement;
  readonly #tabs: HTMLElement;
  readonly #awaited: HTMLElement;
  readonly #heading: HTMLElement;
  readonly #needs: ListNeeds;

  constructor(needs: ListNeeds) {
    this.#needs = needs;
    this.#heading = el('h1', { id: 'list-name' }, 'Open questions');
    this.#tabs = el('div', {
      role: 'tablist',
      'aria-orientation': 'vertical',
      'aria-labelledby': 'list-name',
    });
    this.#tabs.addEventListener('keydown', (event) => this.#move(event));
    this.#awaited = el('div', { class: 'awaited' });
    this.element = el('nav', { 'aria-labelledby': 'list-name' }, this.#heading, this.#tabs, this.#awaited);
  }

  show(snapshot: Snapshot, selected: string | undefined): void {
    const focused = this.#tabs.contains(document.activeElement);
    this.element.hidden = snapshot.cards.length === 0 && snapshot.awaited.length === 0;
    this.#tabs.replaceChildren(...snapshot.cards.map((card) => this.#tab(card, card.key === selected)));
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

  #awaitedRows({ awaited }: Snapshot): readonly HTMLElement[] {
    if (awaited.length === 0) return [];
    const rows = awaited.map(({ n, worker }) => el('li', {}, `Question ${n}, to `, agentText(worker)));
    return [el('h2', { class: 'quiet-heading' }, 'Sent back'), el('ul', {}, ...rows)];
  }

  #move(event: KeyboardEvent): void {
    const tabs = [...this.#tabs.querySelectorAll<HTMLElement>('[role=tab]')];
    const here = tabs.findIndex((tab) => tab === document.activeElement);
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
