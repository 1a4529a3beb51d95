import { evolveAll } from '../../src/core/evolution.ts';
import { decide } from '../../src/core/orchestration.ts';
import { gateReasons } from '../../src/core/gate.ts';
import type { State } from '../../src/core/state.ts';
import { inbox } from '../../src/core/views/inbox.ts';
import { nextAction } from '../../src/core/views/nextAction.ts';
import { Desk } from '../../src/desk/desk.ts';
import { inboxRows } from '../../src/editor/inbox/inboxRows.ts';
import { drawTimeline } from '../../src/contract/timelineDrawing.ts';
import { layOut } from '../../src/contract/timelineLayout.ts';
import type { Event, Recorded } from '../../src/contract/events.ts';
import { timelineOf } from '../../src/core/views/timeline.ts';
import { questionPage } from '../../src/editor/questions/questionPage.ts';
import { todoRows } from '../../src/editor/todo/todoRows.ts';
import { pageStarts, rowsOf } from '../../src/editor/tree/pages.ts';
import type { Listing } from '../../src/editor/tree/row.ts';
import { openJournal } from '../../src/journal/sqlite.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import type { Figure } from './figure.ts';
import { longList, makeLongList, packetOf } from './longList.ts';
import { count, median, ms, times } from './numbers.ts';
import { journalIn } from './server.ts';

const rounds = 30;
const mostGate = 20;
const mostEvents = 5_000;
/** Milliseconds of one picture at sixty a second. */
const mostFrame = 16;

async function longState(): Promise<State> {
  const folder = await temporaryFolder('views');
  try {
    await makeLongList(journalIn(folder));
    const journal = await openJournal(journalIn(folder));
    const desk = new Desk(journal, Date.now);
    const { state } = desk;
    desk.dispose();
    journal.close();
    return state;
  } finally {
    await removeFolder(folder);
  }
}

/** The same with a step to release. */
function withStep(state: State): State {
  const step = {
    type: 'step-added' as const,
    step: 1,
    title: 'The next lock',
    role: 'code',
    tasks: [packetOf(1)],
  };
  return evolveAll(state, [step], { at: 0, actor: 'user' });
}

/** The same with as many open items, all of one result. */
function withOpenItems(state: State): State {
  const items = Array.from({ length: longList.todos }, (_, index) => ({
    type: 'todo-added' as const,
    todo: state.todos.size + 1 + index,
    role: 'code',
    origin: { kind: 'item' as const, result: 1, item: index + 1 },
    sources: [{ result: 1, item: index + 1, worker: 1, words: `Bolt ${index + 1} is still loose` }],
  }));
  return evolveAll(state, items, { at: 0, actor: 'user' });
}

/** A history whose every event stands on the timeline. */
function eventful(events: number): readonly Recorded[] {
  const started = {
    type: 'orchestration-started' as const,
    orchestration: 1,
    objective: 'A lock that holds',
    constraints: [],
    mode: 'orchestrator-first' as const,
    carried: [],
  };
  const pairs = Array.from({ length: events / 2 }, (_, index): readonly Event[] => [
    { type: 'instructed', instruction: index + 1, words: `Mind bolt ${index + 1}` },
    { type: 'carried-on', instruction: index + 1 },
  ]);
  return [started, ...pairs.flat()].map((event, index) => ({
    seq: index + 1,
    at: 1_000 * index,
    actor: 'user',
    command: `${index}`,
    event,
  }));
}

/** Rows as far as a view shows them. */
function opened(whole: Listing): number {
  const rows = rowsOf(whole, pageStarts(whole.ids, new Set()));
  const below = rows.map(({ children, collapsed }) =>
    children && collapsed !== true ? opened(children()) : 0,
  );
  return below.reduce((sum, count) => sum + count, rows.length);
}

/** What the extension host computes for one act and the redrawing after it; the window's own part is in `windows`. */
export async function views(): Promise<readonly Figure[]> {
  const state = withStep(await longState());
  const items = withOpenItems(state);
  const size = `${count(longList.todos)} TODOs, ${longList.questions} questions`;
  const figure = (what: string, work: () => unknown, most?: number): Figure => {
    work();
    const took = median(times(rounds, work));
    const target = most === undefined ? {} : { holds: took <= most };
    return { what, ours: ms(took), floor: '', target: most === undefined ? '' : `≤ ${most} ms`, ...target };
  };
  const asked = { actor: { seat: 'user' }, now: 0, act: { type: 'release' } } as const;
  const history = eventful(mostEvents);
  const read = () => timelineOf(history, 1, mostEvents * 1_000);
  const timeline = read();
  const width = 1_200;
  const view = { left: 0, top: 0, width, lanes: [0, 1], clock: String } as const;
  const draw = () =>
    timeline && drawTimeline(layOut(timeline, { from: 0, until: mostEvents * 1_000, width }), view);
  return [
    figure(`a gate answer at ${count(longList.todos)} TODOs`, () => decide(state, asked), mostGate),
    figure(`a gate answer at as many open items besides`, () => decide(items, asked), mostGate),
    figure(`every reason of the gate there`, () => gateReasons(items), mostGate),
    figure(`the TODO tree's rows at ${size}`, () => opened(todoRows(state, 0))),
    figure(`the Inbox's rows there`, () => opened(inboxRows(state, inbox(state), 0))),
    figure(`the status item there`, () => nextAction(state)),
    figure(`a page of the question panel there`, () =>
      JSON.stringify(questionPage(state, { filter: '' }, 0)),
    ),
    figure(`a timeline of ${count(mostEvents)} events, read off the journal`, read),
    figure(`its message to the page`, () => JSON.stringify(timeline)),
    figure(`its drawing, at every zoom`, draw, mostFrame),
  ];
}
