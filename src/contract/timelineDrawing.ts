import { markNames, spanNames, type MarkKind, type Timeline } from './timeline.ts';
import { apart, nameWidth, ticksIn, type Bar, type Cluster, type Layout } from './timelineLayout.ts';

/** An element of SVG, for whoever prints it or puts it on a page. `text` is text, never markup. */
export interface Shape {
  readonly tag: 'g' | 'rect' | 'path' | 'line' | 'text' | 'title';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly inside?: readonly Shape[];
}

/** The part of a picture that shows, in its pixels. */
export interface View {
  /** How far it is moved to the left and up. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** The first lane that shows, and the one behind the last. */
  readonly lanes: readonly [first: number, end: number];
  /** A moment of the axis in words. */
  readonly clock: (at: number, isDay: boolean) => string;
  /** The mark that is looked at. */
  readonly current?: number;
  /** Whether each mark has its words with it. */
  readonly isSpoken?: boolean;
}

export const laneHeight = 44;
export const axisHeight = 28;

function yOf(lane: number): number {
  return axisHeight + lane * laneHeight;
}

/** What was drawn of each. Wherever it shows it is the same shape, so that who puts it on a page need not compare. */
const shapes = new WeakMap<Cluster | Bar, Shape>();

function kept<Of extends Cluster | Bar>(one: Of, make: (one: Of) => Shape): Shape {
  const shape = shapes.get(one) ?? make(one);
  shapes.set(one, shape);
  return shape;
}

/** The layers of what shows: lanes, what lasts, marks, and on top of all the axis. */
export function drawTimeline(layout: Layout, view: View): readonly Shape[] {
  const { left, top, width, current } = view;
  const [first, end] = view.lanes;
  const showsLane = ({ lane }: { readonly lane: number }): boolean => lane >= first && lane < end;
  const [from, until] = [left + nameWidth - apart, left + width + apart];
  const bars = layout.bars.filter((bar) => showsLane(bar) && bar.right > from && bar.x < until);
  const clusters = layout.clusters.filter((one) => showsLane(one) && one.x > from && one.x < until);
  const lanes = layout.lanes.slice(first, end);
  const ticks = ticksIn(layout.scale, [left + nameWidth, left + width], view.clock);
  const isCurrent = ({ marks }: Cluster): boolean =>
    current !== undefined && marks.some(({ id }) => id === current);
  return [
    layer(
      [0, -top],
      lanes.map((_, index) => band(first + index, width)),
    ),
    layer(
      [-left, -top],
      ticks.map(({ x }) => line(x, end)),
    ),
    layer(
      [-left, -top],
      bars.map((bar) => kept(bar, barShape)),
    ),
    layer(
      [-left, -top],
      clusters.map((one) =>
        isCurrent(one)
          ? clusterShape(one, ' current', view.isSpoken)
          : kept(one, () => clusterShape(one, '', view.isSpoken)),
      ),
    ),
    layer(
      [0, -top],
      lanes.flatMap((lane, index) => nameOf(lane, first + index)),
    ),
    layer([0, 0], [{ tag: 'rect', attributes: { class: 'axis', x: 0, y: 0, width, height: axisHeight } }]),
    layer(
      [-left, 0],
      ticks.map(({ x, words }) => lettered('tick', x, axisHeight - 9, words, 'middle')),
    ),
  ];
}

/** What it holds has its place in the whole picture; the layer is moved to where it shows. */
function layer([x, y]: readonly [x: number, y: number], inside: readonly Shape[]): Shape {
  return { tag: 'g', attributes: { transform: `translate(${round(x)} ${round(y)})` }, inside };
}

function band(lane: number, width: number): Shape {
  const name = lane % 2 === 0 ? 'lane' : 'lane odd';
  return { tag: 'rect', attributes: { class: name, x: 0, y: yOf(lane), width, height: laneHeight } };
}

function line(x: number, end: number): Shape {
  return {
    tag: 'line',
    attributes: { class: 'grid', x1: round(x), x2: round(x), y1: axisHeight, y2: yOf(end) },
  };
}

function nameOf(lane: Timeline['lanes'][number], n: number): readonly Shape[] {
  const y = yOf(n);
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

function barShape({ kind, lane, x, right, words, count }: Bar): Shape {
  const [down, height] = places[kind];
  const text = `${spanNames[kind]}: ${count === 1 ? words : `${count} times`}`;
  return {
    tag: 'rect',
    attributes: {
      class: `span ${kind}`,
      x: round(x),
      y: yOf(lane) + down,
      width: round(right - x),
      height,
      rx: 2,
    },
    inside: [{ tag: 'title', attributes: {}, text }],
  };
}

function clusterShape({ x, lane, marks }: Cluster, current: '' | ' current', isSpoken = false): Shape {
  const [mark] = marks;
  const kind = marks.map((one) => one.kind).find((one) => looks[one].tone === 'bad') ?? mark.kind;
  const words = (): Shape => ({
    tag: 'title',
    attributes: {},
    text: marks.map((one) => `${markNames[one.kind]}: ${one.words}`).join('\n'),
  });
  return {
    tag: 'g',
    attributes: {
      class: `mark ${looks[kind].tone}${current}`,
      transform: `translate(${round(x)} ${yOf(lane) + laneHeight / 2})`,
      'data-mark': mark.id,
      'data-count': marks.length,
    },
    inside: [
      ...(isSpoken ? [words()] : []),
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
