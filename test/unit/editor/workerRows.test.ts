import assert from 'node:assert/strict';
import { refusal } from '../../../src/contract/refusal.ts';
import { initial } from '../../../src/core/state.ts';
import { emptyTable } from '../../../src/core/table.ts';
import type { Listing, Row } from '../../../src/editor/tree/row.ts';
import type { Heard } from '../../../src/editor/workers/heard.ts';
import { workersTree } from '../../../src/editor/workers/workerRows.ts';
import { nothing, packet } from '../core/drafts.ts';
import { dispatched, released } from '../core/given.ts';
import { History, orchestrator, user, worker } from '../core/history.ts';

const minutes = (count: number): number => count * 60_000;
const rowsOf = ({ ids, row }: Listing): readonly Row[] => ids.map((_, index) => row(index));
const seen = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ label, description }) => `${label} | ${description}`);

describe('the workers', () => {
  const heard = {
    lastContact: () => undefined,
    trial: () => undefined,
    trust: () => Promise.resolve(undefined),
    calls: () => 0,
    strangerAt: undefined,
    outdated: [],
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

  it('P2: show how many of its calls a worker has used, and in the tooltip its minutes too', async () => {
    const history = released('Refuse a negative depth');
    const runs = { kind: 'command', argv: ['agent'], agent: 'some' } as const;
    const tokenHash = 'a'.repeat(64);
    history.does(user, { type: 'add-worker', name: 'agent', role: 'code', runs, tokenHash, expires: 9e12 });
    history.does({ seat: 'keeper' }, { type: 'note-guarded', worker: 3 });
    history.does(user, { type: 'dispatch', worker: 3, budget: 25, calls: 40 });
    history.does(worker(3), { type: 'acknowledge', dispatch: 1, epoch: 1 });
    const began = history.recorded.at(-1)?.at ?? 0;
    const row = (): Row | undefined =>
      rowsOf(
        workersTree(history.state, { ...heard, calls: ({ n }) => 11 + n, now: began + minutes(7.9) }),
      ).find(({ id }) => id === 'worker:3');
    assert.equal(row()?.description, 'code, working, 12 of 40 calls, TODO 1');
    assert.equal(row()?.spoken, 'agent, code, working, 12 of 40 calls, TODO 1');
    assert.match((await row()?.tooltip?.()) ?? '', /\nBudget: 7 of 25 minutes of work, 12 of 40 calls\n/);
    history.does(worker(3), { type: 'submit', dispatch: 1, epoch: 1, packet: nothing() });
    assert.equal(row()?.description, 'code, in review, TODO 1');
    assert.match((await row()?.tooltip?.()) ?? '', /\nBudget: \d of 25 minutes of work\n/);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Another one' });
    history.does(user, { type: 'dispatch', worker: 3, budget: 25 });
    assert.equal(row()?.description, 'code, not acknowledged, TODO 1');
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

  it('P2: say that an agent called and skipped its hook, and how it comes to trust it', async () => {
    const trial = () => refusal('hook-skipped', 'It skips it.', 'Trust the hook.');
    const rows = rowsOf(workersTree(released('Refuse a negative depth').state, { ...heard, trial }));
    const row = rows.find(({ id }) => id === 'worker:1');
    assert.match(row?.description ?? '', /, unguarded, hook skipped/);
    assert.match(
      (await row?.tooltip?.()) ?? '',
      /\nConnected\nUnguarded: It skips it\.\nNot trusted, as far as it is known\. Trust the hook\.$/,
    );
  });

  it('P2: say that what connects an agent is out of date, and lead to the change', () => {
    const outdated = [{ id: 'codex', label: 'Codex CLI', folder: '/w' }];
    const rows = rowsOf(workersTree(released('Refuse a negative depth').state, { ...heard, outdated }));
    const row = rows.find(({ context }) => context === 'outdated');
    assert.equal(`${row?.label}, ${row?.description}`, 'Codex CLI, out of date');
    assert.match(row?.spoken ?? '', /Connect it again/);
    assert.deepEqual(row?.open, {
      command: 'lockkeeper.connectWorker',
      argument: { agent: 'codex', folder: '/w' },
    });
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
