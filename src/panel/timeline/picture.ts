import type { Mark, Timeline } from '../../contract/timeline.ts';
import { axisHeight, drawTimeline, laneHeight, type View } from '../../contract/timelineDrawing.ts';
import {
  apart,
  layOut,
  type Layout,
  nameWidth,
  type Scale,
  timeAt,
  xOf,
} from '../../contract/timelineLayout.ts';
import { el } from '../element.ts';
import { dayAndTime } from './moments.ts';
import { drawing, emptyPicture, pointedAt } from './shapes.ts';

interface PictureNeeds {
  /** The person looks at these; with `isChosen` by a click or a key, else in passing. */
  readonly look: (marks: readonly Mark[], isChosen: boolean) => void;
  readonly open: (mark: Mark) => void;
}

const closer = 1.6;
/** Browsers scroll no further than some 30 million pixels. */
const widest = 8_000_000;
const margin = nameWidth + apart;
/** Milliseconds of a frame for what is drawn in it; the browser takes as much again to show it. */
const slice = 6;

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
  #layout: Layout | undefined;
  #frame: number | undefined;
  /** What is left to draw of a picture that was begun. */
  #rest: Generator<undefined, void> | undefined;
  /** Of the box, scroll bars left out: to ask the box itself lays the page out anew. */
  #seen = { width: 0, height: 0 };

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
    new ResizeObserver(() => {
      this.#seen = { width: element.clientWidth, height: element.clientHeight };
      this.#svg.setAttribute('width', String(this.#seen.width));
      this.#svg.setAttribute('height', String(this.#seen.height));
      this.#drawSoon();
    }).observe(element);
  }

  show(timeline: Timeline): void {
    const before = this.#timeline;
    this.#timeline = timeline;
    this.#layout = undefined;
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
    const { width } = this.#seen;
    const scale = this.#scale;
    if (!scale || width <= margin) return;
    const { scrollLeft } = this.element;
    const [from, until] = [scrollLeft + margin - apart / 2, scrollLeft + width - apart / 2];
    const own = this.#current && xOf(scale, this.#current.at);
    const x = own !== undefined && from <= own && own <= until ? own : (from + until) / 2;
    const at = timeAt(scale, x);
    const zoom = by === 0 ? 1 : this.#zoom * (by === 1 ? closer : 1 / closer);
    this.#zoom = Math.min(Math.max(zoom, 1), widest / width);
    this.#resize();
    this.element.scrollLeft = scrollLeft + xOf({ ...scale, width: this.#width }, at) - x;
    this.#drawSoon();
  }

  #begin(): void {
    const [first] = this.#timeline?.marks ?? [];
    if (!this.#current && first) this.#choose(first);
  }

  /** From its beginning, in the next frame. What was drawn of one before is gone on from. */
  #drawSoon(): void {
    this.#rest = undefined;
    this.#frame ??= requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = undefined;
    const until = performance.now() + slice;
    const rest = (this.#rest ??= this.#begun());
    while (rest?.next().done === false) {
      if (performance.now() < until) continue;
      this.element.setAttribute('aria-busy', 'true');
      this.#frame = requestAnimationFrame(() => this.#draw());
      return;
    }
    this.element.removeAttribute('aria-busy');
  }

  #begun(): Generator<undefined, void> | undefined {
    const scale = this.#scale;
    const timeline = this.#timeline;
    if (!timeline || !scale || this.#seen.width === 0) return undefined;
    this.#resize();
    if (this.#layout?.scale.width !== scale.width) this.#layout = layOut(timeline, scale);
    return drawing(this.#svg, drawTimeline(this.#layout, this.#view(timeline)));
  }

  #resize(): void {
    const lanes = this.#timeline?.lanes.length ?? 0;
    this.#size.style.width = `${this.#width}px`;
    this.#size.style.height = `${Math.max(axisHeight + lanes * laneHeight, this.#seen.height)}px`;
  }

  get #width(): number {
    return Math.floor(Math.max(this.#seen.width, margin + 1) * this.#zoom);
  }

  get #scale(): Scale | undefined {
    if (!this.#timeline) return undefined;
    const { from, until } = this.#timeline;
    return { from, until: Math.max(until, from + 1_000), width: this.#width };
  }

  #view({ lanes }: Timeline): View {
    const { scrollLeft: left, scrollTop: top } = this.element;
    const { width, height } = this.#seen;
    const end = Math.min(lanes.length, Math.ceil((top + height) / laneHeight));
    const current = this.#current?.id;
    return {
      ...{ left, top, width, lanes: [Math.floor(top / laneHeight), end], clock: dayAndTime },
      ...(current === undefined ? {} : { current }),
    };
  }

  /** The marks at the pointer. */
  #under({ target }: MouseEvent): readonly Mark[] {
    const id =
      target instanceof Element ? target.closest('[data-mark]')?.getAttribute('data-mark') : undefined;
    if (typeof id !== 'string') return [];
    return this.#layout?.clusters.find(({ marks: [mark] }) => mark.id === Number(id))?.marks ?? [];
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
    const scale = this.#scale;
    if (!scale) return;
    const { element } = this;
    const { width, height } = this.#seen;
    const { scrollLeft: left, scrollTop: top } = element;
    const x = xOf(scale, mark.at);
    if (x - left < margin || x - left > width - apart) element.scrollLeft = x - (width + nameWidth) / 2;
    const y = mark.lane * laneHeight;
    const bottom = y + laneHeight + axisHeight;
    if (y < top) element.scrollTop = y;
    else if (bottom > top + height) element.scrollTop = bottom - height;
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
