import { markNames, spanNames, type Mark, type MarkKind, type SpanKind, type Timeline } from './timeline.ts';

/** An element of SVG, for whoever prints it or puts it on a page. `text` is text, never markup. */
export interface Shape {
  readonly tag: 'g' | 'rect' | 'path' | 'line' | 'text' | 'title';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly inside?: readonly Shape[];
}

/** The part of a timeline that shows, in pixels and epoch milliseconds. */
export interface Frame {
  readonly from: number;
  readonly until: number;
  readonly width: number;
  /** The first lane that shows, and the one behind the last. */
  readonly lanes: readonly [first: number, end: number];
  /** How far lanes are moved up. */
  readonly top: number;
  /** A moment of the axis in words. */
  readonly clock: (at: number, isDay: boolean) => string;
  /** The mark that is looked at. */
  readonly current?: number;
}

export const laneHeight = 44;
export const axisHeight = 28;
export const nameWidth = 150;
/** Marks nearer than this are one. */
export const apart = 22;

const minute = 60_000;
const day = 1_440 * minute;
const steps = [
  ...[1_000, 5_000, 15_000, 30_000],
  ...[1, 5, 15, 30, 60, 180, 360, 720].map((each) => each * minute),
  ...[1, 2, 7, 30, 90, 365].map((each) => each * day),
];

export function xOf({ from, until, width }: Pick<Frame, 'from' | 'until' | 'width'>, at: number): number {
  const share = until > from ? (at - from) / (until - from) : 0;
  return nameWidth + apart / 2 + share * (width - nameWidth - apart);
}

function yOf(lane: number, top: number): number {
  return axisHeight + lane * laneHeight - top;
}

/** Marks of one lane that stand too near each other to be told apart, as one. */
export interface Cluster {
  readonly x: number;
  readonly lane: number;
  readonly marks: readonly [Mark, ...Mark[]];
}

/** What shows, merged: never more of a lane than fits side by side. Where one begins does not change by scrolling. */
export function clustersOf({ marks }: Pick<Timeline, 'marks'>, frame: Frame): readonly Cluster[] {
  const [first, end] = frame.lanes;
  const found: { x: number; lane: number; marks: [Mark, ...Mark[]] }[] = [];
  const last = new Map<number, (typeof found)[number]>();
  for (const mark of marks) {
    if (mark.lane < first || mark.lane >= end) continue;
    const x = xOf(frame, mark.at);
    const before = last.get(mark.lane);
    if (before && x - before.x < apart) {
      before.marks.push(mark);
      continue;
    }
    const cluster: (typeof found)[number] = { x, lane: mark.lane, marks: [mark] };
    last.set(mark.lane, cluster);
    if (x > nameWidth - apart && x < frame.width + apart) found.push(cluster);
  }
  return found;
}

/** The picture of what shows: lanes, what lasts, marks, and on top of all the axis. */
export function drawTimeline(timeline: Timeline, frame: Frame): readonly Shape[] {
  const [first, end] = frame.lanes;
  const lanes = timeline.lanes.slice(first, end);
  const clusters = clustersOf(timeline, frame);
  const ticks = ticksOf(frame);
  return [
    layer(lanes.map((_, index) => band(first + index, frame))),
    layer(ticks.map(({ x }) => line(x, frame))),
    layer(spansIn(timeline, frame)),
    layer(clusters.map((cluster) => clusterShape(cluster, frame))),
    layer(lanes.flatMap((lane, index) => nameOf(lane, first + index, frame))),
    { tag: 'rect', attributes: { class: 'axis', x: 0, y: 0, width: frame.width, height: axisHeight } },
    layer(ticks.map(({ x, words }) => lettered('tick', x, axisHeight - 9, words, 'middle'))),
  ];
}

/** Of a layer more or fewer show in the next frame; the others stay what they are. */
function layer(inside: readonly Shape[]): Shape {
  return { tag: 'g', attributes: {}, inside };
}

/** What a mark says, alone: when, what and about what. */
function markWords({ kind, words }: Mark): string {
  return `${markNames[kind]}: ${words}`;
}

