import type { Mark, Timeline } from '../../contract/timeline.ts';
import {
  apart,
  axisHeight,
  clustersOf,
  drawTimeline,
  type Frame,
  laneHeight,
  nameWidth,
  xOf,
} from '../../contract/timelineDrawing.ts';
import { el } from '../element.ts';
import { dayAndTime } from './moments.ts';
import { draw, emptyPicture, pointedAt } from './shapes.ts';

interface PictureNeeds {
  /** The person looks at these; with `isChosen` by a click or a key, else in passing. */
  readonly look: (marks: readonly Mark[], isChosen: boolean) => void;
  readonly open: (mark: Mark) => void;
}

const closer = 1.6;
/** Browsers scroll no further than some 30 million pixels. */
const widest = 8_000_000;
const margin = nameWidth + apart;

/** The lanes, drawn as far as they show. It takes the focus as one thing; arrow keys go through the marks. */
export class Picture {
  readonly #svg = emptyPicture();
  readonly #size = el('div', { class: 'size' }, this.#svg);
  readonly element = el(
    'div',
    {
      class: 'picture',
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'timeline',
      'aria-label': 'Lanes of events',
      'aria-describedby': 'keys',
    },
    this.#size,
  );
  readonly #needs: PictureNeeds;
  #timeline: Timeline | undefined;
  #zoom = 1;
  #current: Mark | undefined;
  #drawing: number | undefined;

  constructor(needs: PictureNeeds) {
    this.#needs = needs;
    const { element } = this;
    element.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    element.addEventListener('keydown', (event) => this.#key(event));
    element.addEventListener('focus', () => {
      // A click brings its own mark.
      if (element.matches(':focus-visible')) this.#begin();
    });
    element.addEventListener('mouseover', (event) => {
      if (event.target instanceof Element) pointedAt(event.target);
      const marks = this.#under(event);
      if (marks.length > 0) this.#needs.look(marks, false);
    });
    element.addEventListener('click', (event) => this.#click(this.#under(event)));
    new ResizeObserver(() => this.#drawSoon()).observe(element);
  }

  show(timeline: Timeline): void {
    const before = this.#timeline;
    this.#timeline = timeline;
    const { id } = this.#current ?? {};
    this.#current =
      before?.orchestration === timeline.orchestration
        ? timeline.marks.find((mark) => mark.id === id)
        : undefined;
    this.#drawSoon();
  }

  focus(): void {
    this.element.focus();
    this.#begin();
  }

  /** Nearer or further away; the chosen mark, else the middle, stays where it is. 0 shows the whole. */
  zoom(by: -1 | 0 | 1): void {
    const timeline = this.#timeline;
    const { clientWidth, scrollLeft } = this.element;
    if (!timeline || clientWidth <= margin) return;
    const frame = this.#frame(timeline);
    const middle = (frame.from + frame.until) / 2;
    const at = this.#current && this.#shows(this.#current) ? this.#current.at : middle;
    const place = xOf(this.#whole(timeline), at) - scrollLeft;
    const zoom = by === 0 ? 1 : this.#zoom * (by === 1 ? closer : 1 / closer);
    this.#zoom = Math.min(Math.max(zoom, 1), widest / clientWidth);
    this.#resize(timeline);
    this.element.scrollLeft = xOf(this.#whole(timeline), at) - place;
    this.#drawSoon();
  }

  #begin(): void {
    const [first] = this.#timeline?.marks ?? [];
    if (!this.#current && first) this.#choose(first);
  }

  #drawSoon(): void {
    this.#drawing ??= requestAnimationFrame(() => {
      this.#drawing = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    const timeline = this.#timeline;
    if (!timeline) return;
    this.#resize(timeline);
    draw(this.#svg, drawTimeline(timeline, this.#frame(timeline)));
  }

  #resize({ lanes }: Timeline): void {
    const { clientWidth, clientHeight } = this.element;
    this.#size.style.width = `${this.#width}px`;
    this.#size.style.height = `${Math.max(axisHeight + lanes.length * laneHeight, clientHeight)}px`;
    this.#svg.setAttribute('width', String(clientWidth));
    this.#svg.setAttribute('height', String(clientHeight));
  }

  get #width(): number {
    return Math.floor(Math.max(this.element.clientWidth, margin + 1) * this.#zoom);
  }

  /** The whole time on the whole width, as if all of it showed. */
  #whole({ from, until }: Timeline): Pick<Frame, 'from' | 'until' | 'width'> {
    return { from, until: Math.max(until, from + 1_000), width: this.#width };
  }

  #frame(timeline: Timeline): Frame {
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.element;
    const whole = this.#whole(timeline);
    const perPixel = (whole.until - whole.from) / (whole.width - margin);
    const from = whole.from + scrollLeft * perPixel;
    const until = from + Math.max(clientWidth - margin, 1) * perPixel;
    const first = Math.floor(scrollTop / laneHeight);
    const end = Math.min(timeline.lanes.length, Math.ceil((scrollTop + clientHeight) / laneHeight));
    const current = this.#current?.id;
    return {
      ...{ from, until, width: clientWidth, lanes: [first, end], top: scrollTop, clock: dayAndTime },
      ...(current === undefined ? {} : { current }),
    };
  }

  #shows({ at }: Mark): boolean {
    const frame = this.#timeline && this.#frame(this.#timeline);
    return frame !== undefined && frame.from <= at && at <= frame.until;
  }

  /** The marks at the pointer. */
  #under({ target }: MouseEvent): readonly Mark[] {
    const timeline = this.#timeline;
    const id =
      target instanceof Element ? target.closest('[data-mark]')?.getAttribute('data-mark') : undefined;
    if (!timeline || typeof id !== 'string') return [];
    return (
      clustersOf(timeline, this.#frame(timeline)).find(({ marks: [mark] }) => mark.id === Number(id))
        ?.marks ?? []
    );
  }

  #click(marks: readonly Mark[]): void {
    const [mark] = marks;
    if (!mark) return;
    this.#current = mark;
    this.#drawSoon();
    this.#needs.look(marks, true);
    if (marks.length === 1) this.#needs.open(mark);
  }

  #choose(mark: Mark): void {
    this.#current = mark;
    this.#bringIntoView(mark);
    this.#drawSoon();
    this.#needs.look([mark], true);
  }

