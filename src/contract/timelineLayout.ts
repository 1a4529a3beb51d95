import type { Mark, Span, SpanKind, Timeline } from './timeline.ts';

/** The whole time of a timeline on a width in pixels, names included. Times are epoch milliseconds. */
export interface Scale {
  readonly from: number;
  readonly until: number;
  readonly width: number;
}

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

export function xOf({ from, until, width }: Scale, at: number): number {
  const share = until > from ? (at - from) / (until - from) : 0;
  return nameWidth + apart / 2 + share * (width - nameWidth - apart);
}

/** The moment at a place: the other way round. */
export function timeAt({ from, until, width }: Scale, x: number): number {
  return from + ((x - nameWidth - apart / 2) / (width - nameWidth - apart)) * (until - from);
}

/** Marks of one lane that stand too near each other to be told apart, as one. */
export interface Cluster {
  readonly x: number;
  readonly lane: number;
  readonly marks: readonly [Mark, ...Mark[]];
}

/** What lasts, and as much of its kind as is too near to be told from it. */
export interface Bar {
  readonly kind: SpanKind;
  readonly lane: number;
  readonly x: number;
  right: number;
  readonly words: string;
  count: number;
}

/** Where all of a timeline stands at one scale, whatever part of it shows. */
export interface Layout {
  readonly scale: Scale;
  readonly lanes: Timeline['lanes'];
  readonly clusters: readonly Cluster[];
  readonly bars: readonly Bar[];
}

export function layOut({ lanes, marks, spans, until }: Timeline, scale: Scale): Layout {
  return { scale, lanes, clusters: clustersOf(marks, scale), bars: barsOf(spans, until, scale) };
}

/** Never more of a lane than fits side by side. */
function clustersOf(marks: readonly Mark[], scale: Scale): readonly Cluster[] {
  const found: { x: number; lane: number; marks: [Mark, ...Mark[]] }[] = [];
  const last = new Map<number, (typeof found)[number]>();
  for (const mark of marks) {
    const x = xOf(scale, mark.at);
    const before = last.get(mark.lane);
    if (before && x - before.x < apart) {
      before.marks.push(mark);
      continue;
    }
    const cluster: (typeof found)[number] = { x, lane: mark.lane, marks: [mark] };
    last.set(mark.lane, cluster);
    found.push(cluster);
  }
  return found;
}

/** Bars of one lane and kind with less than this between them are one. */
const gap = 2;

function barsOf(spans: readonly Span[], end: number, scale: Scale): readonly Bar[] {
  const bars: Bar[] = [];
  const last = new Map<string, Bar>();
  for (const { lane, kind, from, until = end, words } of spans) {
    const x = xOf(scale, from);
    const right = Math.max(x + 1, xOf(scale, until));
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
  return bars;
}

/** What the axis says from one place to another: as much as there is room for. */
export function ticksIn(
  scale: Scale,
  [left, right]: readonly [left: number, right: number],
  clock: (at: number, isDay: boolean) => string,
): readonly { readonly x: number; readonly words: string }[] {
  const perPixel = (scale.until - scale.from) / Math.max(1, scale.width - nameWidth - apart);
  const step = steps.find((each) => each >= 96 * perPixel) ?? 365 * day;
  const isDay = step >= day;
  const ticks: { x: number; words: string }[] = [];
  const from = Math.max(scale.from, timeAt(scale, left));
  const until = Math.min(scale.until, timeAt(scale, right));
  for (let at = Math.ceil(from / step) * step; at <= until; at += step)
    ticks.push({ x: xOf(scale, at), words: clock(at, isDay) });
  return ticks;
}
