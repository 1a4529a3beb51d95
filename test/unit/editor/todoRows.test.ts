import assert from 'node:assert/strict';
import { gateMessage } from '../../../src/editor/todo/todoHead.ts';
import { todoRows } from '../../../src/editor/todo/todoRows.ts';
import { faceOf, type Listing, type Row } from '../../../src/editor/tree/row.ts';
import { inboxRows } from '../../../src/editor/inbox/inboxRows.ts';
import { refusal } from '../../../src/contract/refusal.ts';
import type { Heard } from '../../../src/editor/workers/heard.ts';
import { workersTree } from '../../../src/editor/workers/workerRows.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { startup, startupWords } from '../../../src/core/views/startup.ts';
import { initial, type State } from '../../../src/core/state.ts';
import { emptyTable } from '../../../src/core/table.ts';
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

describe('the workers', () => {
  const heard = {
    lastContact: () => undefined,
    trial: () => undefined,
    trust: () => Promise.resolve(undefined),
    strangerAt: undefined,
    door: { kind: 'serving', url: '' },
    now: minutes(9),
    folders: [],
  } as const;

  it('P3: show standing and contact, and a warning for a role that nobody has', () => {
    const history = released('Refuse a negative depth');
    history.does(orchestrator, {
      type: 'add-step',
      title: 'Draw',
      role: 'design',
      tasks: [packet('Draw it')],
    });
    dispatched(history);
    const rows = rowsOf(workersTree(history.state, { ...heard, lastContact: () => minutes(2) }));
    assert.deepEqual(seen(rows), [
      'No worker for design | add one',
      'scribe | docs, idle, unguarded, heard 7 min ago',
      'web | code, working, TODO 1, unguarded, heard 7 min ago',
      'Owned files | 1',
    ]);
    history.does({ seat: 'keeper' }, { type: 'note-guarded', worker: 1 });
    const [, , guarded] = seen(rowsOf(workersTree(history.state, heard)));
    assert.equal(guarded, 'web | code, working, TODO 1');
    const keeper = { seat: 'keeper' } as const;
    const renewed = { tokenHash: 'f'.repeat(64), expires: 9e12, exposed: true } as const;
    history.does(keeper, { type: 'renew-token', worker: 1, ...renewed });
    const last = (): string | undefined => seen(rowsOf(workersTree(history.state, heard)))[2];
    assert.equal(last(), 'web | code, working, TODO 1, unguarded, its token was renewed');
    history.does(keeper, { type: 'note-reconnected', worker: 1 });
    assert.equal(last(), 'web | code, working, TODO 1, unguarded');
  });

  it('P2: show connected, guarded and trusted, each with the way to mend it', async () => {
    const history = new History();
    const runs = { kind: 'command', argv: ['agent'], agent: 'some' } as const;
    const tokenHash = 'a'.repeat(64);
    history.does(user, { type: 'add-worker', name: 'web', role: 'code', runs, tokenHash, expires: 9e12 });
    const trust = (agent: string) => Promise.resolve(`Trust ${agent}.`);
    const of = (more: Partial<Heard>): Row | undefined =>
      rowsOf(workersTree(history.state, { ...heard, trust, ...more })).find(({ id }) => id === 'worker:1');
    const told = async (more: Partial<Heard>): Promise<readonly string[]> =>
      ((await of(more)?.tooltip?.()) ?? '').split('\n').slice(4);
    assert.deepEqual(await told({}), [
      'Not heard since this window opened: Connect Worker, then Open a Terminal as a Worker',
      'Unguarded: no guard has held its writes back yet; Connect Worker writes its hook',
      'Whether the agent trusts the folder shows with its first call. Trust some.',
    ]);
    const trial = () => refusal('not-trusted', 'It does not trust us.', 'Let it.');
    assert.equal(of({ trial })?.description, 'code, idle, unguarded, not trusted');
    assert.equal(of({ trial })?.spoken, 'web, code, idle, unguarded, not trusted');
    assert.equal(of({ trial })?.colour, 'list.warningForeground');
    assert.equal((await told({ trial }))[0], 'Not connected: It does not trust us. Let it.');
    const lastContact = (): number => minutes(9);
    assert.deepEqual((await told({ lastContact })).slice(0, 1), ['Connected']);
    assert.match((await told({ lastContact }))[2] ?? '', /^Not trusted.*no hook of it does\. Trust some\.$/);
    const keeper = { seat: 'keeper' } as const;
    history.does(keeper, { type: 'note-guarded', worker: 1, calls: true });
    assert.deepEqual(await told({ lastContact }), ['Connected', 'Guarded', 'Trusted: its hook is started']);
    history.does(keeper, { type: 'note-unguarded', worker: 1 });
    assert.match(
      (await told({ lastContact }))[1] ?? '',
      /^Unguarded: its guard was not heard at its last call/,
    );
  });

  it('T1: show the lent seat as connected, guarded and trusted too, each with the way to mend it', async () => {
    const history = new History();
    const keeper = { seat: 'keeper' } as const;
    history.does(user, { type: 'lend-seat', tokenHash: 'b'.repeat(64), expires: 9e12 });
    const of = (more: Partial<Heard> = {}): Row | undefined =>
      rowsOf(workersTree(history.state, { ...heard, ...more })).find(({ id }) => id === 'seat');
    const told = async (more: Partial<Heard> = {}): Promise<readonly string[]> =>
      ((await of(more)?.tooltip?.()) ?? '').split('\n').slice(1);
    assert.equal(of()?.description, 'to an agent, unguarded');
    assert.deepEqual(await told(), [
      'Not heard since this window opened: Connect the Orchestrator, then Open a Terminal as the Orchestrator',
      'Unguarded: no guard has held its writes back yet; Connect the Orchestrator writes its hook',
      'Whether the agent trusts the folder shows with its first call. Let the agent use the server lockkeeper, and trust its hook.',
    ]);
    const trial = () => refusal('not-trusted', 'It does not trust us.', 'Let it.');
    assert.equal(of({ trial })?.description, 'to an agent, unguarded, not trusted');
    assert.equal(of({ trial })?.colour, 'list.warningForeground');
    const lastContact = (): number => minutes(7);
    assert.equal(of({ lastContact })?.description, 'to an agent, unguarded, heard 2 min ago');
    history.does(keeper, { type: 'note-seat-guard', guard: 'calls' });
    assert.equal(of()?.description, 'to an agent');
    assert.deepEqual(await told({ lastContact }), ['Connected', 'Guarded', 'Trusted: its hook is started']);
    history.does(keeper, { type: 'note-seat-guard', guard: 'gone' });
    assert.match((await told())[1] ?? '', /^Unguarded: its guard was not heard at its last call/);
  });

  it('P2: say that somebody called with a wrong token, for a while, and open a terminal with the right one', () => {
    const rows = (strangerAt: number | undefined) =>
      rowsOf(workersTree(released('Refuse a negative depth').state, { ...heard, strangerAt }));
    const [row] = rows(minutes(7));
    assert.equal(row?.description, 'an agent called with none of a worker’s, 2 min ago');
    assert.match(row.spoken, /Open a Terminal as a Worker/);
    assert.deepEqual(row.open, { command: 'lockkeeper.openShell', argument: {} });
    for (const none of [undefined, minutes(9) - 11 * 60_000])
      assert.ok(rows(none).every(({ id }) => id !== 'stranger'));
  });

  it('name the folder that each works in, where there are several', () => {
    const history = released('Refuse a negative depth');
    dispatched(history);
    const named = (folders: readonly string[]) =>
      seen(rowsOf(workersTree(history.state, { ...heard, folders }))).find((row) => row.startsWith('web'));
    assert.equal(named(['src', 'docs']), 'web | code, working, TODO 1, in src, unguarded');
    assert.equal(named(['src']), 'web | code, working, TODO 1, unguarded');
  });

  it('say so where the door is not served by this window', () => {
    const history = new History();
    history.does(user, {
      type: 'add-worker',
      name: 'web',
      role: 'code',
      runs: { kind: 'rehearsal' },
      tokenHash: 'a'.repeat(64),
      expires: 9e12,
    });
    const rows = rowsOf(workersTree(history.state, { ...heard, door: { kind: 'elsewhere', port: 4711 } }));
    assert.deepEqual(seen(rows).slice(0, 1), ['Served by another window | port 4711']);
    assert.equal(
      workersTree({ ...initial, workers: emptyTable() }, { ...heard, door: { kind: 'off', reason: 'x' } }).ids
        .length,
      0,
    );
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