function ticksOf({ from, until, width, clock }: Frame): readonly { x: number; words: string }[] {
  const room = Math.max(1, (width - nameWidth) / 96);
  const step = steps.find((each) => (until - from) / each <= room) ?? 365 * day;
  const isDay = step >= day;
  const ticks: { x: number; words: string }[] = [];
  for (let at = Math.ceil(from / step) * step; at <= until; at += step)
    ticks.push({ x: xOf({ from, until, width }, at), words: clock(at, isDay) });
  return ticks;
}

function band(lane: number, { width, top }: Frame): Shape {
  const y = yOf(lane, top);
  return {
    tag: 'rect',
    attributes: { class: lane % 2 === 0 ? 'lane' : 'lane odd', x: 0, y, width, height: laneHeight },
  };
}

function line(x: number, { lanes, top }: Frame): Shape {
  const y2 = yOf(lanes[1], top);
  return { tag: 'line', attributes: { class: 'grid', x1: round(x), x2: round(x), y1: axisHeight, y2 } };
}

function nameOf(lane: Timeline['lanes'][number], n: number, { top }: Frame): readonly Shape[] {
  const y = yOf(n, top);
  return [
    { tag: 'rect', attributes: { class: 'names', x: 0, y, width: nameWidth - 8, height: laneHeight } },
    lettered('name', 10, y + 19, cut(lane.name, 20), 'start', `${lane.name}: ${lane.role}`),
    lettered('role', 10, y + 34, cut(lane.role, 24), 'start'),
  ];
}

/** Bars of a lane: work in the middle, what waits below it, what is wrong on its edge. */
const places = {
  shut: [8, laneHeight - 16],
  work: [16, 12],
  review: [30, 6],
  question: [30, 6],
  blocked: [30, 6],
  silent: [8, 4],
  conflict: [8, 4],
} as const;

interface Bar {
  readonly kind: SpanKind;
  readonly lane: number;
  readonly x: number;
  right: number;
  readonly words: string;
  count: number;
}

/** Bars of one lane and kind with less than this between them are one. */
const gap = 2;

function spansIn({ spans, until }: Timeline, frame: Frame): readonly Shape[] {
  const [first, end] = frame.lanes;
  const bars: Bar[] = [];
  const last = new Map<string, Bar>();
  for (const { lane, kind, words, ...span } of spans) {
    const to = span.until ?? until;
    if (lane < first || lane >= end || to < frame.from || span.from > frame.until) continue;
    const x = xOf(frame, Math.max(span.from, frame.from));
    const right = Math.max(x + 1, xOf(frame, Math.min(to, frame.until)));
    const key = `${lane} ${kind}`;
    const before = last.get(key);
    if (before && x - before.right < gap) {
      before.right = Math.max(before.right, right);
      before.count += 1;
      continue;
    }
    const bar = { kind, lane, x, right, words, count: 1 };
    last.set(key, bar);
    bars.push(bar);
  }
  return bars.map((bar) => barShape(bar, frame));
}

function barShape({ kind, lane, x, right, words, count }: Bar, { top }: Frame): Shape {
  const [down, height] = places[kind];
  const text = `${spanNames[kind]}: ${count === 1 ? words : `${count} times`}`;
  return {
    tag: 'rect',
    attributes: {
      class: `span ${kind}`,
      x: round(x),
      y: yOf(lane, top) + down,
      width: round(right - x),
      height,
      rx: 2,
    },
    inside: [{ tag: 'title', attributes: {}, text }],
  };
}

function clusterShape({ x, lane, marks }: Cluster, frame: Frame): Shape {
  const [mark] = marks;
  const y = yOf(lane, frame.top) + laneHeight / 2;
  const isCurrent = marks.some(({ id }) => id === frame.current);
  const kind = marks.map((one) => one.kind).find((one) => looks[one].tone === 'bad') ?? mark.kind;
  const spoken = marks.length === 1 ? markWords(mark) : marks.map(markWords).join('\n');
  return {
    tag: 'g',
    attributes: {
      class: `mark ${looks[kind].tone}${isCurrent ? ' current' : ''}`,
      transform: `translate(${round(x)} ${y})`,
      'data-mark': mark.id,
      'data-count': marks.length,
    },
    inside: [
      { tag: 'title', attributes: {}, text: spoken },
      ...(marks.length === 1 ? face(mark.kind) : manyFaces(marks.length)),
    ],
  };
}

