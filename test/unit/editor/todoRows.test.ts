import assert from 'node:assert/strict';
import { gateMessage } from '../../../src/editor/todo/todoHead.ts';
import { todoRows } from '../../../src/editor/todo/todoRows.ts';
import { faceOf, type Listing, type Row } from '../../../src/editor/tree/row.ts';
import { inboxRows } from '../../../src/editor/inbox/inboxRows.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { startup, startupWords } from '../../../src/core/views/startup.ts';
import { initial, type State } from '../../../src/core/state.ts';
import { nothing, packet } from '../core/drafts.ts';
import { dispatched, finished, planned, released, resulted } from '../core/given.ts';
import { History, orchestrator, user, worker } from '../core/history.ts';

const minutes = (count: number): number => count * 60_000;
const rowsOf = ({ ids, row }: Listing): readonly Row[] => ids.map((_, index) => row(index));
const childrenOf = (row: Row | undefined): readonly Row[] => (row?.children ? rowsOf(row.children()) : []);
const group = (state: State, id: string, now = 0): readonly Row[] =>
  childrenOf(rowsOf(todoRows(state, now)).find((row) => row.id === id));
const seen = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ label, description }) => `${label} | ${description}`);

describe('the TODO tree', () => {
  it('has no row where no orchestration is open', () => {
    assert.deepEqual(todoRows(initial, 0).ids, []);
    const history = released('Refuse a negative depth');
    finished(history);
    history.does(user, { type: 'close' });
    assert.deepEqual(todoRows(history.state, 0).ids, []);
  });

  it('shows what is next and the plan with its states', () => {
    const history = released('Refuse a negative depth', 'Refuse an empty chamber');
    history.does(orchestrator, {
      type: 'add-step',
      title: 'Write',
      role: 'docs',
      tasks: [packet('Write it')],
    });
    assert.deepEqual(seen(group(history.state, 'next')), [
      'TODO 1: Refuse a negative depth | next, code',
      'TODO 2: Refuse an empty chamber | code',
    ]);
    assert.deepEqual(seen(group(history.state, 'plan')), [
      'Step 1: Build | released, code, 2 tasks',
      'Step 2: Write | planned, docs, 1 task',
    ]);
    assert.deepEqual(seen(childrenOf(group(history.state, 'plan')[1])), ['Write it | planned']);
  });

  it('P3: marks what is live with its worker, its age, and what ails it', () => {
    const history = released('Refuse a negative depth');
    history.does(orchestrator, { type: 'dispatch', worker: 1 });
    assert.match(
      group(history.state, 'live', minutes(12))[0]?.label ?? '',
      /^TODO 1: web, 11 min, not acknowledged$/,
    );
    history.does(worker(1), { type: 'acknowledge', dispatch: 1, epoch: 1 });
    history.does({ seat: 'keeper' }, { type: 'note-silent', dispatch: 1, lastContact: 1_000 });
    const [row] = group(history.state, 'live', minutes(12));
    assert.match(row?.label ?? '', /silent$/);
    assert.equal(row?.icon, 'warning');
    assert.match(row.context, /^todo live\b/);
  });

  it('T4: keeps the worker’s words beside an item, and marks it until it is reconciled', async () => {
    const history = released('Refuse a negative depth');
    resulted(history, nothing({ stillOpen: ['README.md is silent\u200b about it'] }));
    const [item] = group(history.state, 'items');
    assert.equal(item?.label, 'TODO 2: to reconcile: README.md is silent\\u{200b} about it');
    assert.match(item.context, /\braw\b/);
    assert.match(
      (await item.tooltip?.()) ?? '',
      /Left open by web in result 1, word for word:\nREADME\.md is silent\\u\{200b\} about it/,
    );
    assert.deepEqual(item.open, { command: 'lockkeeper.reconcile', argument: { todo: 2 } });
    const [live] = group(history.state, 'live');
    assert.match(live?.label ?? '', /in review$/);
    assert.deepEqual(live?.argument, { todo: 1, dispatch: 1, worker: 1, result: 1 });
    history.does(user, { type: 'reconcile', todo: 2, packet: packet('Say it in README.md'), role: 'docs' });
    const [packed] = group(history.state, 'items');
    assert.match(packed?.context ?? '', /\bpacked\b/);
    assert.match((await packed?.tooltip?.()) ?? '', /word for word:\nREADME/);
  });

  it('gives every row an id of its own among its siblings, a spoken label, and keeps both while nothing changes', () => {
    const history = released('Refuse a negative depth', 'Refuse an empty chamber');
    resulted(history, nothing({ stillOpen: ['README.md is silent'] }));
    const all = (): readonly Row[] => {
      const below = (whole: Listing): readonly Row[] => {
        const rows = rowsOf(whole);
        assert.deepEqual(
          rows.map(({ id }) => id),
          whole.ids,
        );
        assert.equal(new Set(whole.ids).size, whole.ids.length);
        return rows.flatMap((row) => [row, ...(row.children ? below(row.children()) : [])]);
      };
      return below(todoRows(history.state, 0));
    };
    const rows = all();
    for (const row of rows) assert.ok(row.spoken.length > 3 && row.icon.length > 2, row.id);
    assert.deepEqual(all().map(faceOf), rows.map(faceOf));
  });
});

