import * as z from 'zod/mini';
import {
  type FromPanel,
  type Outcome,
  type Page,
  type ShownCard,
  type Snapshot,
  toPanel,
} from '../contract/panelMessages.ts';
import { Ages } from './age.ts';
import { DraftStore } from './draftStore.ts';
import { el } from './element.ts';
import { send } from './host.ts';
import { QuestionDetail } from './questionDetail.ts';
import { QuestionList } from './questionList.ts';
import { TimelinePage } from './timeline/timelinePage.ts';

// The page's policy forbids the code that zod would compile for speed.
z.config({ jitless: true });

interface Pending {
  readonly id: string;
  readonly card: ShownCard;
  readonly returning: boolean;
}

class Panel {
  readonly #ages = new Ages();
  readonly #drafts = new DraftStore();
  readonly #said = el('p', { class: 'said', role: 'status', 'aria-live': 'polite' });
  readonly #place = el('div', { id: 'detail', role: 'tabpanel' });
  readonly #nothingHead = el('h2', {});
  readonly #nothingWords = el('p', {});
  readonly #nothing = el('div', { class: 'nothing', tabindex: -1 }, this.#nothingHead, this.#nothingWords);
  readonly #list = new QuestionList({
    ages: this.#ages,
    begun: (key) => this.#drafts.begun(key),
    choose: (key, byKeyboard) => this.#choose(key, byKeyboard),
    turn: (page, at) => this.#turn(page, at, 'list'),
    filter: (words) => this.#lookFor(words),
  });
  #filter = '';
  /** Where the focus goes when the page that was asked for is there. */
  #turning: 'list' | 'detail' | undefined;
  #snapshot: Snapshot | undefined;
  #detail: QuestionDetail | undefined;
  #pending: Pending | undefined;

  start(): void {
    document.body.append(this.#list.element, el('main', {}, this.#said, this.#place));
    addEventListener('message', (event: MessageEvent<unknown>) => this.#hear(event.data));
    addEventListener('pagehide', () => this.#drafts.flush());
    addEventListener('blur', () => this.#drafts.flush());
    addEventListener('keydown', (event) => this.#key(event), { capture: true });
    setInterval(() => this.#ages.refresh(), 15_000);
    const { all, selected } = this.#drafts;
    send({ type: 'ready', drafts: all, filter: '', ...(selected === undefined ? {} : { selected }) });
  }

  #hear(data: unknown): void {
    const read = toPanel.safeParse(data);
    if (!read.success) return;
    const message = read.data;
    if (message.type === 'snapshot') this.#show(message);
    else if (message.type === 'outcome') this.#settle(message);
    else this.#say(message.sentence);
  }

  #show(snapshot: Snapshot): void {
    const before = this.#snapshot;
    this.#snapshot = snapshot;
    this.#ages.set(snapshot.now);
    if (snapshot.drafts) {
      this.#drafts.adopt(snapshot.drafts);
      this.#pending = undefined;
    }
    const turned = before !== undefined && before.page.page !== snapshot.page.page;
    const { filter } = snapshot.page;
    if (turned || filter !== before?.page.filter) this.#say(before ? pageWords(snapshot.page) : '');
    this.#announce(snapshot);
    this.#filter = filter;
    const question = snapshot.opened?.question;
    if (question !== undefined && !snapshot.cards.some(({ n }) => n === question))
      this.#say(`Question ${question} is not open.`);
    const { selected } = this.#drafts;
    const isGone = !snapshot.cards.some(({ key }) => key === selected);
    // The person was at a question that is gone: the focus must go on.
    const moved = isGone && this.#place.contains(document.activeElement);
    const isAsked = snapshot.opened !== undefined || this.#turning !== undefined;
    if (isGone || isAsked || filter !== before?.page.filter) this.#drafts.select(snapshot.selected);
    const to = this.#turning;
    this.#turning = undefined;
    this.#draw(moved || snapshot.opened !== undefined || to === 'detail');
    if (to === 'list') this.#list.focus();
  }

  #announce({ news }: Snapshot): void {
    if (!news) return;
    const arrived = news.arrived.map(
      ({ worker, question, blocking }) =>
        `New ${blocking ? 'blocking ' : ''}question from ${worker}: ${question}`,
    );
    if (news.more > 0) arrived.push(`And ${news.more} more.`);
    const gone = news.gone
      .filter(({ key }) => key !== this.#pending?.card.key)
      .map(({ n }) => `Question ${n} is no longer open.`);
    if (arrived.length + gone.length > 0) this.#say([...gone, ...arrived].join(' '));
  }

  #turn(page: number, at: 'first' | 'last', focus: 'list' | 'detail'): void {
    this.#turning = focus;
    send({ type: 'look', filter: this.#filter, turn: { page, at } });
  }

  #lookFor(words: string): void {
    const { selected } = this.#drafts;
    this.#filter = words;
    send({ type: 'look', filter: words, ...(selected === undefined ? {} : { selected }) });
  }

  /** From anywhere to the next question or the one before, over the end of a page too. */
  #step(by: -1 | 1): void {
    const snapshot = this.#snapshot;
    if (!snapshot) return;
    const { cards, page } = snapshot;
    const next = cards[cards.findIndex(({ key }) => key === this.#drafts.selected) + by];
    if (next) {
      this.#choose(next.key, false);
      this.#detail?.focusHeading();
    } else if (page.page + by >= 1 && page.page + by <= page.pages) {
      this.#turn(page.page + by, by === 1 ? 'first' : 'last', 'detail');
    }
  }

  #choose(key: string, byKeyboard: boolean): void {
    this.#drafts.select(key);
    send({ type: 'look', filter: this.#filter, selected: key });
    this.#draw(false);
    this.#say('');
    if (byKeyboard) this.#list.focus();
  }

  #draw(focus: boolean): void {
    const snapshot = this.#snapshot;
    if (!snapshot) return;
    const { selected } = this.#drafts;
    const card = snapshot.cards.find(({ key }) => key === selected);
    this.#list.show(snapshot, selected);
    if (!card) this.#drawNothing(snapshot.page.total > 0);
    else if (!this.#detail || JSON.stringify(this.#detail.card) !== JSON.stringify(card))
      this.#drawDetail(card);
    this.#detail?.allow(this.#pending !== undefined, snapshot.trouble);
    if (focus && this.#detail) this.#detail.focusHeading();
    else if (focus) this.#nothing.focus();
  }

  #drawNothing(isFiltered: boolean): void {
    this.#detail = undefined;
    this.#nothingHead.textContent = isFiltered ? 'No question holds these words' : 'No open questions';
    this.#nothingWords.textContent = isFiltered
      ? 'Empty the filter to see all that are open.'
      : 'A worker’s question appears here when it is asked.';
    this.#place.removeAttribute('role');
    this.#place.removeAttribute('aria-labelledby');
    this.#place.replaceChildren(this.#nothing);
  }

  #drawDetail(card: ShownCard): void {
    const { key } = card;
    const inside = this.#place.contains(document.activeElement) && this.#detail?.card.key === key;
    this.#detail = new QuestionDetail(card, this.#drafts.of(key), {
      ages: this.#ages,
      openFile: (question, file) => send({ type: 'open', question, file }),
      changed: (part) => {
        const begun = this.#drafts.begun(key);
        this.#drafts.change(key, part);
        if (begun !== this.#drafts.begun(key) && this.#snapshot) this.#list.show(this.#snapshot, key);
      },
      stopReturning: () => this.#drafts.stopReturning(key),
      send: ({ n, stamp }, choice, words) =>
        this.#ask(card, { type: 'answer', id: crypto.randomUUID(), question: n, stamp, choice, ...words }),
      sendBack: ({ n, stamp }, value) =>
        this.#ask(card, { type: 'return', id: crypto.randomUUID(), question: n, stamp, ...value }),
    });
    this.#place.setAttribute('role', 'tabpanel');
    this.#place.setAttribute('aria-labelledby', `tab-${card.n}`);
    this.#place.replaceChildren(this.#detail.element);
    this.#place.parentElement?.scrollTo(0, 0);
    if (inside) this.#detail.focusHeading();
  }

  #ask(card: ShownCard, message: Extract<FromPanel, { type: 'answer' | 'return' }>): void {
    if (this.#pending) return;
    this.#drafts.flush();
    this.#pending = { id: message.id, card, returning: message.type === 'return' };
    this.#detail?.refuse(undefined, false);
    this.#detail?.allow(true, this.#snapshot?.trouble);
    this.#say('Sending…');
    send(message);
  }

  #settle(outcome: Outcome): void {
    const pending = this.#pending;
    if (pending?.id !== outcome.id) return;
    this.#pending = undefined;
    if (this.#detail) this.#detail.allow(false, this.#snapshot?.trouble);
    if (outcome.ok) {
      if (pending.returning) this.#drafts.stopReturning(pending.card.key);
      else this.#drafts.remove(pending.card.key);
      this.#say(outcome.said);
      return;
    }
    this.#say('');
    if (this.#detail?.card.key === pending.card.key) this.#detail.refuse(outcome, pending.returning);
    else this.#say(`${outcome.sentence} ${outcome.next}`);
  }

  #say(words: string): void {
    this.#said.textContent = words;
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#step(event.key === 'ArrowDown' ? 1 : -1);
      return;
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#detail?.submit();
  }
}

function pageWords({ page, pages, from, matching, total, filter }: Page): string {
  if (filter !== '' && matching === 0) return `None of ${total} questions holds these words.`;
  const found = filter === '' ? `${total} questions` : `${matching} of ${total} questions hold these words`;
  return pages > 1 ? `${found}. Page ${page} of ${pages}, from question ${from}.` : `${found}.`;
}

if (document.body.dataset.page === 'timeline') new TimelinePage().start();
else new Panel().start();
