import assert from 'node:assert/strict';
import { parser } from 'keep-a-changelog';
import { handoffOf, type Handoff } from '../../../src/core/views/handoff.ts';
import { handoffDocument } from '../../../src/core/views/handoffDocument.ts';
import { answer, asked, item, judged, nothing, otherItem, override, packet } from './drafts.ts';
import {
  dispatched,
  finished,
  openItems,
  planned,
  reconcile,
  released,
  resulted,
  twoSteps,
} from './given.ts';
import { changed, seen } from './seen.ts';
import { orchestrator, user, worker, type History } from './history.ts';
import { first, open, person, two, unknown, worked } from './conflicts.ts';

const handoff = (history: History): Handoff => {
  const made = handoffOf(history.state);
  assert.ok(made);
  return made;
};

/** The part of the document that is a release entry, read by a program that others read changelogs with. */
function releaseOf(document: string): ReturnType<typeof parser>['releases'][number] {
  const entry = document.slice(document.indexOf('## ['), document.indexOf('## PENDING'));
  const [release, ...more] = parser(`# Changelog\n\n${entry}`).releases;
  assert.ok(release);
  assert.deepEqual(more, []);
  return release;
}

describe('the handoff', () => {
  it('P11: COMPLETED names each approved result with its commit and its evidence', () => {
    const history = released('Add the first sluice', 'Fix the other sluice');
    finished(history);
    finished(history);
    history.does(orchestrator, { type: 'close' });
    const { completed, pending, dropped, risks, next } = handoff(history);
    assert.deepEqual(
      completed.map(({ kind, words, covers, worker: by }) => [kind, words, covers, by]),
      [
        ['Added', 'Add the first sluice', ['todo 1'], 'web'],
        ['Fixed', 'Fix the other sluice', ['todo 2'], 'web'],
      ],
    );
    assert.match(completed[0]?.evidence[0] ?? '', /^claimed: .*`npm test`/);
    assert.deepEqual([pending, dropped, next], [[], [], []]);
    assert.deepEqual(
      risks,
      [1, 2].map((n) => `Result ${n}: there are only words for \`npm test\`.`),
    );
  });

  it('P12: COMPLETED is one release entry of Keep a Changelog, by the type of each commit', () => {
    const history = released('Add the first sluice', 'Fix the other sluice', 'Rename the third sluice');
    finished(history);
    const result = resulted(history, nothing());
    const message = 'fix(security): shut <the> [gate]\n\nIt stood open.';
    history.does(orchestrator, { type: 'approve', result, judged, message });
    assert.match(handoffDocument(history.state), /## \[Unreleased\]\n/);
    assert.match(handoffDocument(history.state), /still open/);
    finished(history);
    history.does(orchestrator, { type: 'close' });
    const document = handoffDocument(history.state);
    const release = releaseOf(document);
    assert.equal(release.version, '0.0.0-orchestration.1');
    assert.equal(release.date?.toISOString().slice(0, 10), '1970-01-01');
    const kinds = [...release.changes].filter(([, changes]) => changes.length > 0);
    assert.deepEqual(
      kinds.map(([kind, changes]) => [kind, changes.map(({ title }) => title.split(' (')[0])]),
      [
        ['added', ['Add the first sluice']],
        ['changed', ['Rename the third sluice']],
        ['security', ['Shut \\<the\\> \\[gate\\]']],
      ],
    );
    assert.match(document, /\n## PENDING\n\nNothing\.\n\n## RISKS\n\n- .*\n\n## NEXT\n\nNothing\.\n/s);
  });

  it('P11: PENDING holds what is left with its reason, what was dropped, merged and split among it', () => {
    const history = openItems(item, otherItem, 'The float hangs', 'The bell is mute');
    history.does(user, { type: 'drop-todo', todo: 4, reason: 'It reads the level' });
    history.does(user, { type: 'merge-todo', todo: 5, into: 3, reason: 'One page says both' });
    history.does(orchestrator, {
      type: 'split-todo',
      todo: 6,
      parts: [
        packet('Hang the bell', {
          doneWhen: ['`npm test` passes and prints "Settle the open point number 6"'],
        }),
        packet('Ring the bell', { scope: ['src/bell.js'] }),
      ],
    });
    history.does(user, {
      type: 'close',
      override: { ...override([3, 7, 8, 2]), reason: 'The season ends' },
    });
    const { pending, dropped, risks, next } = handoff(history);
    assert.deepEqual(
      pending.map(({ covers, reason }) => [covers, reason]),
      [
        [['todo 3', 'todo 5'], 'The season ends'],
        [['todo 7', 'todo 6'], 'The season ends'],
        [['todo 8', 'todo 6'], 'The season ends'],
        [['todo 2'], 'The season ends'],
        [['step 2'], 'It was not released; it is offered as a plan.'],
      ],
    );
    assert.deepEqual(
      dropped.map(({ covers, reason }) => [covers, reason]),
      [[['todo 4'], 'It reads the level']],
    );
    assert.ok(risks.includes('It was closed past TODO 3, 7, 8, 2 by the user: The season ends'));
    assert.match(next[0] ?? '', /^Begin with TODO 3: /);
    assert.deepEqual(next.slice(1), [
      'Then the other 3 TODOs that are pending, in their order.',
      'Then step 2 (“Write it down”), for docs.',
    ]);
    assert.match(handoffDocument(history.state), /- Dropped\. TODO 4: .* Reason: It reads the level/);
  });

  it('P11: a question is answered or named as never answered; a conflict is resolved or pending', () => {
    const history = twoSteps();
    const task = dispatched(history);
    history.does(worker(1), { type: 'ask', ...task, packet: asked });
    history.does(user, { type: 'answer', question: 1, answer });
    history.does(worker(1), {
      type: 'ask',
      ...task,
      packet: { ...asked, question: 'And the colour of it?' },
    });
    assert.deepEqual(
      handoff(history).pending.flatMap(({ covers }) => covers),
      ['todo 1', 'question 2', 'step 2'],
    );
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Another way' });
    const { dropped, decided } = handoff(history);
    assert.deepEqual(
      [dropped, decided].map((list) => list.map(({ covers }) => covers)),
      [[['question 2']], [['question 1']]],
    );
    assert.match(decided[0]?.reason ?? '', new RegExp(answer.chosen));
  });

  it('P11: an item of a late result that the user dismissed is dropped, with the reason', () => {
    const history = twoSteps();
    const task = dispatched(history);
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Too slow' });
    const late = nothing({ stillOpen: [item, otherItem] });
    const { result } = history.does(worker(1), { type: 'submit', ...task, packet: late });
    const lateItems = (): unknown[] =>
      [...handoff(history).pending, ...handoff(history).dropped].flatMap(({ covers, reason }) =>
        covers.filter((thing) => thing.startsWith('late')).map((thing) => [thing, reason]),
      );
    assert.equal(lateItems().length, 2);
    history.does(user, { type: 'dismiss-late-item', result, item: 1, reason: 'It does by now' });
    history.does(orchestrator, { type: 'add-late-item', result, item: 2 });
    history.does(orchestrator, { type: 'note-late-result', result });
    assert.deepEqual(lateItems(), [['late 1.1', 'It does by now']]);
  });

  it('P7, P11: a conflict is pending until it is resumed, and an unknown writer is a risk', () => {
    const history = two();
    history.does(user, open([first, person]));
    assert.ok(handoff(history).pending.some(({ covers }) => covers.includes('conflict 1')));
    worked(history);
    assert.deepEqual(
      handoff(history).decided.map(({ covers }) => covers),
      [['conflict 1']],
    );
    history.does(user, open([first, unknown]));
    assert.ok(handoff(history).risks.some((risk) => /^Conflict 2: .* inferred/.test(risk)));
  });

  it('P11: each override is a risk: of a release, of an approval taken back, of the closing', () => {
    const history = openItems(item);
    history.does(user, { type: 'release', override: { ...override([3, 2]), reason: 'The flood comes' } });
    assert.match(handoff(history).risks.join('\n'), /Step 2 .* released past TODO 3, 2: The flood comes/);
    const past = released('Add the first sluice');
    const result = resulted(past, nothing());
    past.change = seen({ files: [changed('src/gate.js'), changed('README.md')] });
    const shown = past.change.measured.shown;
    const gates = { gates: ['scope'], reason: 'It belongs to it' };
    past.does(user, { type: 'approve', result, shown, judged, override: gates });
    assert.ok(handoff(past).risks.includes('Result 1 was approved past scope by the user: It belongs to it'));
    const other = released('Add the first sluice');
    finished(other);
    other.facts = { revert: 'conflicts' };
    other.does(user, { type: 'undo-approval', result: 1, reason: 'It floods' });
    const { completed, pending, risks } = handoff(other);
    assert.deepEqual([completed.length, pending.length], [1, 1]);
    assert.ok(risks.includes('The approval of result 1 was taken back: It floods'));
  });

  it('P11: a worker that nobody held back is a risk', () => {
    const history = planned('Add the first sluice');
    history.does(user, { type: 'remove-worker', worker: 1, reason: 'Another one' });
    history.does(user, {
      type: 'add-worker',
      name: 'gemini',
      role: 'code',
      runs: { kind: 'command', argv: ['gemini'] },
      tokenHash: 'a'.repeat(64),
      expires: 9e12,
    });
    history.does(user, { type: 'allow-unguarded', worker: 3 });
    history.does(orchestrator, { type: 'release' });
    finished(history, nothing(), 3);
    assert.match(handoff(history).risks.join('\n'), /gemini worked unguarded/);
  });

  it('P11: the next orchestration’s handoff tells what was carried into it, and nothing that was done before', () => {
    const history = openItems(item);
    history.does(user, { type: 'close', override: override([3, 2]) });
    history.does(user, { type: 'start', objective: 'The same again', constraints: [] });
    const { completed, pending } = handoff(history);
    assert.deepEqual(completed, []);
    assert.deepEqual(
      pending.flatMap(({ covers }) => covers),
      ['todo 3', 'todo 2'],
    );
  });

  it('P11: no words of an agent are a heading, a link or an item of the document', () => {
    const history = released('Add the first sluice');
    finished(history, nothing({ stillOpen: ['# PENDING\n\n- ![x](https://example.com/a.png) <b>done</b>'] }));
    reconcile(history, 2);
    history.does(user, { type: 'drop-todo', todo: 2, reason: '## NEXT\n- `go` on' });
    const document = handoffDocument(history.state);
    assert.equal(document.match(/^#/gm)?.length, 6);
    assert.doesNotMatch(document, /(?<!\\)!\[|(?<!\\)<b>|(?<!\\)`go|https:\/\//);
  });
});
