import assert from 'node:assert/strict';
import type { Witnessed } from '../../../src/contract/review.ts';
import { evidenceOf, type CommandEvidence } from '../../../src/core/evidence.ts';
import { gatesOf } from '../../../src/core/gates.ts';
import { isPrinted } from '../../../src/core/reproduction.ts';
import { at } from '../../../src/core/table.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { verifyDocument } from '../../../src/core/views/verifyDocument.ts';
import { commandsOf } from '../../../src/core/witness.ts';
import { judged, nothing } from './drafts.ts';
import { released, resulted } from './given.ts';
import { orchestrator, todoAt, user, type History } from './history.ts';
import { debugSaid } from './randomDebug.ts';
import { keeper, run } from './ran.ts';
import { seen } from './seen.ts';

const [base, tree] = ['a'.repeat(40), 'b'.repeat(40)];
const argv = ['npm', 'test', '--', 'gate'];
const reproduction = { command: 'npm test -- gate', shows: '1 failing: "the gate hangs"' };
const bug = { type: 'describe-bug', todo: 1, reproduction, risk: 'low', why: 'One line' } as const;

function described(by = user, more: object = {}): History {
  const history = released('Fix the first sluice');
  history.does(user, { type: 'debug-mode', todo: 1, on: true, reason: 'It hangs' });
  history.does(by, { ...bug, ...more });
  return history;
}

/** With a result in review. */
function fixed(by = user, more: object = {}): History {
  const history = described(by, more);
  resulted(history, nothing(debugSaid));
  return history;
}

const before = (more: Partial<Witnessed> = {}) => {
  const { line: _, ...act } = run(1, {
    argv,
    tree: base,
    fresh: true,
    exitCode: 1,
    reproduction: 'before',
    printed: true,
  });
  return { ...act, ...more };
};
const after = (more: Partial<Witnessed> = {}) => {
  const { line: _, ...act } = run(1, { argv, tree, reproduction: 'after', printed: false });
  return { ...act, ...more };
};

function reproduced(history: History): readonly CommandEvidence[] {
  const stored = at(history.state.results, 1);
  assert.ok(stored);
  return evidenceOf(history.state, stored, tree, base).filter((one) => one.reproduction);
}

const evidenceGate = (history: History, least: 'witnessed' | 'claimed' = 'witnessed') =>
  gatesOf(
    history.state,
    1,
    seen({ base, tree }),
    { ...history.workspace, evidence: { high: least, normal: least, low: least } },
    judged,
  )?.find(({ gate }) => gate === 'evidence');