/** The form says who acted, the sign what it was; the colour says it again. */
export function face(kind: MarkKind): readonly Shape[] {
  const { form, sign } = looks[kind];
  return [
    { tag: 'path', attributes: { class: 'form', d: forms[form] } },
    sign.startsWith('M')
      ? { tag: 'path', attributes: { class: 'sign', d: sign } }
      : lettered('letter', 0, 4, sign, 'middle'),
  ];
}

function manyFaces(count: number): readonly Shape[] {
  const words = count > 999 ? '999+' : String(count);
  const half = 6 + words.length * 3.5;
  return [
    { tag: 'rect', attributes: { class: 'form', x: -half, y: -9, width: 2 * half, height: 18, rx: 9 } },
    lettered('letter', 0, 4, words, 'middle'),
  ];
}

/** A circle is a worker's act, a square the orchestrator's, a diamond a person should look at. */
const forms = {
  circle: 'M-9 0A9 9 0 1 1 9 0A9 9 0 1 1-9 0Z',
  square: 'M-8-8H8V8H-8Z',
  diamond: 'M0-11L11 0L0 11L-11 0Z',
} as const;

const looks: Readonly<
  Record<MarkKind, { readonly form: keyof typeof forms; readonly sign: string; readonly tone: string }>
> = {
  started: { form: 'square', sign: 'M-3-4L5 0L-3 4Z', tone: 'plain' },
  released: { form: 'square', sign: 'S', tone: 'plain' },
  override: { form: 'diamond', sign: '»', tone: 'bad' },
  closed: { form: 'square', sign: 'M-4-4H4V4H-4Z', tone: 'plain' },
  instructed: { form: 'diamond', sign: '“', tone: 'bad' },
  'carried-on': { form: 'square', sign: '”', tone: 'plain' },
  replanned: { form: 'square', sign: 'P', tone: 'plain' },
  debug: { form: 'square', sign: 'D', tone: 'ask' },
  dispatched: { form: 'square', sign: 'M-5 0H5M1-4L5 0L1 4', tone: 'plain' },
  asked: { form: 'circle', sign: '?', tone: 'ask' },
  returned: { form: 'square', sign: 'M5 0H-5M-1-4L-5 0L-1 4', tone: 'ask' },
  revised: { form: 'circle', sign: '?', tone: 'ask' },
  answered: { form: 'square', sign: 'A', tone: 'plain' },
  moot: { form: 'square', sign: 'M-4 0H4', tone: 'plain' },
  resulted: { form: 'circle', sign: 'R', tone: 'plain' },
  late: { form: 'circle', sign: 'L', tone: 'ask' },
  approved: { form: 'square', sign: 'M-4 0L-1 3L4-4', tone: 'good' },
  rejected: { form: 'square', sign: 'M-4-4L4 4M-4 4L4-4', tone: 'bad' },
  withdrawn: { form: 'square', sign: 'M-4 0H4', tone: 'ask' },
  undone: { form: 'square', sign: 'U', tone: 'bad' },
  fired: { form: 'diamond', sign: 'U', tone: 'bad' },
  nudged: { form: 'square', sign: '!', tone: 'ask' },
  feedback: { form: 'square', sign: 'F', tone: 'plain' },
  silent: { form: 'circle', sign: 'z', tone: 'ask' },
  back: { form: 'circle', sign: 'M-4 2L0-3L4 2', tone: 'plain' },
  ended: { form: 'circle', sign: 'M-4-4L4 4M-4 4L4-4', tone: 'ask' },
  conflict: { form: 'diamond', sign: '!', tone: 'bad' },
  resumed: { form: 'square', sign: '=', tone: 'good' },
};

function lettered(
  name: string,
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle',
  title?: string,
): Shape {
  const attributes = { class: name, x: round(x), y, 'text-anchor': anchor };
  if (title === undefined) return { tag: 'text', attributes, text };
  return { tag: 'text', attributes, text, inside: [{ tag: 'title', attributes: {}, text: title }] };
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
