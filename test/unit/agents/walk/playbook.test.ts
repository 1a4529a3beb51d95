import assert from 'node:assert/strict';
import { shown } from '../../../rig/unchanged.ts';
import { allPass, questionFor, resultFor } from '../clients.ts';
import { wirePacketFor } from '../house.ts';
import { openTeam, type Team } from './team.ts';

const reason = 'It is needed so';
const answer = { chosen: 'a table', rationale: 'It is read', constraints: 'none', next_step: 'Go on' };

/** Each rule of the playbook as an agent meets it: what is refused, and the way out. */
describe('the playbook, walked by agents', () => {
  let team: Team;

  beforeEach(async () => {
    team = await openTeam();
  });
  afterEach(() => team.close());

  const submit = (more: object = {}) => team.writer.done('submit_result', { ...resultFor('1.1'), ...more });
  const text = async (name: string, input: Record<string, unknown> = {}): Promise<string> =>
    (await team.lead.call(name, input)).text;

  it('P1: six operations are there, and each does its work', async () => {
    const { house, lead, beginWork } = team;
    await beginWork();
    const known = (await lead.client?.listTools())?.tools.map(({ name }) => name) ?? [];
    for (const name of ['replan', 'sync_status', 'scope_lock', 'conflict_resolve', 'review_hard', 'handoff'])
      assert.ok(known.includes(name), name);
    await lead.done('replan', {
      reason,
      order: [2],
      todos: [{ todo: 2, fate: 'changes', packet: { priority: 'low' } }],
    });
    await lead.done('scope_lock', { scope: ['docs/'], holder: 'closed', reason });
    await lead.done('open_conflict', { files: ['src/a.ts'], sides: ['Writer', 'Scribe'], noticed: reason });
    await lead.done('conflict_resolve', { conflict: 1, step: 'owner', owner: 'Scribe', reason });
    await submit({ files: [], outcome: 'partial', still_open: ['The rest of total'] });
    assert.equal(await lead.refused('review_hard', { result: 1 }), 'command-not-allowed');
    await house.act({ type: 'allow-command', argv: ['npm', 'test'] });
    await lead.done('review_hard', { result: 1 });
    assert.match(await text('handoff'), /^## PENDING$/m);
  });

  it('P2: the one next thing is named at each point, and what another owns is not written', async () => {
    const { house, lead, writer, guard } = team;
    const next = async (): Promise<unknown> => (await lead.done('get_status'))['next'];
    assert.match(String(await next()), /^release_step/);
    await lead.done('release_step');
    assert.match(String(await next()), /^dispatch_todo/);
    await lead.done('dispatch_todo', { worker: 'Writer' });
    await writer.done('acknowledge_task', { task: '1.1' });
    const ruled = (await guard('scribe', 'src/a.ts')).paths[0]?.sentence ?? '';
    assert.equal((await guard('scribe', 'src/a.ts')).allowed, false, ruled);
    const others = await writer.call('check_paths', { paths: ['src/b.ts'] });
    assert.match(others.text, /src\/b\.ts: NO\./);
    await submit();
    assert.match(String(await next()), /^the user is asked whether a command of VERIFY may be run/);
    await house.act({ type: 'allow-command', argv: ['npm', 'test'] });
    assert.match(String(await next()), /^get_result 1; then review_result/);
  });

  it('P3: who is missing is named before the first release; what nobody acknowledged is seen', async () => {
    const { house, lead } = team;
    await lead.done('add_step', {
      title: 'Press',
      role: 'press',
      tasks: [wirePacketFor('Write the note', 'n.md')],
    });
    assert.match(await text('get_status'), /^MISSING: no worker for press$/m);
    await lead.done('release_step');
    await lead.done('dispatch_todo', { worker: 'Writer' });
    const live = async () => ((await lead.done('get_status'))['live'] as { acknowledged: boolean }[])[0];
    assert.equal((await live())?.acknowledged, false);
    await house.act({ type: 'note-silent', dispatch: 1, lastContact: 1 }, { seat: 'keeper' });
    assert.match(await text('list_inbox'), /- silent 1: /);
    await team.writer.done('acknowledge_task', { task: '1.1' });
    assert.equal((await live())?.acknowledged, true);
  });

  it('P4: a packet that is missing a field or is vague goes back with the field, the words and a better form', async () => {
    const { lead } = team;
    await lead.done('release_step');
    const { verify: _, ...unproved } = wirePacketFor('Improve the code');
    const vague = await lead.call('edit_todo', {
      todo: 2,
      packet: { ...unproved, verify: [], done_when: ['It works'] },
    });
    assert.equal(vague.refused, true);
    for (const words of [/TASK: .*[Ii]mprove/, /DONE-WHEN.*: .*It works/, /VERIFY/])
      assert.match(vague.text, words);
    await lead.done('edit_todo', { todo: 2, packet: wirePacketFor('Print the report as a list') });
  });

  it('P5: nobody at work is nudged; that nothing is to be done is a decision, and on the record', async () => {
    const { house, lead, beginWork } = team;
    await beginWork();
    assert.equal(await lead.refused('nudge', { dispatch: 1, reason: 'Status?' }), 'contact-fresh');
    await lead.done('no_op', { note: 'All healthy' });
    assert.ok([...house.journal.read(0)].some(({ type }) => type === 'no-op-noted'));
    house.now += 60 * 60_000;
    await house.act({ type: 'note-silent', dispatch: 1, lastContact: 1 }, { seat: 'keeper' });
    await lead.done('nudge', { dispatch: 1, reason: 'The release waits for it alone' });
  });

  it('P6: a question and an answer with parts missing go back by name; the second time it stands', async () => {
    const { lead, writer, beginWork } = team;
    await beginWork();
    const half = await writer.call('ask_question', { task: '1.1', question: 'Which format?' });
    assert.deepEqual(
      (half.data['flaws'] as { field: string }[]).map(({ field }) => field),
      ['CONTEXT', 'FILES', 'OPTIONS', 'RECOMMENDED', 'BLOCKING'],
    );
    await writer.done('ask_question', { ...questionFor('1.1'), revises: 1 });
    assert.equal(await lead.refused('return_question', { question: 1, missing: [] }), 'already-returned');
    assert.equal(
      await lead.refused('answer_question', { question: 1, chosen: 'a table' }),
      'answer-incomplete',
    );
    await lead.done('answer_question', { question: 1, ...answer, chosen: 'None of these: a tree' });
    assert.equal((await writer.done('get_answer', { question: 1 }))['chosen'], 'None of these: a tree');
  });

  it('P7: two in one file are a case: who is frozen writes nothing there until every step of it is done', async () => {
    const { lead, guard, beginWork } = team;
    await beginWork();
    await lead.done('open_conflict', { files: ['src/a.ts'], sides: ['Scribe', 'Writer'], noticed: reason });
    assert.match((await guard('writer', 'src/a.ts')).paths[0]?.sentence ?? '', /[Cc]onflict 1/);
    const step = (name: string, more: object) => ({ conflict: 1, step: name, ...more });
    const steps = [
      step('owner', { owner: 'Writer', reason }),
      step('path', { path: 'take-side', words: 'That of Writer stays', work: 'nothing' }),
      step('evidence', { contract: 'total() stays', command: 'npm test', result: '12 passing' }),
      step('resume', { reason }),
    ];
    for (const [index, input] of steps.entries()) {
      const after = steps[index + 1];
      if (after) assert.equal(await lead.refused('conflict_resolve', after), 'step-skipped', after.step);
      await lead.done('conflict_resolve', input);
    }
    assert.equal((await guard('writer', 'src/a.ts')).allowed, true);
  });

  it('P8: nothing is approved unjudged, unlooked at or in part; a rejection has three parts', async () => {
    const { lead, writer, beginWork } = team;
    await beginWork();
    await submit();
    const yes = { result: 1, shown, judged: allPass };
    assert.equal(await lead.refused('approve_result', { ...yes, judged: [] }), 'not-judged');
    assert.equal(
      await lead.refused('approve_result', { ...yes, shown: 'd'.repeat(64) }),
      'changed-since-shown',
    );
    const no = [{ done_when: 1, pass: false, word: 'Not seen' }];
    assert.equal(await lead.refused('approve_result', { ...yes, judged: no }), 'objective-failed');
    assert.equal(
      await lead.refused('reject_result', { result: 1, reason: 'No test', missing: '', next: 'Run it' }),
      'rejection-incomplete',
    );
    await lead.done('reject_result', { result: 1, reason: 'No test', missing: 'its output', next: 'Run it' });
    const again = await writer.call('get_task');
    for (const words of ['No test', 'its output', 'Run it']) assert.ok(again.text.includes(words), words);
    await writer.done('submit_result', resultFor('1.2'));
    await lead.done('approve_result', { ...yes, result: 2 });
  });

  it('P9: a bug goes out with its reproduction, a risky fix with its way back, and comes back in five fields', async () => {
    const { lead, writer } = team;
    await lead.done('release_step');
    await lead.done('debug_mode', { todo: 1, reason: 'It hangs' });
    assert.equal(await lead.refused('dispatch_todo', { worker: 'Writer' }), 'no-reproduction');
    const bug = { todo: 1, command: 'npm test', shows: '1 failing', why: 'One line' };
    assert.equal(await lead.refused('describe_bug', { ...bug, risk: 'risky' }), 'no-rollback');
    const rollback = { watch: 'npm test', reading: '1 failing', undo: 'the commit' };
    await lead.done('describe_bug', { ...bug, risk: 'risky', rollback });
    await lead.done('dispatch_todo', { worker: 'Writer' });
    await writer.done('acknowledge_task', { task: '1.1' });
    const bare = await writer.call('submit_result', resultFor('1.1'));
    assert.equal(bare.refused, true);
    for (const field of ['BUG', 'ROOT', 'FIX', 'TEST', 'RESULT'])
      assert.match(bare.text, new RegExp(`^- ${field}: `, 'm'));
    const debug = {
      bug: 'total hangs on an empty list',
      root: 'The loop never ends in `src/a.ts`',
      fix: '`src/a.ts` ends the loop',
      test: '`src/a.ts` was run with an empty list',
      result: 'npm test: 12 passing',
    };
    await submit({ debug });
  });

  it('P10: feedback wakes nobody and rides on the next contact, once', async () => {
    const { lead, writer, beginWork } = team;
    await beginWork();
    await lead.done('feedback', { dispatch: 1, words: 'Mind the tests.' });
    const progress = { task: '1.1', text: 'Half of it is in' };
    assert.match((await writer.call('report_progress', progress)).text, /FEEDBACK 1: Mind the tests\./);
    const next = await writer.call('report_progress', { ...progress, text: 'More of it is in' });
    assert.doesNotMatch(next.text, /FEEDBACK/);
    assert.match((await writer.call('get_task')).text, /SAID TO YOU BEFORE:\nFEEDBACK 1: Mind the tests\./);
  });

  it('P11: nothing is closed while anything stands, each thing is named, and the handoff hides none of it', async () => {
    const { lead, writer, beginWork } = team;
    await beginWork();
    await writer.done('ask_question', { ...questionFor('1.1'), blocking: true });
    const refused = await lead.call('close_orchestration');
    assert.equal(refused.data['code'], 'not-closable');
    for (const words of [/TODO 1/, /TODO 2/, /[Qq]uestion 1/]) assert.match(refused.text, words);
    const handoff = await text('handoff');
    for (const part of ['PENDING', 'RISKS', 'NEXT']) assert.match(handoff, new RegExp(`^## ${part}$`, 'm'));
    assert.match(handoff, /Which of the two formats is to be kept\?/);
  });

  it('P12: a credential has one seat, and a commit’s message is a conventional one', async () => {
    const { house, lead, writer, beginWork } = team;
    await beginWork();
    await assert.rejects(house.lendSeat(), /seat-lent/);
    assert.equal(await writer.refused('approve_result', { result: 1 }), 'not-a-workers');
    await submit();
    const yes = { result: 1, shown, judged: allPass };
    assert.equal(
      await lead.refused('approve_result', { ...yes, message: 'did stuff' }),
      'message-unconventional',
    );
    await lead.done('approve_result', { ...yes, message: 'feat(totals): export the function total' });
    assert.match(await text('handoff'), /^### Added$/m);
  });
});
