import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EventType, Recorded } from '../../../../src/contract/events.ts';
import { drawTimeline, type Shape, type View } from '../../../../src/contract/timelineDrawing.ts';
import { layOut } from '../../../../src/contract/timelineLayout.ts';
import {
  type MarkAbout,
  markNames,
  type MarkKind,
  type Timeline,
} from '../../../../src/contract/timeline.ts';
import { evolve } from '../../../../src/core/evolution.ts';
import { gateReasons } from '../../../../src/core/gate.ts';
import type { State } from '../../../../src/core/state.ts';
import { at } from '../../../../src/core/table.ts';
import { markPacket } from '../../../../src/core/views/markPacket.ts';
import { timelineOf } from '../../../../src/core/views/timeline.ts';
import { timelineSvg } from '../../../../src/core/views/timelineSvg.ts';
import { fromRow } from '../../../../src/desk/record.ts';
import { file, open, two } from '../conflicts.ts';
import { answer, asked, nothing, two as tasks } from '../drafts.ts';
import { dispatched, finished, released, resulted } from '../given.ts';
import { user, worker, type History } from '../history.ts';
import { kinds } from '../randomActs.ts';
import { play } from '../randomPlay.ts';

/** What a person looks for, by the event that makes it, and how it may stand there. */
const sought: { readonly [T in EventType]?: readonly MarkKind[] } = {
  dispatched: ['dispatched'],
  asked: ['asked'],
  answered: ['answered'],
  resulted: ['resulted', 'late'],
  approved: ['approved', 'override'],
  rejected: ['rejected'],
  'conflict-opened': ['conflict'],
  resumed: ['resumed'],
  'step-released': ['released', 'override'],
  'orchestration-closed': ['closed', 'override'],
  instructed: ['instructed'],
  replanned: ['replanned'],
  'debug-turned': ['debug'],
  'bug-described': ['debug'],
  nudged: ['nudged'],
  'feedback-given': ['feedback'],
  'approval-undone': ['undone', 'fired'],
};

const thrown = fc.record({ kind: fc.nat(kinds - 1), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999) });
const throws = fc.array(thrown, { minLength: 30, maxLength: 120, size: 'max' });

function drawn(history: History, now = 1_000_000): Timeline {
  const found = timelineOf(history.recorded, history.state.orchestration?.n ?? 0, now);
  assert.ok(found);
  return found;
}

const kindsOf = ({ marks }: Timeline, lane: number): readonly MarkKind[] =>
  marks.filter((mark) => mark.lane === lane).map(({ kind }) => kind);

