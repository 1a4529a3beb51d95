import { type Mark, markNames, type Timeline, toTimeline } from '../../contract/timeline.ts';
import { agentText, el } from '../element.ts';
import { tell } from '../host.ts';
import { EventTable } from './eventTable.ts';
import { moment } from './moments.ts';
import { Picture } from './picture.ts';
import { type Sign, sign } from './shapes.ts';

const mostListed = 50;

/** The page of the timeline: the picture, what is looked at, and the same as a table. */
export class TimelinePage {
  readonly #heading = el('h1', {}, 'Timeline');
  readonly #said = el('p', { class: 'said', role: 'status', 'aria-live': 'polite' });
  readonly #packet = el('div', { class: 'packet', tabindex: 0, role: 'region', 'aria-label': 'The packet' });
  readonly #picture = new Picture({
    look: (marks, isChosen) => this.#look(marks, isChosen),
    open: (mark) => this.#open(mark),
  });
  readonly #table = new EventTable((mark) => this.#open(mark));
  readonly #nothing = el('p', { class: 'nothing', hidden: true }, 'No orchestration has begun yet.');
  readonly #all: HTMLElement;
  #timeline: Timeline | undefined;
  #looked: number | undefined;
  /** A click or a key holds what is shown against what the pointer passes. */
  #isHeld = false;

  constructor() {
    const keys =
      'Arrow keys go through the events, Enter opens one, plus and minus zoom, 0 shows the whole. The same stands in the table below.';
    this.#all = el(
      'main',
      {},
      el(
        'header',
        {},
        this.#heading,
        el(
          'div',
          { class: 'buttons', role: 'toolbar', 'aria-label': 'Timeline' },
          this.#button('zoom-in', 'Zoom In', () => this.#picture.zoom(1)),
          this.#button('zoom-out', 'Zoom Out', () => this.#picture.zoom(-1)),
          this.#button('whole', 'Show the Whole', () => this.#picture.zoom(0)),
          this.#button('save', 'Save as SVG', () => tell({ type: 'save' })),
        ),
      ),
      el('p', { id: 'keys', class: 'spoken' }, keys),
      this.#picture.element,
      this.#said,
      this.#packet,
      this.#table.element,
    );
  }

  start(): void {
    document.body.append(this.#all, this.#nothing);
    addEventListener('message', (event: MessageEvent<unknown>) => this.#hear(event.data));
    addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.#isHeld = false;
    });
    tell({ type: 'ready' });
  }

  #hear(data: unknown): void {
    const read = toTimeline.safeParse(data);
    if (!read.success) return;
    const message = read.data;
    if (message.type === 'packet') {
      if (message.mark === this.#looked) this.#packet.replaceChildren(agentText(message.text));
      return;
    }
    const { timeline, focus } = message;
    this.#all.hidden = timeline === null;
    this.#nothing.hidden = timeline !== null;
    if (!timeline) return;
    const isOther = this.#timeline?.orchestration !== timeline.orchestration;
    this.#timeline = timeline;
    if (isOther) this.#forget();
    const { orchestration, objective } = timeline;
    this.#heading.replaceChildren(`Timeline of orchestration ${orchestration}: `, agentText(objective));
    this.#picture.show(timeline);
    this.#table.show(timeline);
    if (focus) this.#picture.focus();
  }

  #forget(): void {
    this.#looked = undefined;
    this.#isHeld = false;
    this.#said.textContent = '';
    this.#packet.replaceChildren();
  }

  #look(marks: readonly Mark[], isChosen: boolean): void {
    const [mark] = marks;
    if (!mark || (this.#isHeld && !isChosen)) return;
    this.#isHeld = isChosen;
    if (marks.length > 1) this.#list(marks);
    else if (this.#looked !== mark.id) {
      this.#looked = mark.id;
      this.#packet.replaceChildren();
      tell({ type: 'look', mark: mark.id });
    }
    const lane = this.#timeline?.lanes[mark.lane]?.name ?? '';
    const words =
      marks.length === 1
        ? `${markNames[mark.kind]}, ${moment(mark.at)}, ${lane}: ${mark.words}`
        : `${marks.length} events from ${moment(mark.at)}, ${lane}`;
    if (this.#said.textContent !== words) this.#said.textContent = words;
  }

  #list(marks: readonly Mark[]): void {
    this.#looked = undefined;
    const rows = marks.slice(0, mostListed).map((mark) => {
      const button = el(
        'button',
        { type: 'button', class: 'link' },
        agentText(`${moment(mark.at)}  ${markNames[mark.kind]}: ${mark.words}`),
      );
      button.addEventListener('click', () => this.#open(mark));
      return el('li', {}, button);
    });
    const more = marks.length - rows.length;
    this.#packet.replaceChildren(
      el('ul', {}, ...rows),
      ...(more > 0 ? [el('p', {}, `And ${more} more; zoom in, or look into the table.`)] : []),
    );
  }

  #open(mark: Mark): void {
    tell({ type: 'open', mark: mark.id });
  }

  #button(name: Sign, words: string, press: () => void): HTMLElement {
    const button = el(
      'button',
      { type: 'button', class: 'tool', 'aria-label': words, title: words },
      sign(name),
    );
    button.addEventListener('click', press);
    return button;
  }
}
