import assert from 'node:assert/strict';
import { isRefused } from '../../../src/core/decision.ts';
import { frozenSide, openConflicts } from '../../../src/core/dispute.ts';
import { at } from '../../../src/core/table.ts';
import { wayOut } from '../../../src/editor/wayOut.ts';
import { evidence, owner, path, resume } from './conflicts.ts';
import { judged, nothing, tooThin } from './drafts.ts';
import { released, resulted } from './given.ts';
import { orchestrator, user, worker, type History } from './history.ts';
import { changed, seen } from './seen.ts';

const approve = { type: 'approve', result: 1, judged, shown: seen().measured.shown } as const;
const stuck = seen({ merge: { kind: 'conflicts', files: ['src/gate.js', 'lib/gate.js'] } });
const forBranch = [{ ...owner, side: 2 }, path, evidence, resume] as const;

function inReview(change = stuck): History {
  const history = released('Add the first sluice');
  resulted(history, nothing());
  history.change = change;
  return history;
}

describe('a change that does not merge', () => {
  it('P7: is a case between its worker and the branch, opened with the no, which names it as the way out', () => {
    const history = inReview();
    const refusal = history.isRefused('merge-conflicts', user, approve);
    assert.match(
      refusal.sentence,
      /does not merge .* Conflict 1 over `src\/gate\.js` and 1 more is open; web/,
    );
    assert.match(refusal.next, /Work it to resume: say who owns it is next\. Or reject result 1/);
    assert.deepEqual(wayOut(history.state, refusal)?.argument, { conflict: 1 });
    const [conflict] = openConflicts(history.state);
    assert.ok(conflict);
    assert.deepEqual([conflict.files, conflict.result], [['src/gate.js', 'lib/gate.js'], 1]);
    assert.deepEqual(frozenSide(conflict), { kind: 'worker', worker: 1, dispatch: 1 });
    const again = history.isRefused('conflict-open', user, approve);
    assert.deepEqual([again.about, openConflicts(history.state).length], [{ kind: 'conflict', n: 1 }, 1]);
  });

  it('P7: no override and no judging passes it; what is out of scope as well goes back first', () => {
    const history = inReview();
    history.change = seen({ files: [changed('lib/x.js')], merge: stuck.measured.merge });
    assert.match(history.isRefused('gate-failed', user, approve).sentence, /out|Scope/);
    assert.equal(openConflicts(history.state).length, 0);
    const override = { gates: ['scope', 'conflict'], reason: 'I know better' };
    history.isRefused('merge-conflicts', user, { ...approve, override });
    history.isRefused('conflict-open', user, { ...approve, override });
    const other = inReview();
    other.isRefused('merge-conflicts', orchestrator, { ...approve, judged: [] });
    assert.equal(openConflicts(other.state).length, 1);
  });

  it('P7: where the branch stands the result goes back with the merge path, and its next one is approved', () => {
    const history = inReview();
    history.isRefused('merge-conflicts', orchestrator, approve);
    for (const act of forBranch) history.does(orchestrator, act);
    assert.deepEqual(history.state.held, [], 'what is committed needs no lock');
    const refusal = history.isRefused('merge-conflicts', orchestrator, approve);
    assert.match(refusal.next, /your branch stands: reject result 1, .* The first one’s text stands/);
    assert.deepEqual(wayOut(history.state, refusal)?.argument, { result: 1 });
    assert.equal(openConflicts(history.state).length, 0, 'nothing new to settle');
    history.does(orchestrator, { type: 'reject', result: 1, ...tooThin });
    const { result } = history.does(worker(1), {
      type: 'submit',
      dispatch: 1,
      epoch: 2,
      packet: nothing({ files: ['src/gate.js'] }),
    });
    history.change = seen({ result: 2, epoch: 2 });
    history.does(orchestrator, { ...approve, result });
  });

  it('P7: where its text stands the branch makes way, and it is approved; what else does not merge is a new case', () => {
    const history = inReview();
    history.isRefused('merge-conflicts', user, approve);
    for (const act of [owner, path, evidence, resume]) history.does(user, act);
    assert.match(history.isRefused('merge-conflicts', user, approve).next, /make way for it on your branch/);
    history.change = seen({ merge: { kind: 'conflicts', files: ['src/other.js'] } });
    history.isRefused('merge-conflicts', user, approve);
    assert.deepEqual(at(history.state.conflicts, 2)?.files, ['src/other.js']);
    for (const act of forBranch) history.does(user, { ...act, conflict: 2 });
    history.change = seen();
    history.does(user, approve);
  });

  it('P7: an agent may say that the branch stands, but not that the user’s commits give way', () => {
    const history = inReview();
    history.isRefused('merge-conflicts', orchestrator, approve);
    history.isRefused('user-only', orchestrator, owner);
    history.does(user, owner);
    for (const act of [{ ...owner, side: 2 }, path]) history.isRefused('user-only', orchestrator, act);
    history.does(user, { ...owner, side: 2 });
    history.does(orchestrator, path);
  });

  it('P7: a case that is open when its result goes back holds the next one until resume', () => {
    const history = inReview();
    history.isRefused('merge-conflicts', user, approve);
    history.does(user, { type: 'reject', result: 1, ...tooThin });
    const submit = (files: string[]) =>
      ({ type: 'submit', dispatch: 1, epoch: 2, packet: nothing({ files }) }) as const;
    history.isRefused('frozen', worker(1), submit(['src/gate.js']));
    for (const act of forBranch) history.does(user, act);
    assert.ok(!isRefused(history.ask(worker(1), submit(['src/gate.js']))));
  });
});