const clock = (at: number): string => String(at);
/** What shows of it at a width, moved to the left as far as is said. */
function pictureOf(timeline: Timeline, width: number, view: Partial<View> = {}): readonly Shape[] {
  const { from, until, lanes } = timeline;
  const all = { left: 0, top: 0, width, lanes: [0, lanes.length] as const, clock };
  return drawTimeline(layOut(timeline, { from, until, width }), { ...all, ...view });
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function all(shapes: readonly Shape[]): readonly Shape[] {
  return shapes.flatMap((shape) => [shape, ...all(shape.inside ?? [])]);
}

describe('the timeline', () => {
  it('of any history: every event that is sought stands in it once, in order, and the gate is shut when it was', () => {
    const met = new Map<EventType, number>();
    let shutTimes = 0;
    fc.assert(
      fc.property(throws, (steps) => {
        const { begun, rows } = play(steps, () => undefined);
        const history = rows.map((row, index): Recorded => ({
          ...fromRow({ ...row, seq: begun.seq + 1 + index, hash: '' }),
          at: 10 * (index + 1),
        }));
        let state: State = begun;
        const all = history.map((recorded) => {
          state = evolve(state, recorded);
          const isShut = gateReasons(state).length > 0;
          return { ...recorded, id: state.seq, of: state.orchestration?.n ?? 0, isShut };
        });
        for (const n of new Set(all.map(({ of }) => of))) {
          const timeline = timelineOf(history, n, 1e9, begun);
          assert.ok(timeline);
          const own = all.filter(({ of }) => of === n);
          const expected = own.filter(({ event }) => sought[event.type]);
          const marks = timeline.marks.filter(
            ({ id }) => sought[all[id - begun.seq - 1]?.event.type ?? 'proposed'],
          );
          assert.deepEqual(
            marks.map(({ id, at }) => [id, at]),
            expected.map(({ id, at }) => [id, at]),
            'once, in order, none lost',
          );
          expected.forEach(({ event }, index) => {
            met.set(event.type, (met.get(event.type) ?? 0) + 1);
            const kind = marks[index]?.kind ?? 'moot';
            assert.ok(sought[event.type]?.includes(kind), `${event.type} as ${kind}`);
            const isPast = 'override' in event && event.override !== undefined;
            assert.equal(kind === 'override', isPast, `${event.type} past something`);
          });
          const shut = timeline.spans.filter(({ kind }) => kind === 'shut');
          for (const { at, isShut } of own) {
            const says = shut.some(({ from, until }) => from <= at && (until === undefined || at < until));
            assert.equal(says, isShut, `the gate at ${at} of ${JSON.stringify(shut)}`);
          }
          shutTimes += shut.length;
          const svg = timelineSvg(timeline, clock);
          for (const { words } of timeline.marks) assert.ok(svg.includes(escaped(words)), words);
        }
      }),
      { numRuns: 150 },
    );
    assert.deepEqual(
      Object.keys(sought).filter((type) => !met.has(type as EventType)),
      [],
      'each was met',
    );
    assert.ok(shutTimes > 0);
  });

  it('has a lane for each worker, and what waits as long as it waits', () => {
    const history = released(...tasks);
    const task = dispatched(history);
    history.does(worker(1), { type: 'ask', ...task, packet: asked });
    history.does(user, { type: 'answer', question: 1, answer });
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    history.does(user, { type: 'reject', result: 1, reason: 'Thin', missing: 'the run', next: 'Run it' });
    const timeline = drawn(history);
    assert.deepEqual(
      timeline.lanes.map(({ name }) => name),
      ['Orchestration', 'web'],
    );
    assert.deepEqual(kindsOf(timeline, 0), ['started', 'released']);
    assert.deepEqual(kindsOf(timeline, 1), ['dispatched', 'asked', 'answered', 'resulted', 'rejected']);
    const when = (kind: MarkKind): number => timeline.marks.find((mark) => mark.kind === kind)?.at ?? 0;
    const span = (kind: string) => timeline.spans.filter((one) => one.kind === kind);
    assert.deepEqual(
      span('blocked').map(({ from, until, lane }) => [from, until, lane]),
      [[when('asked'), when('answered'), 1]],
    );
    assert.deepEqual(
      span('review').map(({ from, until }) => [from, until]),
      [[when('resulted'), when('rejected')]],
    );
    assert.deepEqual(
      span('work').map(({ from, until }) => [from, until]),
      [[when('dispatched'), undefined]],
      'it goes on',
    );
    assert.equal(timeline.until, 1_000_000);
  });

  it('P7: a conflict stands with the worker that it holds up, from its opening to the word to resume', () => {
    const history = two();
    history.does(user, open([{ kind: 'user' }, { kind: 'worker', worker: 3, dispatch: 2 }]));
    const timeline = drawn(history);
    const [conflict] = timeline.spans.filter(({ kind }) => kind === 'conflict');
    const mark = timeline.marks.find(({ kind }) => kind === 'conflict');
    assert.ok(conflict && mark);
    assert.match(mark.words, new RegExp(`^conflict 1 over \`${file}\``));
    assert.equal(conflict.lane, mark.lane);
    assert.equal(timeline.lanes[mark.lane]?.name, at(history.state.workers, 3)?.name);
    assert.deepEqual([conflict.from, conflict.until], [mark.at, undefined]);
  });

  it('is of one orchestration: the one before and the one behind it are not in it', () => {
    const history = released('Add the first sluice');
    finished(history);
    history.does(user, { type: 'close' });
    history.does(user, { type: 'start', objective: 'Another gate', constraints: [] });
    const [first, second] = [timelineOf(history.recorded, 1, 9e9), timelineOf(history.recorded, 2, 9e9)];
    assert.equal(first?.marks.at(-1)?.kind, 'closed');
    assert.equal(first.isOver, true);
    assert.equal(first.until, first.marks.at(-1)?.at, 'it has ended');
    assert.equal(first.objective, 'A gate that closes');
    assert.deepEqual(
      second?.marks.map(({ kind }) => kind),
      ['started'],
    );
    assert.equal(timelineOf(history.recorded, 3, 9e9), undefined);
  });

  it('goes by the order of the journal where the clock goes back', () => {
    const history = released(...tasks);
    resulted(history, nothing());
    const back = history.recorded.map((one, index) => ({ ...one, at: 10_000 - index }));
    const timeline = timelineOf(back, 1, 0);
    assert.ok(timeline);
    assert.deepEqual([...new Set(timeline.marks.map(({ at }) => at))], [10_000]);
    assert.deepEqual(timeline.until, 10_000);
  });

  it('draws what shows: of however many events no more than fit, and each of them in one place', () => {
    const history = released(...tasks);
    const { marks, ...rest } = drawn(history);
    const [one] = marks;
    assert.ok(one);
    const lanes = [0, 1, 2].map((n) => ({ name: `w${n}`, role: 'code' }));
    for (const count of [5_000, 50_000]) {
      const many = Array.from({ length: count }, (_, index) => ({
        ...one,
        id: index + 1,
        at: index * 1_000,
        lane: index % 3,
      }));
      const spans = many.map(({ at, lane }) => {
        const until = at + 400;
        return { lane, kind: 'work' as const, from: at, until, words: 'W' };
      });
      const timeline = { ...rest, lanes, marks: many, spans, from: 0, until: count * 1_000 };
      const shapes = all(pictureOf(timeline, 1_000));
      assert.ok(shapes.length < 600, `${shapes.length} shapes of ${count}`);
      const counts = shapes.flatMap(({ attributes }) => Number(attributes['data-count'] ?? 0));
      assert.equal(
        counts.reduce((sum, each) => sum + each, 0),
        count,
      );
      const bars = shapes.filter(({ attributes }) => attributes['class'] === 'span work');
      assert.deepEqual(
        bars.map(({ inside }) => inside?.[0]?.text),
        lanes.map((_, lane) => `At work: ${Math.ceil((count - lane) / 3)} times`),
      );
      // Nearer, moved by its half: what shows is the same of both, and no shape is another for being moved.
      const near = layOut(timeline, { from: 0, until: count * 1_000, width: 100 * count });
      const view = { top: 0, width: 1_000, lanes: [0, 3] as const, clock };
      const [before, after] = [0, 500].map(
        (on) => new Set(all(drawTimeline(near, { ...view, left: 50 * count + on }))),
      );
      assert.ok(before && after && before.size < 200, `${before?.size} shapes of ${count}`);
      const marksOf = (shapes: ReadonlySet<Shape>) =>
        [...shapes].filter(({ attributes }) => 'data-mark' in attributes);
      const both = marksOf(before).filter((shape) => after.has(shape));
      assert.deepEqual([marksOf(before).length > 8, both.length > 3], [true, true], `${both.length} in both`);
    }
  });

  it('is an SVG that runs nothing and fetches nothing, whatever an agent wrote', () => {
    const history = released(...tasks);
    const task = dispatched(history);
    const hostile = '<script>alert(1)</script> & "x" ]]> \u202e\u0000';
    history.does(worker(1), { type: 'ask', ...task, packet: { ...asked, question: hostile } });
    const svg = timelineSvg(drawn(history), clock);
    assert.match(svg, /&lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; &quot;x&quot;/);
    assert.doesNotMatch(svg, /<script|href|url\(|@import|on\w+=|\u202e/);
    assert.match(svg, /prefers-color-scheme:dark/);
    assert.match(svg, /<title id="name">Timeline of orchestration 1: A gate that closes<\/title>/);
    assert.match(svg, /<desc id="told">2 lanes and 4 events/);
    assert.equal((svg.match(/<svg/g) ?? []).length, 1);
    assert.equal(svg.endsWith('</svg>\n'), true);
  });

  it('has the packet behind each mark, safe to look at', () => {
    const history = released(...tasks);
    const task = dispatched(history);
    history.does(worker(1), { type: 'ask', ...task, packet: { ...asked, context: 'As it is \u202e now' } });
    history.does(user, { type: 'answer', question: 1, answer });
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    history.does(user, { type: 'instruct', words: 'Leave README.md alone \u202e now' });
    const texts = drawn(history).marks.map(({ about }) => markPacket(history.state, about));
    const shows: readonly (readonly [MarkAbout, RegExp])[] = [
      [{ kind: 'orchestration', n: 1 }, /^OBJECTIVE: A gate that closes\n\nCONSTRAINTS:\n- Node 20/],
      [{ kind: 'step', n: 1 }, /^Step 1 \(“Build”\), for code\n\nTASK: Add the first sluice/],
      [{ kind: 'dispatch', n: 1 }, /^Dispatch 1: TODO 1 with web\n\n(?:.*\n)*TASK: (?:.*\n)*CONTEXT: /],
      [
        { kind: 'question', n: 1 },
        /QUESTION: (?:.*\n)*CONTEXT: .*As it is \\u\{202e\} now\n(?:.*\n)*CHOSEN: /,
      ],
      [{ kind: 'result', n: 1 }, /^RESULT 1 {2}waits for your verdict/],
      [{ kind: 'instruction', n: 1 }, /^INSTRUCTION 1: Leave README\.md alone \\u\{202e\} now/],
      [{ kind: 'conflict', n: 1 }, /^There is no conflict 1/],
    ];
    assert.match(
      markPacket(history.state, { kind: 'todo', n: 1 }),
      /^TODO 1 .*: live\n\nTASK: Add the first sluice/,
    );
    assert.match(markPacket(history.state, { kind: 'replan', n: 1 }), /^There is no replan 1/);
    for (const [about, words] of shows) {
      assert.match(markPacket(history.state, about), words);
      if (about.kind !== 'conflict')
        assert.ok(
          texts.some((text) => words.test(text)),
          about.kind,
        );
    }
  });

  it('has a name for whatever can stand on it', () => {
    for (const [kind, name] of Object.entries(markNames)) assert.match(name, /^[A-Z][a-z ]+$/, kind);
  });
});
