import assert from 'node:assert/strict';
import type { QuestionDraft } from '../../../../src/contract/packets.ts';
import type { Look } from '../../../../src/contract/panelMessages.ts';
import { at } from '../../../../src/core/table.ts';
import { questionPage } from '../../../../src/editor/questions/questionPage.ts';
import { answer, asked } from '../../core/drafts.ts';
import { dispatched, released } from '../../core/given.ts';
import { user, worker, type History } from '../../core/history.ts';

function asking(count: number, draft: (n: number) => QuestionDraft): History {
  const history = released('Write the gate');
  const task = dispatched(history);
  for (let n = 1; n <= count; n += 1) history.does(worker(1), { type: 'ask', ...task, packet: draft(n) });
  return history;
}

const numbered = (n: number): QuestionDraft => ({
  ...asked,
  question: `Which name for sluice ${n}?`,
  blocking: n % 3 === 0,
});
const at0: Look = { filter: '' };
const numbers = (looked: ReturnType<typeof questionPage>) => looked.cards.map(({ n }) => n);
const keyOf = (history: History, n: number): string => `${n}@${at(history.state.questions, n)?.at}`;

describe('a page of open questions', () => {
  const history = asking(500, numbered);
  const look = (given: Look, place = 0) => questionPage(history.state, given, place);

  it('P6: holds twenty, blocking ones first, and fits into 64 kB', () => {
    const first = look(at0);
    assert.deepEqual(
      numbers(first),
      Array.from({ length: 20 }, (_, index) => 3 * (index + 1)),
    );
    assert.deepEqual(first.page, { page: 1, pages: 25, from: 1, matching: 500, total: 500, filter: '' });
    assert.equal(first.selected, keyOf(history, 3));
    assert.ok(JSON.stringify(first).length < 64 * 1024);
  });

  it('is turned to its first question or its last, and no further than the last page', () => {
    const second = look({ filter: '', turn: { page: 2, at: 'first' } });
    assert.deepEqual([second.page.page, second.page.from, second.selected], [2, 21, keyOf(history, 63)]);
    const back = look({ filter: '', turn: { page: 1, at: 'last' } });
    assert.deepEqual([back.page.page, back.selected], [1, keyOf(history, 60)]);
    const last = look({ filter: '', turn: { page: 99, at: 'last' } });
    assert.deepEqual([last.page.page, last.selected], [25, keyOf(history, 500)]);
  });

  it('is the one that holds the chosen question, wherever others came before it', () => {
    assert.equal(look({ filter: '', selected: keyOf(history, 1) }).page.page, 9);
  });

  it('goes on to the question in the place of one that is gone', () => {
    const other = asking(45, numbered);
    const chosen: Look = { filter: '', selected: keyOf(other, 9) };
    const { place } = questionPage(other.state, chosen, 0);
    other.does(user, { type: 'answer', question: 9, answer });
    assert.equal(questionPage(other.state, chosen, place).selected, keyOf(other, 12));
    const end: Look = { filter: '', selected: keyOf(other, 44) };
    const last = questionPage(other.state, end, 0).place;
    other.does(user, { type: 'answer', question: 44, answer });
    assert.equal(questionPage(other.state, end, last).selected, keyOf(other, 43));
  });

  it('is filtered by every word, in question, context, worker and TODO, in any order and case', () => {
    assert.deepEqual(
      numbers(look({ filter: 'SLUICE which 42' })),
      [42, 142, 242, 342, 420, 421, 422, 423, 424, 425, 426, 427, 428, 429, 442].sort(
        (left, right) => Number(left % 3 !== 0) - Number(right % 3 !== 0) || left - right,
      ),
    );
    assert.equal(look({ filter: 'todo 1 web' }).page.matching, 500);
    const none = look({ filter: 'bollard' });
    assert.deepEqual(
      [none.page.page, none.page.from, none.page.matching, none.selected],
      [1, 0, 0, undefined],
    );
    assert.deepEqual(none.cards, []);
  });

  it('holds fewer where their words are many, and one at least', () => {
    const long = asking(5, (n) => ({
      ...numbered(n),
      context: 'So many words. '.repeat(n === 5 ? 1_300 : 1_000),
    }));
    const { page, cards } = questionPage(long.state, at0, 0);
    assert.deepEqual([cards.length, page.pages], [2, 3]);
    assert.ok(JSON.stringify(cards).length < 64 * 1024);
  });

  it('is empty where nothing is open', () => {
    const none = questionPage(released('Write the gate').state, at0, 0);
    assert.deepEqual([none.cards.length, none.page.total, none.selected], [0, 0, undefined]);
  });
});
