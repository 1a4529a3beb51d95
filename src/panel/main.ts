import * as z from 'zod/mini';
import {
  type FromPanel,
  type Outcome,
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
  readonly #nothing = el(
    'div',
    { class: 'nothing', tabindex: -1 },
    el('h2', {}, 'No open questions'),
    el('p', {}, 'A worker’s question appears here when it is asked.'),
  );
  readonly #list = new QuestionList({
    ages: this.#ages,
    begun: (key) => this.#drafts.begun(key),
    choose: (key, byKeyboard) => this.#choose(key, byKeyboard),
  });
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
    send({ type: 'ready', drafts: this.#drafts.all });
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
    if (before) this.#announce(before, snapshot);
    const question = snapshot.opened?.question;
    const wanted = snapshot.cards.find(({ n }) => n === question);
    if (question !== undefined && !wanted) this.#say(`Question ${question} is not open.`);
    const moved = this.#select(before, snapshot, wanted);
    this.#draw(moved || snapshot.opened !== undefined);
  }

  /** Gives back whether the person was at a question that is gone, so that the focus must go on. */
  #select(before: Snapshot | undefined, { cards }: Snapshot, wanted: ShownCard | undefined): boolean {
    const { selected } = this.#drafts;
    if (wanted) this.#drafts.select(wanted.key);
    if (wanted || cards.some(({ key }) => key === selected)) return false;
    const place = Math.max(0, before?.cards.findIndex(({ key }) => key === selected) ?? 0);
    const next = cards[Math.min(place, cards.length - 1)];
    const wasThere = this.#place.contains(document.activeElement);
    this.#drafts.select(next?.key);
    return wasThere;
  }

  #announce(before: Snapshot, after: Snapshot): void {
    const known = new Set(before.cards.map(({ key }) => key));
    const open = new Set(after.cards.map(({ key }) => key));
    const news = after.cards
      .filter(({ key }) => !known.has(key))
      .map(
        (card) => `New ${card.blocking.yes ? 'blocking ' : ''}question from ${card.worker}: ${card.question}`,
      );
    const gone = before.cards
      .filter(({ key }) => !open.has(key) && key !== this.#pending?.card.key)
      .map(({ n }) => `Question ${n} is no longer open.`);
    if (news.length + gone.length > 0) this.#say([...gone, ...news].join(' '));
  }

  #choose(key: string, byKeyboard: boolean): void {
    this.#drafts.select(key);
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
    if (!card) this.#drawNothing();
    else if (!this.#detail || JSON.stringify(this.#detail.card) !== JSON.stringify(card))
      this.#drawDetail(card);
    this.#detail?.allow(this.#pending !== undefined, snapshot.trouble);
    if (focus && this.#detail) this.#detail.focusHeading();
    else if (focus) this.#nothing.focus();
  }

  #drawNothing(): void {
    this.#detail = undefined;
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
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#detail?.submit();
  }
}

new Panel().start();