  #bringIntoView(mark: Mark): void {
    const timeline = this.#timeline;
    if (!timeline) return;
    const { element } = this;
    const x = xOf(this.#whole(timeline), mark.at);
    if (x - element.scrollLeft < margin || x - element.scrollLeft > element.clientWidth - apart)
      element.scrollLeft = x - (element.clientWidth + nameWidth) / 2;
    const y = mark.lane * laneHeight;
    if (y < element.scrollTop) element.scrollTop = y;
    const bottom = y + laneHeight + axisHeight;
    if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === '+' || key === '=') this.zoom(1);
    else if (key === '-') this.zoom(-1);
    else if (key === '0') this.zoom(0);
    else if (key === 'Enter' && this.#current) this.#needs.open(this.#current);
    else {
      const next = this.#next(key);
      if (next === undefined) return;
      if (next) this.#choose(next);
    }
    event.preventDefault();
  }

  /** Where a key leads; null where there is nothing further, undefined where it is no key of ours. */
  #next(key: string): Mark | null | undefined {
    const marks = this.#timeline?.marks ?? [];
    const current = this.#current ?? marks[0];
    if (!current) return undefined;
    const own = marks.filter(({ lane }) => lane === current.lane);
    const place = own.findIndex(({ id }) => id === current.id);
    if (key === 'ArrowRight') return own[place + 1] ?? null;
    if (key === 'ArrowLeft') return own[place - 1] ?? null;
    if (key === 'Home') return own[0] ?? null;
    if (key === 'End') return own.at(-1) ?? null;
    if (key === 'ArrowDown') return this.#nearest(current, 1);
    if (key === 'ArrowUp') return this.#nearest(current, -1);
    return undefined;
  }

  /** The mark nearest in time in the next lane that has any. */
  #nearest({ at, lane }: Mark, by: -1 | 1): Mark | null {
    const { lanes = [], marks = [] } = this.#timeline ?? {};
    for (let next = lane + by; next >= 0 && next < lanes.length; next += by) {
      const there = marks.filter((mark) => mark.lane === next);
      if (there.length > 0)
        return there.reduce((best, mark) => (Math.abs(mark.at - at) < Math.abs(best.at - at) ? mark : best));
    }
    return null;
  }
}
