import assert from 'node:assert/strict';
import type { Actor } from '../../../src/contract/actor.ts';
import { decide } from '../../../src/core/orchestration.ts';
import { gateRefusal, gatesOf } from '../../../src/core/gates.ts';
import { at } from '../../../src/core/table.ts';
import { plainWorkspace } from '../../../src/core/workspace.ts';
import { judged, nothing, packet, two } from './drafts.ts';
import { reconcile, released, resulted } from './given.ts';
import { orchestrator, todoAt, user, type History } from './history.ts';
import { changed, seen } from './seen.ts';

const approve = { type: 'approve', result: 1, judged } as const;
const [line] = judged;
const keeper: Actor = { seat: 'keeper' };

/** TODO 1 is in review, and its change was shown. */
function inReview(): { history: History; approve: typeof approve & { shown: string } } {
  const history = released(...two);
  resulted(history, nothing());
  history.change = seen();
  return { history, approve: { ...approve, shown: seen().measured.shown } };
}

describe('review', () => {
  it('P8: each DONE-WHEN is judged with a word; one that is not met is a rejection', () => {
    const history = released(...two);
    resulted(history, nothing());
    history.isRefused('not-judged', user, { ...approve, judged: [] });
    history.isRefused('not-judged', user, { ...approve, judged: [{ ...line, todo: 2 }] });
    history.isRefused('judged-wordless', user, { ...approve, judged: [{ ...line, word: ' ' }] });
    const unmet = [{ ...line, pass: false, word: 'It does not' }];
    const { sentence, next } = history.isRefused('objective-failed', user, { ...approve, judged: unmet });
    assert.match(sentence, /DONE-WHEN 1 does not pass: It does not/);
    assert.match(next, /Reject result 1/);
    history.does(orchestrator, approve);
    assert.equal(at(history.state.results, 1)?.reviewedBy, 'orchestrator');
    assert.deepEqual(at(history.state.results, 1)?.approval?.judged, judged);
    history.isRefused('not-in-review', user, approve);
  });

  it('P8: what VERIFY has seen by eye is confirmed in words', () => {
    const history = released('Add the first sluice');
    const verify = ['npm test', 'by eye: the gate is drawn shut in the header of index.html'];
    history.does(user, { type: 'edit-todo', todo: 1, packet: { verify }, role: '' });
    resulted(history, nothing());
    assert.match(history.isRefused('not-judged', user, approve).sentence, /^VERIFY 2, by eye,/);
    const confirmed = { what: 'by-eye', line: 2, pass: true, word: 'The gate is shut' };
    history.does(user, { ...approve, judged: [...judged, confirmed] });
  });

  it('P8: reviewed hard, each of the four gates is judged with a word', () => {
    const history = released('Add the first sluice');
    resulted(history, nothing());
    const run = { result: 1, todo: 1, line: 1, argv: ['npm', 'test'], tree: 'a'.repeat(40), exitCode: 0 };
    const output = { sha256: 'c'.repeat(64), bytes: 1, end: 'x' };
    history.does(
      { seat: 'keeper' },
      { type: 'note-witnessed', ...run, fresh: true, milliseconds: 1, output },
    );
    const all = (['scope', 'conflict', 'evidence'] as const).map((what) => ({
      ...{ what, line: 1, pass: true, word: 'I looked' },
    }));
    for (const [index, name] of ['Scope compliance', 'Conflict risk', 'Evidence quality'].entries()) {
      const given = [...judged, ...all.slice(0, index)];
      const { sentence } = history.isRefused('not-judged', user, { ...approve, judged: given });
      assert.match(sentence, new RegExp(`^${name} is not judged`));
    }
    const no = all.map((one) => ({ ...one, pass: one.what !== 'conflict', word: 'It is not' }));
    history.isRefused('objective-failed', user, { ...approve, judged: [...judged, ...no] });
    history.does(user, { ...approve, judged: [...judged, ...all] });
  });

  it('P8: a rejection has reason, missing evidence and next action', () => {
    const history = released(...two);
    resulted(history, nothing());
    const whole = { reason: 'Thin', missing: 'the run', next: 'Run it' };
    for (const part of ['reason', 'missing', 'next']) {
      history.isRefused('rejection-incomplete', user, { type: 'reject', result: 1, ...whole, [part]: ' ' });
    }
    history.does(user, { type: 'reject', result: 1, ...whole });
    history.isRefused('not-in-review', user, { type: 'reject', result: 1, ...whole });
  });

  it('P8: failed or blocked work is not approved, and withdrawing is a way out', () => {
    const history = released(...two);
    resulted(history, nothing({ outcome: 'failed', stillOpen: ['All of it'] }));
    assert.match(history.isRefused('objective-unmet', user, approve).next, /withdraw its dispatch/);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Another way' });
    assert.deepEqual(history.state.list, [1, 3, 2]);
  });

  it('P8: a DONE-WHEN without evidence fails the objective until its item carries it, or the user drops that', () => {
    const history = released(...two);
    const doneWhen = [...(todoAt(history, 1).packet?.doneWhen ?? [])];
    resulted(history, nothing({ outcome: 'partial', evidence: [], stillOpen: ['The run does not pass'] }));
    assert.match(history.isRefused('objective-unmet', user, approve).next, /reconcile its open item/);
    reconcile(history, 3);
    history.isRefused('objective-unmet', user, approve);
    history.does(user, { type: 'edit-todo', todo: 3, packet: { doneWhen }, role: '' });
    history.does(user, { type: 'drop-todo', todo: 3, reason: 'Not any more' });
    history.does(user, { ...approve, judged: [] });
    assert.deepEqual(history.state.list, [2]);
  });

  it('P8: an approval binds to what was shown, and to the dispatch as it stood', () => {
    const { history, approve } = inReview();
    const { shown: _, ...unshown } = approve;
    history.isRefused('not-shown', user, unshown);
    for (const change of [seen({ shown: 'd'.repeat(64) }), seen({ epoch: 2 }), seen({ result: 2 })]) {
      history.change = change;
      const { next } = history.isRefused('changed-since-shown', user, approve);
      assert.match(next, /Open result 1 again/);
    }
    history.change = { why: 'The worktree is gone.', next: 'Withdraw it.' };
    const { sentence, next } = history.isRefused('not-measured', user, approve);
    assert.match(`${sentence} ${next}`, /The worktree is gone\. Withdraw it\.$/);
    history.change = seen();
    history.does(user, approve);
    const { approval } = at(history.state.results, 1) ?? {};
    assert.deepEqual([approval?.shown, approval?.tree], [seen().measured.shown, seen().measured.tree]);
  });

  it('P8: a computed gate that fails is passed by nobody but the user, by name and with a reason', () => {
    const { history, approve } = inReview();
    history.change = seen({ files: [changed('src/gate.js'), changed('lib/other.js')] });
    const { sentence, next } = history.isRefused('gate-failed', user, approve);
    assert.match(sentence, /Scope compliance fails: `lib\/other\.js` is outside SCOPE/);
    assert.match(next, /Reject result 1/);
    const past = (gates: readonly string[], reason: string): typeof approve & { override: object } => ({
      ...approve,
      override: { gates, reason },
    });
    history.isRefused('user-only', orchestrator, past(['scope'], 'It belongs to it'));
    history.isRefused('override-no-reason', user, past(['scope'], ' '));
    history.isRefused('override-names-nothing', user, past(['conflict'], 'It belongs to it'));
    history.does(user, past(['scope'], 'It belongs to it'));
    const result = at(history.state.results, 1);
    assert.deepEqual(result?.approval?.override, { gates: ['scope'], reason: 'It belongs to it' });
    assert.equal(result.gates?.scope.pass, false, 'a gate that was passed over stays failed on the record');
  });

  it('P12: the message of the commit is a Conventional Commit', () => {
    const { history, approve } = inReview();
    for (const message of [
      'Add the sluice',
      'feat Add it',
      'feat: add it\nat once',
      ' ',
      `feat: ${'x'.repeat(100)}`,
    ]) {
      history.isRefused('message-unconventional', user, { ...approve, message });
    }
    history.does(user, { ...approve, message: 'feat(gate)!: add the sluice\n\nBREAKING CHANGE: it shuts' });
  });
});