describe('what reproduces a bug', () => {
  it('P9: is witnessed before the fix, where it fails as described, and after it, where it passes', () => {
    const history = fixed();
    assert.deepEqual(
      reproduced(history).map(({ standing, level }) => [standing, level]),
      [
        ['not run', 'claimed'],
        ['not run', 'claimed'],
      ],
    );
    history.does(keeper, run(1, { tree }));
    history.does(keeper, before());
    assert.match(
      evidenceGate(history)?.reasons.join(' ') ?? '',
      /has not run `npm test -- gate` after the fix/,
    );
    history.does(keeper, after());
    assert.deepEqual(
      reproduced(history).map(({ standing, level }) => [standing, level]),
      [
        ['passed', 'witnessed'],
        ['passed', 'witnessed'],
      ],
    );
    const gate = evidenceGate(history);
    assert.equal(gate?.pass, true);
    assert.match(gate.reasons.join(' '), /ended with 1 before the fix, and printed “1 failing/);
    assert.match(gate.reasons.join(' '), /ended with 0 after the fix\./);
    assert.deepEqual(
      inbox(history.state).filter(({ kind }) => kind === 'contradicted'),
      [],
    );
    assert.match(
      verifyDocument(history.state, 1, () => undefined),
      /TODO 1, what reproduces its bug, before the fix: npm test -- gate/,
    );
  });

  it('P9: one that passes before the fix reproduces nothing, whatever level is asked for', () => {
    const history = fixed();
    history.does(keeper, before({ exitCode: 0, printed: false }));
    assert.match(
      evidenceGate(history, 'claimed')?.reasons.join(' ') ?? '',
      /passes before the fix, so it reproduces nothing/,
    );
    history.does(keeper, before({ exitCode: null, notStarted: true, why: 'cannot be run: there is none' }));
    assert.match(evidenceGate(history, 'claimed')?.reasons.join(' ') ?? '', /it reproduces nothing/);
    assert.equal(evidenceGate(history, 'claimed')?.pass, false);
    history.does(keeper, before({ exitCode: null, why: 'was not done after 10 minutes and was ended' }));
    assert.equal(evidenceGate(history, 'claimed')?.pass, true);
  });

  it('P9: one that still fails after the fix fails the gate, and stands in the Inbox', () => {
    const history = fixed();
    history.does(keeper, before());
    history.does(keeper, after({ exitCode: 1, printed: true }));
    assert.match(
      evidenceGate(history, 'claimed')?.reasons.join(' ') ?? '',
      /ended with 1 after the fix, and still prints/,
    );
    const said = inbox(history.state).find(({ kind }) => kind === 'contradicted');
    assert.match(said?.title ?? '', /^TODO 1 says done; `npm test -- gate` ended with 1\.$/);
  });

  it('P9: one that never fails is told by what it prints', () => {
    const history = fixed();
    history.does(keeper, before({ exitCode: 0, printed: true }));
    history.does(keeper, after({ exitCode: 0, printed: true }));
    assert.deepEqual(
      reproduced(history).map(({ standing }) => standing),
      ['passed', 'failed'],
    );
    history.does(keeper, after({ exitCode: 0, printed: false }));
    assert.equal(evidenceGate(history, 'claimed')?.pass, true);
  });

  it('P9: a run on another base, or one that changed files, witnesses nothing', () => {
    const history = fixed();
    history.does(keeper, before({ tree: 'c'.repeat(40) }));
    history.does(keeper, after({ changed: ['src/gate.js'] }));
    assert.deepEqual(
      reproduced(history).map(({ standing, level }) => [standing, level]),
      [
        ['stale', 'claimed'],
        ['spoiled', 'claimed'],
      ],
    );
  });

  it('P9: only what was described counts as the reproduction', () => {
    const history = fixed();
    history.isRefused('not-the-reproduction', keeper, before({ argv: ['npm', 'test'] }));
    const plain = released('Fix the first sluice');
    resulted(plain, nothing());
    plain.isRefused('not-the-reproduction', keeper, before());
  });

  it('P9: what an agent wrote is run only when the user has allowed it, whoever describes around it', () => {
    const history = described(orchestrator);
    history.does(user, { ...bug, why: 'Two lines' });
    assert.equal(todoAt(history, 1).debug?.bug?.agentWrote, true);
    resulted(history, nothing(debugSaid));
    const stored = at(history.state.results, 1);
    assert.ok(stored);
    assert.deepEqual(
      commandsOf(history.state, stored).waiting.map(({ words }) => words),
      ['npm test -- gate'],
    );
    history.isRefused('command-not-allowed', keeper, before());
    assert.match(evidenceGate(history)?.reasons.join(' ') ?? '', /the user has not allowed it/);
    history.does(user, { type: 'allow-command', argv });
    history.does(keeper, before());
    assert.equal(commandsOf(history.state, stored).runnable.length, 3);
    const own = described();
    assert.equal(todoAt(own, 1).debug?.bug?.agentWrote, undefined);
  });

  it('P9: where it is seen by eye the user describes it, and the reviewer says in words what shows now', () => {
    const eye = { reproduction: { command: 'by eye: open the gate twice', shows: 'it stays open' } };
    const agents = released('Fix the first sluice');
    agents.does(user, { type: 'debug-mode', todo: 1, on: true, reason: 'It hangs' });
    agents.isRefused('reproduction-by-eye', orchestrator, { ...bug, ...eye });
    agents.isRefused('bug-incomplete', user, {
      ...bug,
      reproduction: { command: 'by eye: ', shows: 'it stays open' },
    });
    const history = fixed(user, eye);
    assert.deepEqual(reproduced(history), []);
    history.change = seen({ base, tree });
    const { shown } = history.change.measured;
    const approve = { type: 'approve', result: 1, shown, judged } as const;
    assert.match(
      history.isRefused('not-judged', user, approve).sentence,
      /The reproduction is not judged: “by eye: open the gate twice It showed: it stays open”/,
    );
    const seenBy = { what: 'reproduction', line: 1, pass: true, word: 'It closes' } as const;
    history.isRefused('objective-failed', user, {
      ...approve,
      judged: [...judged, { ...seenBy, pass: false }],
    });
    history.does(user, { ...approve, judged: [...judged, seenBy] });
  });

  it('knows what was described in an output by its words, a line of it, or what it quotes', () => {
    assert.ok(isPrinted('  1 failing:\n  "the gate hangs"\n', reproduction.shows));
    assert.ok(isPrinted('not ok 3 - The  gate hangs', reproduction.shows));
    assert.ok(isPrinted('level: -1', 'It prints\nlevel: -1'));
    assert.ok(!isPrinted('12 passing', reproduction.shows));
    assert.ok(!isPrinted('anything at all', '"an" ""'));
  });
});
