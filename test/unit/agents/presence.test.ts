import assert from 'node:assert/strict';
import { createPresence, type Presence } from '../../../src/agents/presence.ts';
import { at } from '../../../src/core/table.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { questionFor, resultFor } from './clients.ts';
import { beginStep, openHouse, type House } from './house.ts';
import { olderCall, raw } from './raw.ts';

describe('presence', () => {
  let house: House;
  let presence: Presence;
  let token: string;
  /** How far the clock on the wall was set. */
  let setBy = 0;

  beforeEach(async () => {
    house = await openHouse({
      onContact: (worker) => presence.contact(worker),
      lastContact: (worker) => presence.lastContact(worker),
    });
    setBy = 0;
    presence = createPresence({
      desk: house.desk,
      clock: () => house.now,
      steady: () => house.now - setBy,
      silentAfter: () => 60,
    });
    ({ token } = await house.addWorker('Writer'));
    await beginStep(house, ['Export the function total']);
    await house.act({ type: 'dispatch', worker: 1 });
  });
  afterEach(() => house.close());

  const later = (seconds: number): Promise<void> => {
    house.now += seconds * 1_000;
    return presence.sweep();
  };
  const notes = (): string[] =>
    house.journal
      .read(0)
      .filter(({ actor }) => actor === 'keeper')
      .map(({ type }) => type);
  const dispatch = (): { silentSince?: number } | undefined => at(house.desk.state.dispatches, 1);

  it('leaves a worker alone that works by hand: nobody could hear it', async () => {
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'By hand' });
    const runs = { kind: 'by-hand', where: 'elsewhere' } as const;
    const role = at(house.desk.state.workers, 1)?.role ?? '';
    await house.act({ type: 'add-worker', name: 'By hand', role, runs });
    await house.act({ type: 'dispatch', worker: 2 });
    await later(6_000);
    assert.deepEqual(notes(), []);
  });

  it('P3: notes once that a worker calls and does not take its task, until it does', async () => {
    const calls = (): Promise<unknown> =>
      raw(house, { token, body: olderCall('check_paths', { paths: ['a'] }) });
    for (let passed = 0; passed < 60; passed += 20) {
      await calls();
      assert.deepEqual(notes(), []);
      await later(20);
    }
    await calls();
    await later(20);
    assert.deepEqual(notes(), ['unacknowledged']);
    assert.deepEqual(
      inbox(house.desk.state).map(({ kind }) => kind),
      ['unacknowledged'],
    );
    await raw(house, { token, body: olderCall('acknowledge_task', { task: '1.1' }) });
    assert.deepEqual(inbox(house.desk.state), []);
  });

  it('P10: a token that a stranger may have seen is a row of the Inbox until its worker calls with the new one', async () => {
    const { tokenHash, expires } = at(house.desk.state.workers, 1) ?? {};
    assert.ok(tokenHash !== undefined && expires !== undefined);
    const kinds = (): string[] => inbox(house.desk.state).map(({ kind }) => kind);
    const renew = { type: 'renew-token', worker: 1, tokenHash, expires } as const;
    house.now += 1_000;
    await house.act(renew);
    assert.deepEqual(kinds(), []);
    await house.act({ ...renew, exposed: true });
    assert.deepEqual(kinds(), ['exposed']);
    await raw(house, { token, body: olderCall('check_paths', { paths: ['a'] }) });
    await house.desk.until(({ workers }) => at(workers, 1)?.exposedAt === undefined, 10_000);
    assert.deepEqual(kinds(), []);
    assert.deepEqual(notes(), ['worker-reconnected']);
  });

  it('marks a worker silent once, with its last contact, and back at its next call', async () => {
    await raw(house, { token, body: olderCall('acknowledge_task', { task: '1.1' }) });
    const contact = house.now;
    await later(59);
    assert.deepEqual(notes(), []);
    await later(1);
    await later(600);
    assert.deepEqual(notes(), ['fell-silent']);
    assert.equal(dispatch()?.silentSince, contact);
    await raw(house, { token, body: olderCall('get_task') });
    await house.desk.until(
      (state) => (at(state.dispatches, 1)?.silentSince === undefined ? true : undefined),
      10_000,
    );
    assert.deepEqual(notes(), ['fell-silent', 'came-back']);
    await later(30);
    assert.deepEqual(notes(), ['fell-silent', 'came-back']);
  });

  it('counts one that waits behind the door as present to the end of its wait', async () => {
    await raw(house, { token, body: olderCall('ask_question', questionFor('1.1')) });
    const began = presence.lastContact(1);
    house.now += 1_000;
    const waiting = raw(house, { token, body: olderCall('get_answer', { question: 1, wait_seconds: 45 }) });
    while (presence.lastContact(1) === began) await new Promise(setImmediate);
    house.now += 50_000;
    const answer = { chosen: 'a table', rationale: 'It is read.', constraints: 'none', nextStep: 'Go on.' };
    await house.act({ type: 'answer', question: 1, answer });
    await waiting;
    while (presence.lastContact(1) !== house.now) await new Promise(setImmediate);
    await later(50);
    assert.deepEqual(notes(), []);
  });

  it('does not miss a worker whose result is in review', async () => {
    await raw(house, { token, body: olderCall('submit_result', resultFor('1.1')) });
    await later(3_600);
    assert.deepEqual(notes(), []);
  });

  it('calls nobody silent for the time in which nobody listened', async () => {
    house.now += 3_600_000;
    const fresh = createPresence({ desk: house.desk, clock: () => house.now, silentAfter: () => 60 });
    await fresh.sweep();
    assert.deepEqual(notes(), []);
  });

  for (const [what, hours] of [
    ['back an hour', -1],
    ['forward a day', 24],
  ] as const) {
    it(`clock ${what}: nobody falls silent by it, and who is silent afterwards is still missed`, async () => {
      await raw(house, { token, body: olderCall('acknowledge_task', { task: '1.1' }) });
      await later(10);
      setBy = hours * 3_600_000;
      house.now += setBy;
      await later(10);
      assert.deepEqual(notes(), []);
      await later(40);
      assert.deepEqual(notes(), []);
      await later(30);
      assert.deepEqual(notes(), ['fell-silent']);
      assert.ok(Number(dispatch()?.silentSince) <= house.now);
    });
  }

  describe('of work that has a budget', () => {
    beforeEach(async () => {
      await house.act({ type: 'withdraw', dispatch: 1, reason: 'Again, with a budget' });
      await house.act({ type: 'dispatch', worker: 1, budget: 1 });
      await raw(house, { token, body: olderCall('acknowledge_task', { task: '2.1' }) });
    });
    const budgetNotes = (): string[] => notes().filter((type) => /budget|time/.test(type));

    it('P2: notes once that it is used up, which its worker hears at its next act, then that it went past it', async () => {
      await later(59);
      assert.deepEqual(budgetNotes(), []);
      await later(1);
      await later(60);
      assert.deepEqual(budgetNotes(), ['budget-used-up']);
      const progress = olderCall('report_progress', { task: '2.1', text: 'Half of it' });
      const { body } = await raw(house, { token, body: progress });
      assert.match(body, /BUDGET 1: The budget of this task, 1 minute, is used up/);
      await later(240);
      assert.deepEqual(budgetNotes(), ['budget-used-up', 'stopped-over-budget']);
    });

    it('P2: clock forward a day, or a night asleep: nobody’s budget is used up by it', async () => {
      await later(10);
      setBy = 24 * 3_600_000;
      house.now += setBy;
      await later(10);
      assert.deepEqual(budgetNotes(), ['time-jumped']);
      await later(30);
      assert.deepEqual(budgetNotes(), ['time-jumped']);
      await later(15);
      assert.deepEqual(budgetNotes(), ['time-jumped', 'budget-used-up']);
    });

    it('P2: one that only writes hears it as the no to one write, once', async () => {
      const write = () =>
        raw(house, {
          token,
          path: '/guard',
          body: { cwd: house.folder, paths: ['src/total.js'], write: true },
        });
      await write();
      await later(60);
      assert.match((await write()).body, /"allowed":false.*used up\. Hand in a result now/s);
      assert.doesNotMatch((await write()).body, /used up/);
    });
  });

  it('tells the orchestrator how long ago each was heard of', async () => {
    const seat = await house.lendSeat();
    await raw(house, { token, body: olderCall('get_task') });
    house.now += 30_000;
    const reply = await raw(house, { token: seat, body: olderCall('list_workers') });
    assert.match(reply.body, /heard of 30 s ago/);
  });
});
