import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { byWord, failed, made, modal, no, outcomeOf as run, unasked, type Outcome } from './person.ts';

const role = 'masonry';
const reason = 'It is needed so.';
const packetFor = (task: string, file: string) => ({
  task,
  scope: [file],
  notYourJob: ['Everything else stays.'],
  doneWhen: [`\`${file}\` has the line "wall"`],
  verify: [`grep wall ${file}`],
  priority: 'normal',
});
const judged = [{ what: 'done-when', line: 1, pass: true, word: 'I see the line.' }];

/** Each rule as a person meets it at the palette: what is refused, and the way out. One story, from start to close. */
describe('the rules, walked by a person', function () {
  this.timeout(120_000);
  let top: string;
  let mason = 0;
  let glazier = 0;
  let dispatch = 0;
  let orchestration = 9;
  /** TODOs in the order in which they came. */
  const todos: number[] = [];
  const settings = vscode.workspace.getConfiguration('lockkeeper');
  const plain = {
    'evidence.required': { high: 'claimed', normal: 'claimed', low: 'claimed' },
    'verify.onResult': false,
  };

  before(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    top = folder.uri.fsPath;
    mkdirSync(join(top, 'walls'), { recursive: true });
    for (const [name, value] of Object.entries(plain))
      await settings.update(name, value, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await run('lockkeeper.withdraw', { dispatch, reason });
    for (const name of Object.keys(plain))
      await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
  });

  const handoff = async (): Promise<string> => {
    await made(run('lockkeeper.copyHandoff', { orchestration }));
    return vscode.env.clipboard.readText();
  };
  const paste = (lines: readonly string[]): Promise<Outcome> =>
    run('lockkeeper.pasteFromWorker', { dispatch, text: lines.join('\n') });
  const result = (open: string, more: readonly string[] = []): readonly string[] => [
    'RESULT:',
    open === 'Nothing' ? 'OUTCOME: done' : 'OUTCOME: partial',
    'SUMMARY: The wall is up.',
    'EVIDENCE:\n- DONE-WHEN 1: the line is there',
    'FILES: none',
    ...(more.length > 0 ? more : ['PLAN-AFFECTED: no']),
    `STILL-OPEN: ${open}`,
  ];
  const mended = result('Nothing', [
    'PLAN-AFFECTED: the roof is heavier',
    'DEBUG:\n- BUG: the corner is loose\n- ROOT: no stone in `walls/corner.md`\n- FIX: a stone in `walls/corner.md`',
    '- TEST: `walls/corner.md` has it\n- RESULT: it stands',
  ]).map((line) => line.replace('FILES: none', 'FILES: walls/corner.md'));
  const send = async (worker: number): Promise<void> => {
    dispatch = (await made(run('lockkeeper.dispatch', { worker })))['dispatch'] ?? 0;
  };
  const approve = async (n: number | undefined, message?: string): Promise<Outcome> => {
    await made(run('lockkeeper.openChanges', { result: n }));
    return run('lockkeeper.approve', { result: n, judged, ...(message === undefined ? {} : { message }) });
  };

  it('P3: objective and constraints come first, then a worker for each role, then the first task', async () => {
    const begun = { objective: 'Build two walls', constraints: ['No mortar'], mode: 'orchestrator-first' };
    assert.equal(await unasked('lockkeeper.start', begun), 'cancelled');
    await made(byWord('lockkeeper.start', begun));
    // What was closed before keeps its number; this one has the highest.
    while (!(await run('lockkeeper.copyHandoff', { orchestration })).ok) orchestration -= 1;
    assert.equal(await no('lockkeeper.dispatch'), 'nothing-next');
    const tasks = [
      packetFor('Build the north wall', 'walls/north.md'),
      packetFor('Build the south wall', 'walls/south.md'),
    ];
    await made(run('lockkeeper.addStep', { title: 'Walls', role, tasks }));
    const last = [packetFor('Build the roof', 'walls/roof.md')];
    await made(run('lockkeeper.addStep', { title: 'Roof', role, tasks: last }));
    assert.match(await handoff(), /Step \d+ \(“Roof”\)/);
    const runs = (where: string) => ({ role, runs: { kind: 'by-hand', where } });
    mason = (await made(byWord('lockkeeper.addWorker', { name: 'mason', ...runs('here') })))['worker'] ?? 0;
    glazier =
      (await made(byWord('lockkeeper.addWorker', { name: 'glazier', ...runs('elsewhere') })))['worker'] ?? 0;
  });

  it('P4: a packet that is vague or lacks a field is not taken, and says which', async () => {
    const packet = { ...packetFor('Improve the walls', 'walls/a.md'), verify: [] };
    const refused = failed(await run('lockkeeper.addTodo', { packet, role }));
    assert.equal(refused.code, 'packet-flawed');
    assert.match(refused.sentence, /TASK|VERIFY/);
  });

  it('T6: the next TODO alone is sent, one at a time', async () => {
    await made(run('lockkeeper.release'));
    const list = [...(await handoff()).matchAll(/TODO (\d+): Build/g)].map(([, n]) => Number(n));
    todos.push(...list.slice(0, 2));
    assert.equal(todos.length, 2);
    assert.equal(await no('lockkeeper.dispatch', { todo: todos[1], worker: mason }), 'not-next');
    await send(mason);
    assert.match(await vscode.env.clipboard.readText(), /Build two walls.*No mortar/s);
    assert.equal(await no('lockkeeper.dispatch', { worker: glazier }), 'something-live');
    await made(run('lockkeeper.noteTaken', { dispatch }));
  });

  it('T1: what orchestrates owns no files and hands in no result', async () => {
    const own = { scope: ['walls/'], holder: { kind: 'orchestrator' }, reason };
    assert.equal(await no('lockkeeper.lockScope', own), 'argument-wrong');
    assert.equal(
      await no('lockkeeper.pasteFromWorker', { worker: 99, text: 'PROGRESS: half' }),
      'no-task-by-hand',
    );
  });

  it('P2: who owns a file is named, and nobody else is given it', async () => {
    const wanted = { scope: ['walls/north.md'], holder: { kind: 'worker', worker: glazier }, reason };
    const refused = failed(await run('lockkeeper.lockScope', wanted));
    assert.equal(refused.code, 'scope-owned');
    assert.match(refused.sentence, /belongs to mason/);
    await made(run('lockkeeper.showOwned', { dispatch }));
  });

  it('P5: that nothing is to be done is one key; a worker at work is nudged only by the person’s word', async () => {
    await made(paste(['PROGRESS: the first row stands']));
    await made(run('lockkeeper.noOp'));
    assert.match(await modal('lockkeeper.nudge', { dispatch, reason }), /Nudge TODO \d+ with mason\?/);
  });

  it('P10: feedback waits, and goes with what else waits', async () => {
    await made(run('lockkeeper.feedback', { dispatch, words: 'Mind the corner.' }));
    await made(run('lockkeeper.copyMessages', { dispatch }));
    assert.match(await vscode.env.clipboard.readText(), /FEEDBACK \d+: Mind the corner\./);
    assert.equal(await no('lockkeeper.copyMessages', { dispatch }), 'nothing-to-copy');
  });

  it('P6: a question lacking fields goes back by name; an answer has four parts', async () => {
    const half = failed(await paste(['QUESTION: Which stone?', 'CONTEXT: Both fit.']));
    assert.match(half.sentence, /OPTIONS.*RECOMMENDED.*BLOCKING/);
    const whole = ['QUESTION: Which stone?', 'CONTEXT: Both fit.', 'FILES: none', 'OPTIONS:\n- grey\n- red'];
    const { question } = await made(paste([...whole, 'RECOMMENDED: red', 'BLOCKING: yes']));
    const answer = { chosen: 'red', rationale: 'It is there.', constraints: 'none', nextStep: ' ' };
    assert.equal(await no('lockkeeper.answer', { question, answer }), 'answer-incomplete');
    await made(run('lockkeeper.answer', { question, answer: { ...answer, nextStep: 'Go on.' } }));
  });

  it('T2: the person’s instruction stops what is live, in their words, until they let work carry on', async () => {
    const words = { words: 'Only *dry* walls.' };
    assert.equal(await unasked('lockkeeper.instruct', words), 'cancelled');
    const { instruction } = await made(byWord('lockkeeper.instruct', words));
    const refused = failed(await run('lockkeeper.release'));
    assert.equal(refused.code, 'instruction-stands');
    assert.match(refused.sentence, /Only \*dry\* walls\./);
    assert.equal(await unasked('lockkeeper.carryOn', { instruction }), 'cancelled');
    await made(byWord('lockkeeper.carryOn', { instruction }));
  });

  it('T4: what a result leaves open is reconciled before anything else goes out', async () => {
    const sent = await made(paste(result('\n- The corner is loose')));
    const approved = await approve(sent['result']);
    assert.ok(approved.ok, JSON.stringify(approved));
    const refused = failed(await run('lockkeeper.dispatch', { worker: mason }));
    assert.equal(refused.code, 'unreconciled');
    todos.push(Number(/TODO (\d+)/.exec(refused.sentence)?.[1]));
  });

  it('T8: nor by release, skip, order or close does the plan march on past it', async () => {
    const [, planned, item] = todos;
    assert.equal(await no('lockkeeper.dispatch', { todo: planned, worker: mason }), 'unreconciled');
    assert.equal(await no('lockkeeper.release'), 'gate-shut');
    assert.equal(await no('lockkeeper.close'), 'not-closable');
    assert.match(await modal('lockkeeper.dropTodo', { todo: item, reason }), /Drop TODO \d+/);
    const bundle = { todos: [item, planned], purpose: 'Put the walls up' };
    assert.match(
      await modal('lockkeeper.dispatch', { worker: mason, bundle }),
      /Send TODOs .* to one worker/,
    );
  });

  it('T3: the list is changed by acts alone, each with its reason', async () => {
    const [, planned, item] = todos;
    assert.equal(await no('lockkeeper.moveTodo', { todo: planned, before: null, reason: ' ' }), 'no-reason');
    const packet = packetFor('Put a stone under the corner', 'walls/corner.md');
    await made(run('lockkeeper.reconcile', { todo: item, packet, role }));
    await made(run('lockkeeper.moveTodo', { todo: planned, before: null, reason }));
  });

  it('P9: a bug goes out with what reproduces it, a risky fix with its way back', async () => {
    const [, , item] = todos;
    await made(run('lockkeeper.debugMode', { todo: item, reason }));
    assert.equal(await no('lockkeeper.dispatch', { worker: glazier }), 'no-reproduction');
    const bug = {
      todo: item,
      reproduction: { command: 'grep wall walls/corner.md', shows: 'nothing' },
      why: 'One line',
    };
    assert.equal(await no('lockkeeper.describeBug', { ...bug, risk: 'risky' }), 'no-rollback');
    await made(run('lockkeeper.describeBug', { ...bug, risk: 'low' }));
    await send(glazier);
    const bare = failed(await paste(result('Nothing')));
    assert.match(bare.sentence, /BUG, ROOT, FIX, TEST, RESULT/);
  });

  it('P8: no line goes unjudged, nothing unlooked at, and a rejection has three parts', async () => {
    writeFileSync(join(top, 'walls', 'corner.md'), 'wall\n');
    const { result: n } = await made(paste(mended));
    assert.equal(await no('lockkeeper.approve', { result: n, judged: [] }), 'not-judged');
    assert.equal(await no('lockkeeper.approve', { result: n, judged }), 'not-shown');
    const rejection = { result: n, reason: 'It leans', missing: ' ', next: 'Measure it' };
    assert.equal(await no('lockkeeper.reject', rejection), 'rejection-incomplete');
    await made(run('lockkeeper.reject', { ...rejection, missing: 'the plumb line' }));
  });

  it('P12: the message of the commit is a conventional one, with who did it and who looked', async () => {
    const { result: n } = await made(paste(mended));
    await made(run('lockkeeper.openChanges', { result: n }));
    const said = (message: string) => ({ result: n, judged, message });
    assert.equal(await no('lockkeeper.approve', said('did it')), 'message-unconventional');
    await made(run('lockkeeper.approve', said('fix(walls): put a stone under the corner')));
    const log = execFileSync('git', ['log', '-1', '--format=%B'], { cwd: top }).toString();
    assert.match(log, /^fix\(walls\): put a stone.*^Lockkeeper-Worker: glazier$.*^Reviewed-by: /ms);
  });

  it('T9: a step is through when nothing of it is left, and no command says so', async () => {
    const known = await vscode.commands.getCommands(true);
    assert.deepEqual(
      known.filter((id) => /^lockkeeper\..*(complete|done|finish)/i.test(id)),
      [],
    );
    const stands = async (): Promise<string> => JSON.stringify(failed(await run('lockkeeper.release')));
    assert.match(await stands(), /Build the south wall/);
    await send(mason);
    await made(approve((await made(paste(result('Nothing'))))['result']));
    assert.doesNotMatch(await stands(), /TODO \d/);
  });

  it('T7: a result that shakes the plan is answered before the next step, whatever became of it', async () => {
    for (let round = 0; round < 2; round += 1) {
      const refused = failed(await run('lockkeeper.release'));
      assert.match(refused.sentence, /says the plan is affected: the roof is heavier/);
      const n = Number(/Result (\d+)/.exec(refused.sentence)?.[1]);
      assert.equal(await no('lockkeeper.planStands', { result: n, reason: ' ' }), 'no-reason');
      await made(run('lockkeeper.planStands', { result: n, reason: 'The walls carry it.' }));
    }
  });

  it('T5: the next step is released on an empty list, and on no other but by a word that names what stands', async () => {
    const { todo } = await made(
      run('lockkeeper.addTodo', { packet: packetFor('Lay the path', 'walls/path.md'), role }),
    );
    assert.equal(await no('lockkeeper.release'), 'gate-shut');
    assert.match(await modal('lockkeeper.override', { reason }), /refused to show dialog/);
    await made(run('lockkeeper.dropTodo', { todo, reason }));
    await made(run('lockkeeper.release'));
  });

  it('P7: two in one file are a case: who came later is frozen there, and no word passes over it', async () => {
    await send(glazier);
    const files = { file: vscode.Uri.file(join(top, 'walls', 'roof.md')).toString() };
    await made(run('lockkeeper.takeOver', files));
    const said = result('Nothing').map((line) => line.replace('FILES: none', 'FILES: walls/roof.md'));
    const { result: n } = await made(paste(said));
    const refused = failed(await approve(n));
    assert.match(`${refused.sentence} ${refused.next}`, /[Cc]onflict \d+/);
    assert.equal(await no('lockkeeper.workConflict', { conflict: 99 }), 'conflict-not-open');
  });

  it('P11: nothing is closed while anything stands, and each thing is named', async () => {
    const refused = failed(await run('lockkeeper.close'));
    assert.equal(refused.code, 'not-closable');
    assert.match(JSON.stringify(refused), /Build the roof.*[Cc]onflict \d+ over/);
    assert.match(await handoff(), /## PENDING\n.*Build the roof/s);
  });

  it('P1: replan, sync, lock, conflict, review and handoff are commands', async () => {
    const known = await vscode.commands.getCommands(true);
    for (const id of ['replan', 'syncStatus', 'lockScope', 'workConflict', 'reviewHard', 'handoff'])
      assert.ok(known.includes(`lockkeeper.${id}`), id);
    const closed = { scope: ['gates/'], holder: { kind: 'closed' }, reason };
    const { lock } = await made(run('lockkeeper.lockScope', closed));
    await made(byWord('lockkeeper.releaseLock', { lock, reason }));
    await made(run('lockkeeper.syncStatus'));
  });
});
