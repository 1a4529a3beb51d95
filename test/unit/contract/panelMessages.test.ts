import assert from 'node:assert/strict';
import { questionDraft } from '../../../src/contract/packets.ts';
import { type Draft, fromPanel, kept, questionFields, toPanel } from '../../../src/contract/panelMessages.ts';
import { checkQuestion } from '../../../src/core/questionForm.ts';

const draft: Draft = { noneWords: '', rationale: 'r', constraints: '', nextStep: '', changed: 1 };
const act = { id: 'i', question: 1, stamp: 's' };
const words = { rationale: 'r', constraints: 'none', nextStep: 'Go on.' };

describe('the messages of the question panel', () => {
  it('from the panel are taken as they are meant', () => {
    const good = [
      { type: 'ready', drafts: { '1@5': draft }, filter: '' },
      { type: 'look', filter: 'gate web', selected: '1@5' },
      { type: 'look', filter: '', turn: { page: 2, at: 'last' } },
      {
        type: 'drafts',
        drafts: { '1@5': { ...draft, choice: { option: 'a' }, returning: { fields: [], sentence: '' } } },
      },
      { type: 'answer', ...act, choice: { kind: 'option', option: 0 }, ...words },
      { type: 'answer', ...act, choice: { kind: 'none', words: 'neither' }, ...words },
      { type: 'answer', ...act, choice: { kind: 'nothing' }, ...words },
      { type: 'return', ...act, fields: ['CONTEXT'], sentence: 'Which one?' },
      { type: 'open', question: 1, file: 0 },
    ];
    for (const message of good) assert.deepEqual(fromPanel.parse(message), message);
  });

  it('from the panel are refused when they are anything else', () => {
    const bad = [
      undefined,
      'ready',
      {},
      { type: 'override', question: 1 },
      { type: 'look', filter: 'x'.repeat(201) },
      { type: 'look', filter: '', turn: { page: 0, at: 'first' } },
      { type: 'open', question: 0, file: 0 },
      { type: 'open', question: 1, file: -1 },
      { type: 'open', question: 1, file: '/etc/passwd' },
      { type: 'answer', ...act, choice: { kind: 'option', option: 1.5 }, ...words },
      {
        type: 'answer',
        ...act,
        choice: { kind: 'option', option: 0 },
        ...words,
        rationale: 'x'.repeat(20_001),
      },
      { type: 'answer', ...act, choice: { kind: 'option', option: 0 } },
      { type: 'return', ...act, fields: ['SCOPE'], sentence: '' },
      { type: 'return', ...act, fields: Array.from({ length: 7 }, () => 'CONTEXT'), sentence: '' },
      { type: 'drafts', drafts: [draft] },
      { type: 'drafts', drafts: { '1@5': { ...draft, changed: 'now' } } },
    ];
    for (const message of bad)
      assert.equal(fromPanel.safeParse(message).success, false, JSON.stringify(message));
  });

  it('to the panel hold no more and no less than they say', () => {
    const page = { page: 1, pages: 1, from: 0, matching: 0, total: 0, filter: '' };
    const snapshot = { type: 'snapshot', now: 1, cards: [], page, awaited: [], awaitedMore: 0 };
    assert.equal(toPanel.safeParse(snapshot).success, true);
    assert.equal(toPanel.safeParse({ ...snapshot, cards: [{}] }).success, false);
    assert.equal(toPanel.safeParse({ ...snapshot, page: undefined }).success, false);
    assert.equal(toPanel.safeParse({ type: 'outcome', id: 'i', ok: true, said: 'Done.' }).success, true);
    assert.equal(toPanel.safeParse({ type: 'outcome', id: 'i', ok: false, said: 'Done.' }).success, false);
    assert.equal(toPanel.safeParse({ type: 'notice', sentence: 'Not there.' }).success, true);
  });

  it('name the six fields as the rule does', () => {
    const blank = checkQuestion({});
    assert.ok('flaws' in blank);
    assert.deepEqual(
      blank.flaws.map(({ field }) => field),
      [...questionFields],
    );
    assert.equal(Object.keys(questionDraft.shape).length, questionFields.length);
  });

  it('keep a state of another version from breaking the panel', () => {
    assert.equal(kept.safeParse({ drafts: {}, selected: '1@5' }).success, true);
    assert.equal(kept.safeParse(undefined).success, false);
    assert.equal(kept.safeParse({ drafts: 'old' }).success, false);
  });
});
