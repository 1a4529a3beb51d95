import { type Mark, markNames, type Timeline } from '../../contract/timeline.ts';
import { agentText, el } from '../element.ts';
import { moment } from './moments.ts';

const perPage = 100;

/** The same as the picture, row by row, for whoever does not see it. Drawn when it is opened, a page at a time. */
export class EventTable {
  readonly #body = el('tbody');
  readonly #caption = el('caption');
  readonly #earlier = el('button', { type: 'button' }, 'Earlier');
  readonly #later = el('button', { type: 'button' }, 'Later');
  readonly element = el(
    'details',
    { class: 'events' },
    el('summary', {}, 'All events as a table'),
    el('div', { class: 'buttons' }, this.#earlier, this.#later),
    el(
      'table',
      {},
      this.#caption,
      el(
        'thead',
        {},
        el('tr', {}, ...['When', 'Lane', 'Event', 'What'].map((name) => el('th', { scope: 'col' }, name))),
      ),
      this.#body,
    ),
  );
  readonly #open: (mark: Mark) => void;
  #timeline: Timeline | undefined;
  #from = 0;

  constructor(open: (mark: Mark) => void) {
    this.#open = open;
    this.element.addEventListener('toggle', () => this.#draw());
    this.#earlier.addEventListener('click', () => this.#turn(-perPage));
    this.#later.addEventListener('click', () => this.#turn(perPage));
  }

  show(timeline: Timeline): void {
    if (this.#timeline?.orchestration !== timeline.orchestration) this.#from = 0;
    this.#timeline = timeline;
    this.#draw();
  }

  #turn(by: number): void {
    this.#from = Math.max(0, this.#from + by);
    this.#draw();
  }

  #draw(): void {
    if (!this.element.open || !this.#timeline) return;
    const { marks, lanes } = this.#timeline;
    const shown = marks.slice(this.#from, this.#from + perPage);
    this.#caption.textContent = `Events ${this.#from + 1} to ${this.#from + shown.length} of ${marks.length}, oldest first`;
    this.#earlier.disabled = this.#from === 0;
    this.#later.disabled = this.#from + perPage >= marks.length;
    const kept = this.#body.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-open')
      : undefined;
    this.#body.replaceChildren(
      ...shown.map((mark) => {
        const open = el(
          'button',
          { type: 'button', class: 'link', 'data-open': mark.id },
          agentText(mark.words),
        );
        open.addEventListener('click', () => this.#open(mark));
        return el(
          'tr',
          {},
          el('td', {}, moment(mark.at)),
          el('td', {}, lanes[mark.lane]?.name ?? ''),
          el('td', {}, markNames[mark.kind]),
          el('td', {}, open),
        );
      }),
    );
    if (typeof kept === 'string')
      this.#body.querySelector<HTMLElement>(`[data-open="${kept}"]`)?.focus({ preventScroll: true });
  }
}