describe('the head of the TODO view', () => {
  it('T5: says what the gate says', () => {
    assert.equal(gateMessage(initial), undefined);
    const history = released('Refuse a negative depth');
    assert.match(
      gateMessage(history.state) ?? '',
      /^Gate shut by 1: TODO 1 .* is not done\. Dispatch TODO 1/,
    );
    history.does(orchestrator, {
      type: 'add-step',
      title: 'Write',
      role: 'docs',
      tasks: [packet('Write it')],
    });
    finished(history);
    assert.equal(gateMessage(history.state), 'The gate is open: step 2 can be released.');
  });

  it('P3: a late first release is called out in orchestrator-first mode, with what to do', () => {
    const call = ({ state }: History): string | undefined => startup(state, minutes(14), 10)?.call;
    const first = planned('Refuse a negative depth');
    assert.equal(startup(first.state, minutes(10), 10)?.call, undefined);
    assert.match(call(first) ?? '', /^Late: 13 min without a dispatch\. .*release a first step/);
    first.does(user, { type: 'release' });
    assert.match(call(first) ?? '', /dispatch the first TODO/);
    dispatched(first);
    assert.equal(call(first), undefined);
    const careful = new History();
    careful.does(user, { type: 'start', objective: 'A gate', constraints: [], mode: 'plan-first' });
    assert.equal(call(careful), undefined);
    assert.equal(startup(careful.state, minutes(14), 10)?.late, true);
  });

  it('P3: shows the time to the first dispatch, and says when it is late', () => {
    const history = released('Refuse a negative depth');
    const said = (now: number): string => {
      const begun = startup(history.state, now, 10);
      return begun ? startupWords(begun) : '';
    };
    assert.equal(said(minutes(4)), 'no dispatch yet, 3 min');
    assert.equal(said(minutes(14)), 'no dispatch yet, 13 min, late');
    dispatched(history);
    assert.equal(said(minutes(40)), 'first dispatch after 0 min');
    assert.equal(startup(initial, 0, 10), undefined);
  });
});

describe('the inbox', () => {
  it('P6: puts the age of a question first', () => {
    const history = released('Refuse a negative depth');
    const task = dispatched(history);
    const question = {
      question: 'Which error?',
      context: 'Two are in use.',
      files: [],
      options: ['RangeError', 'TypeError'],
      recommended: 'RangeError',
      blocking: true,
    };
    history.does(worker(1), { type: 'ask', ...task, packet: question });
    const rows = rowsOf(inboxRows(history.state, inbox(history.state), minutes(6)));
    assert.deepEqual(seen(rows), ['5 min: Which error? | web, blocking']);
    assert.deepEqual(rows[0]?.argument, { question: 1 });
    assert.deepEqual(rows[0]?.open, {
      command: 'lockkeeper.openInboxEntry',
      argument: { kind: 'blocking-question', n: 1 },
    });
  });
});
