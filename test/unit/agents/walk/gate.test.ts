import assert from 'node:assert/strict';
import { shown } from '../../../rig/unchanged.ts';
import { allPass, questionFor, resultFor } from '../clients.ts';
import { wirePacketFor } from '../house.ts';
import { first, later, openTeam, type Team } from './team.ts';

const reason = 'It is needed so';
const overflow = 'The overflow of total is not tested';
const packet = wirePacketFor('Test the overflow of total');

/** Each rule of the TODO gate as an agent meets it: what is refused, and the way out. */
describe('the TODO gate, walked by agents', () => {
  let team: Team;

  beforeEach(async () => {
    team = await openTeam();
  });
  afterEach(() => team.close());

  /** Writer's first result, with what it leaves open. */
  const submit = (open: string | readonly string[] = 'Nothing', task = '1.1') =>
    team.writer.done('submit_result', resultFor(task, open));
  const approve = (result: unknown) => team.lead.done('approve_result', { result, shown, judged: allPass });
  const gate = async () => (await team.lead.done('get_status'))['gate'] as { open: boolean; count: number };
  const list = async () =>
    ((await team.lead.done('list_todos'))['todos'] as { todo: number }[]).map(({ todo }) => todo);

  it('T1: the seat takes no task, hands in no result, owns no file and writes none; it dispatches', async () => {
    const { lead, writer, guard } = team;
    await lead.done('release_step');
    assert.equal(await lead.refused('submit_result', resultFor('1.1')), 'not-the-orchestrators');
    const own = { scope: ['src/'], holder: 'orchestrator', reason };
    assert.equal(await lead.refused('scope_lock', own), 'not-the-orchestrators');
    const { allowed, paths } = await guard('lead', 'src/a.ts');
    assert.deepEqual([allowed, paths[0]?.code], [false, 'not-the-orchestrators']);
    assert.equal(await writer.refused('dispatch_todo', { worker: 'Writer' }), 'not-a-workers');
    await lead.done('dispatch_todo', { worker: 'Writer' });
    await writer.done('acknowledge_task', { task: '1.1' });
    assert.equal((await guard('writer', 'src/a.ts')).allowed, true);
  });

  it('T2: the user’s word stops the seat and the worker; a replan that quotes it and names what is live ends it', async () => {
    const { house, lead, writer, guard, beginWork } = team;
    await beginWork();
    const words = 'Totals are in cents.';
    await house.act({ type: 'instruct', words });
    assert.match((await guard('writer', 'src/a.ts')).paths[0]?.sentence ?? '', /Totals are in cents\./);
    assert.ok((await writer.call('get_task')).text.includes(words));
    for (const [name, input] of [
      ['release_step', {}],
      ['dispatch_todo', { worker: 'Scribe' }],
      ['add_todo', { packet, role: 'any', because: { kind: 'instruction', number: 1 } }],
    ] as const)
      assert.equal(await lead.refused(name, input), 'instruction-stands', name);
    const quotes = { instruction: 1, words };
    const fate = [{ todo: 1, fate: 'changes', packet: { done_when: ['`npm test` prints "cents"'] } }];
    await lead.refused('replan', { reason, todos: fate });
    await lead.refused('replan', { reason, quotes: { instruction: 1, words: 'Totals.' }, todos: fate });
    await lead.refused('replan', { reason, quotes });
    await lead.done('replan', { reason, quotes, todos: fate });
    assert.equal((await guard('writer', 'src/a.ts')).allowed, false, 'it has not taken what changed');
    assert.match((await writer.call('get_task')).text, /prints "cents"/);
    await writer.done('acknowledge_task', { task: '1.2' });
    assert.equal((await guard('writer', 'src/a.ts')).allowed, true);
  });

  it('T3: a worker cannot change the list, and its try is on the record; the seat’s add is', async () => {
    const { house, lead, writer, beginWork } = team;
    await beginWork();
    const before = await list();
    assert.equal(await writer.refused('add_todo', { packet, role: 'any' }), 'not-a-workers');
    assert.equal(await writer.refused('drop_todo', { todo: 2, reason }), 'not-a-workers');
    const tries = [...house.journal.read(0)].filter(({ type }) => type === 'try-refused');
    assert.deepEqual(
      tries.map(({ actor }) => actor),
      ['worker:1', 'worker:1'],
    );
    assert.deepEqual(await list(), before);
    await writer.done('ask_question', questionFor('1.1'));
    await lead.done('answer_question', {
      question: 1,
      chosen: 'a table',
      rationale: 'It is read',
      constraints: 'none',
      next_step: 'Go on',
    });
    await lead.done('add_todo', { packet, role: 'any', because: { kind: 'answer', number: 1 } });
    assert.deepEqual(await list(), [...before, 3]);
  });

  it('T4: what a result leaves open is on the list behind its TODO, and nothing goes out before it is reconciled', async () => {
    const { lead, beginWork } = team;
    await beginWork();
    await submit([overflow, 'README does not name total']);
    assert.deepEqual(await list(), [1, 3, 4, 2]);
    await approve(1);
    assert.equal(await lead.refused('dispatch_todo', { worker: 'Writer' }), 'unreconciled');
    await lead.done('reconcile_todo', { todo: 3, packet });
    assert.equal(await lead.refused('dispatch_todo', { worker: 'Writer' }), 'unreconciled');
    const readme = { ...wirePacketFor('Name total in README.md', 'README.md'), priority: 'low' };
    assert.equal(await lead.refused('merge_todos', { todo: 4, into: 3, reason }), 'user-only');
    await lead.done('reconcile_todo', { todo: 4, packet: readme });
    assert.equal(await lead.refused('dispatch_todo', { worker: 'Writer', todo: 2 }), 'not-next');
    await lead.done('dispatch_todo', { worker: 'Writer' });
  });

  it('T5: the next step is not released while anything is on the list, and no agent says otherwise', async () => {
    const { lead, beginWork } = team;
    await beginWork();
    assert.equal(await lead.refused('release_step'), 'gate-shut');
    const past = { override: { todos: [1, 2], results: [], questions: [], reason } };
    assert.equal(await lead.refused('release_step', past), 'bad-arguments');
    await submit([overflow]);
    await lead.done('reconcile_todo', { todo: 3, packet });
    assert.equal(await lead.refused('drop_todo', { todo: 3, reason }), 'user-only');
    await approve(1);
    for (const task of ['2.1', '3.1']) {
      assert.equal(await lead.refused('release_step'), 'gate-shut');
      await lead.done('dispatch_todo', { worker: 'Writer' });
      await approve((await submit('Nothing', task))['result']);
    }
    assert.deepEqual(await gate(), { open: true, count: 0, reasons: [] });
    await lead.done('release_step');
  });

  it('T6: the next TODO alone goes out, whole, for one purpose, to one worker; a bundle is an act of its own', async () => {
    const { house, lead, writer } = team;
    await lead.done('release_step');
    const two = { task: 'Print the function report, then write a style guide for buttons' };
    const split = await lead.call('edit_todo', { todo: 2, packet: two });
    assert.equal(split.data['code'], 'two-purposes');
    assert.match(split.text, /2 purposes.*Split it: \(1\) .* \(2\) /s);
    assert.equal(await lead.refused('dispatch_todo', { worker: 'Writer', todo: 2 }), 'not-next');
    await lead.done('dispatch_todo', { worker: 'Writer' });
    assert.equal(await lead.refused('dispatch_todo', { worker: 'Scribe' }), 'something-live');
    const { text } = await writer.call('get_task');
    for (const words of ['Sum the totals', 'No new dependency', first])
      assert.ok(text.includes(words), words);
    await lead.done('withdraw_dispatch', { dispatch: 1, reason });
    const parts = [
      { todo: 1, worker: 'Writer' },
      { todo: 2, worker: 'Scribe' },
    ];
    await lead.done('dispatch_side_by_side', { parts, reason });
    assert.equal(house.desk.state.live.length, 2);
  });

  it('T7: the seat adds no work without what made it necessary; a result that shakes the plan is answered first', async () => {
    const { lead, writer, beginWork } = team;
    await beginWork();
    await lead.refused('add_todo', { packet, role: 'any' });
    await lead.refused('add_todo', { packet, role: 'any', because: { kind: 'result', number: 9 } });
    await writer.done('submit_result', {
      ...resultFor('1.1'),
      plan_affected: 'The chart needs another format',
    });
    await approve(1);
    await lead.done('dispatch_todo', { worker: 'Writer' });
    await approve((await submit('Nothing', '2.1'))['result']);
    assert.equal(await lead.refused('release_step'), 'gate-shut');
    await lead.refused('plan_stands', { result: 1, reason: '' });
    await lead.done('plan_stands', { result: 1, reason: 'The chart takes both formats' });
    await lead.done('release_step');
  });

  it('T8: continue, informational, assume, batch, skip, momentum: none gets past the open item', async () => {
    const { lead, beginWork } = team;
    await beginWork();
    await submit([overflow, 'README does not name total']);
    await approve(1);
    const next = wirePacketFor(later, 'src/c.ts');
    for (const [way, name, input, code] of [
      ['skip', 'dispatch_todo', { worker: 'Writer' }, 'unreconciled'],
      ['continue', 'release_step', {}, 'gate-shut'],
      ['informational', 'drop_todo', { todo: 3, reason }, 'user-only'],
      ['informational', 'approve_result', { result: 1, shown, judged: allPass }, 'not-in-review'],
      ['momentum', 'close_orchestration', {}, 'not-closable'],
      [
        'momentum',
        'add_todo',
        { packet: next, role: 'any', because: { kind: 'result', number: 1 } },
        'next-step-work',
      ],
      ['momentum', 'replan', { reason, order: [2, 3, 4] }, 'planned-first'],
    ] as const)
      assert.equal(await lead.refused(name, input), code, way);
    for (const todo of [3, 4])
      await lead.done('reconcile_todo', { todo, packet: { ...packet, task: `Test case ${todo} of total` } });
    const both = { todos: [3, 4], purpose: 'Test total' };
    assert.equal(
      await lead.refused('dispatch_todo', { worker: 'Writer', bundle: both }),
      'user-only',
      'batch',
    );
    assert.equal(await lead.refused('dispatch_todo', { worker: 'Writer', todo: 2 }), 'not-next', 'continue');
    assert.equal(
      await lead.refused('move_todo', { todo: 2, before: 3, reason }),
      'planned-first',
      'momentum',
    );
    await lead.done('dispatch_todo', { worker: 'Writer' });
  });

  it('T9: a step is complete when what its results left open is resolved, and not when they are approved', async () => {
    const { lead, beginWork } = team;
    const step = async (): Promise<unknown> =>
      ((await lead.done('list_plan'))['steps'] as { state: string }[])[0]?.state;
    await beginWork();
    await submit([overflow]);
    await lead.done('reconcile_todo', { todo: 3, packet });
    await approve(1);
    for (const task of ['2.1', '3.1']) {
      assert.equal(await step(), 'released');
      await lead.done('dispatch_todo', { worker: 'Writer' });
      await approve((await submit('Nothing', task))['result']);
    }
    assert.equal(await step(), 'complete');
  });
});
