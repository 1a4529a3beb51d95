import {
  markNames,
  spanNames,
  type MarkKind,
  type SpanKind,
  type Timeline,
} from '../../contract/timeline.ts';
import {
  axisHeight,
  drawTimeline,
  face,
  laneHeight,
  type Shape,
  type View,
} from '../../contract/timelineDrawing.ts';
import { apart, layOut, nameWidth } from '../../contract/timelineLayout.ts';

const legendStep = 190;

/**
 * A timeline as one SVG file that needs nothing else: light or dark as its reader has it, with a title, a description
 * and the words of every mark. `clock` puts a moment into words.
 */
export function timelineSvg(timeline: Timeline, clock: View['clock']): string {
  const { lanes, marks, from, until, orchestration, objective } = timeline;
  const width = Math.min(8_000, Math.max(1_200, nameWidth + marks.length * apart));
  const picture = axisHeight + lanes.length * laneHeight;
  const legend = legendOf(timeline, width, picture + 24);
  const layout = layOut(timeline, { from, until, width });
  const view = { left: 0, top: 0, width, lanes: [0, lanes.length], clock, isSpoken: true } as const;
  const height = legend.bottom + 12;
  const name = `Timeline of orchestration ${orchestration}: ${objective}`;
  const told = `${lanes.length} lanes and ${marks.length} events, ${clock(from, true)} ${clock(from, false)} to ${clock(until, true)} ${clock(until, false)}.`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="name told">
<title id="name">${escaped(name)}</title>
<desc id="told">${escaped(told)}</desc>
<style>${style}</style>
<rect class="paper" width="${width}" height="${height}"/>
${[...drawTimeline(layout, view), ...legend.shapes].map(printed).join('\n')}
</svg>
`;
}

function legendOf(
  { marks, spans }: Timeline,
  width: number,
  top: number,
): { readonly shapes: readonly Shape[]; readonly bottom: number } {
  const kinds = [...new Set(marks.map(({ kind }) => kind))];
  const bars = [...new Set(spans.map(({ kind }) => kind))];
  const across = Math.max(1, Math.floor((width - 20) / legendStep));
  const entries = [...kinds.map(markEntry), ...bars.map(spanEntry)];
  const shapes = entries.map((inside, index): Shape => {
    const [x, y] = [20 + (index % across) * legendStep, top + Math.floor(index / across) * 26];
    return { tag: 'g', attributes: { transform: `translate(${x} ${y})` }, inside };
  });
  return { shapes, bottom: top + Math.ceil(entries.length / across) * 26 };
}

function markEntry(kind: MarkKind): readonly Shape[] {
  return [{ tag: 'g', attributes: { class: 'mark plain' }, inside: face(kind) }, label(markNames[kind])];
}

function spanEntry(kind: SpanKind): readonly Shape[] {
  const bar = { class: `span ${kind}`, x: -9, y: -4, width: 18, height: 8, rx: 2 };
  return [{ tag: 'rect', attributes: bar }, label(spanNames[kind])];
}

function label(text: string): Shape {
  return { tag: 'text', attributes: { class: 'name', x: 18, y: 4 }, text };
}

function printed({ tag, attributes, text = '', inside = [] }: Shape): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  return `<${tag}${written.join('')}>${inside.map(printed).join('')}${escaped(text)}</${tag}>`;
}

/** What XML 1.0 cannot hold at all is taken out; the views show it as words already. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '');
}

const style = `
svg{--paper:#ffffff;--odd:#f5f5f5;--line:#d4d4d4;--ink:#1f1f1f;--quiet:#5a5a5a;--work:#9cc4ee;--ask:#b27700;--bad:#b3261e;--good:#2b7a39;--mark:#1f5fa8}
@media (prefers-color-scheme:dark){svg{--paper:#1f1f1f;--odd:#282828;--line:#444444;--ink:#e6e6e6;--quiet:#ababab;--work:#2c5a8c;--ask:#e0a94a;--bad:#f28b82;--good:#7cc68a;--mark:#8ab8ee}}
text{font:12px system-ui,sans-serif;fill:var(--ink)}
.paper,.lane,.names,.axis{fill:var(--paper)}.odd{fill:var(--odd)}.grid{stroke:var(--line)}.role,.tick{fill:var(--quiet);font-size:11px}
.mark{color:var(--mark)}.mark.ask{color:var(--ask)}.mark.bad{color:var(--bad)}.mark.good{color:var(--good)}
.form{fill:var(--paper);stroke:currentColor;stroke-width:1.5}.sign{fill:none;stroke:currentColor;stroke-width:1.5}.letter{fill:currentColor;font-weight:600}
.work{fill:var(--work)}.review{fill:var(--mark)}.question{fill:var(--ask)}.blocked,.conflict{fill:var(--bad)}.silent{fill:var(--quiet)}.shut{fill:var(--bad);fill-opacity:.25;stroke:var(--bad)}
`;