describe('the computed gates', () => {
  it('P8: scope fails for each file that is not the worker’s, with the reason', () => {
    const history = released('Add the first sluice');
    const todo = packet('Add the first sluice', { scope: ['src/'], notYourJob: ['src/lock.js', 'docs/'] });
    history.does(user, { type: 'edit-todo', todo: 1, packet: todo, role: '' });
    history.workspace = { ...history.workspace, criticalFiles: ['src/schema.sql'] };
    resulted(history, nothing());
    const cases = [
      [changed('lib/a.js'), /outside SCOPE/],
      [changed('src/lock.js'), /in NOT-YOUR-JOB/],
      [changed('src/schema.sql'), /critical file/],
      [changed('src/a.js', { by: 'unknown' }), /nobody can tell who/],
      [changed('src/sub', { kind: 'submodule', unsaved: true }), /not committed in it/],
      [
        changed('src/new.js', { how: 'renamed', from: { name: 'lib/old.js', path: 'lib/old.js' } }),
        /lib\/old/,
      ],
    ] as const;
    for (const [file, why] of cases) {
      history.change = seen({ files: [file] });
      const act = { ...approve, shown: seen().measured.shown };
      assert.match(history.isRefused('gate-failed', user, act).sentence, why);
    }
    history.change = seen({ files: [{ ...changed('x'), name: undefined } as never] });
    history.isRefused('gate-failed', user, { ...approve, shown: seen().measured.shown });
  });

  it('P8: in a shared folder what others changed is not held against the worker', () => {
    const { history, approve } = inReview();
    const files = [changed('docs/a.md', { by: 'user' }), changed('lib/b.js', { by: 'another' })];
    history.change = seen({ where: 'shared', files: [changed('src/gate.js', { by: 'worker' }), ...files] });
    history.does(user, approve);
  });

  it('P8: conflict risk fails for unsaved edits, and for what does not merge', () => {
    const { history, approve } = inReview();
    history.workspace = { ...history.workspace, unsaved: ['src/gate.js'] };
    assert.match(history.isRefused('gate-failed', user, approve).sentence, /Conflict risk.*not saved/);
    history.workspace = { ...history.workspace, unsaved: ['src/other.js'] };
    for (const files of [['src/gate.js'], ['src/elsewhere.js']]) {
      const change = seen({ merge: { kind: 'conflicts', files } });
      const gates = gatesOf(history.state, 1, change, history.workspace) ?? [];
      assert.match(gateRefusal(gates)?.sentence ?? '', /Conflict risk fails: .*does not merge/);
    }
    history.change = seen({ merge: { kind: 'unknown', why: 'git is too old.', next: 'Update git.' } });
    assert.match(history.isRefused('gate-failed', user, approve).sentence, /git is too old/);
    history.change = seen();
    history.does(user, approve);
  });

  it('P8: evidence is witnessed on exactly this tree, or as much as the priority asks for', () => {
    const { history, approve } = inReview();
    const { evidence } = plainWorkspace;
    history.workspace = { ...history.workspace, evidence };
    const { sentence, next } = history.isRefused('gate-failed', user, approve);
    assert.match(sentence, /Evidence quality fails: Lockkeeper has not run `npm test`/);
    assert.match(next, /Run VERIFY of result 1/);
    history.workspace = { ...history.workspace, evidence: { ...evidence, normal: 'attached' } };
    history.isRefused('gate-failed', user, approve);
    history.workspace = { ...history.workspace, evidence };
    const ran = (tree: string, exitCode: number): void => {
      history.does(keeper, {
        type: 'note-witnessed',
        result: 1,
        todo: 1,
        line: 1,
        argv: ['npm', 'test'],
        tree,
        fresh: false,
        exitCode,
        milliseconds: 900,
        output: { sha256: 'e'.repeat(64), bytes: 12, end: '12 passing' },
      });
    };
    const { tree } = seen().measured;
    ran('f'.repeat(40), 0);
    assert.match(history.isRefused('gate-failed', user, approve).sentence, /files have changed since/);
    ran(tree, 1);
    assert.match(history.isRefused('gate-failed', user, approve).sentence, /ended with 1/);
    ran(tree, 0);
    history.does(orchestrator, approve);
    assert.match(at(history.state.results, 1)?.gates?.evidence.word ?? '', /`npm test` ended with 0/);
  });

  it('P8: what nobody measured is shut, whoever forgot to', () => {
    const { history } = inReview();
    const gates = gatesOf(history.state, 1, undefined, history.workspace) ?? [];
    assert.deepEqual(
      gates.filter(({ computed }) => computed).map(({ gate, pass }) => [gate, pass]),
      [
        ['scope', false],
        ['conflict', false],
        ['evidence', false],
      ],
    );
    const act = { ...approve, judged: [...judged] };
    const decision = decide(history.state, { actor: user, now: 1, act, workspace: history.workspace });
    assert.ok('refusal' in decision && decision.refusal.code === 'gate-failed');
    assert.match(
      `${decision.refusal.sentence} ${decision.refusal.next}`,
      /was not measured.*Open the result/,
    );
  });

  it('P8: where nothing can be measured, the computed gates fail with the reason', () => {
    const { history } = inReview();
    history.change = { why: 'The folder is no repository.', next: 'Make it one.' };
    const { sentence, next } = history.isRefused('gate-failed', user, approve);
    assert.match(sentence, /no repository/);
    assert.equal(next, 'Make it one.');
    const override = { gates: ['scope', 'conflict', 'evidence'], reason: 'Looked at by hand' };
    history.does(user, { ...approve, override });
  });
});
