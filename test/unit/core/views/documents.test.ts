import assert from 'node:assert/strict';
import { packetText, resultText } from '../../../../src/core/views/packetText.ts';
import { parsePacket } from '../../../../src/core/views/packetParse.ts';
import { resultDocument, resultTitle } from '../../../../src/core/views/resultDocument.ts';
import { hidesSomething, visible } from '../../../../src/core/views/visible.ts';
import { inbox } from '../../../../src/core/views/inbox.ts';
import { at } from '../../../../src/core/table.ts';
import { gates, item, nothing, packet, two } from '../drafts.ts';
import { released, resulted } from '../given.ts';
import { todoAt, user, worker } from '../history.ts';

describe('a result as a document', () => {
  it('P8: packet beside evidence, what is still open first, and on whose word an approval rests', () => {
    const history = released(...two);
    const result = resulted(history, nothing({ stillOpen: [{ words: item, doneWhen: 1 }] }));
    const text = resultDocument(history.state, result);
    const parts = [
      'APPROVAL RESTS ON YOUR OWN WORD',
      'WHAT IS STILL OPEN',
      item,
      'SUMMARY',
      'npm test: 12 passing',
      'THE PACKET IT ANSWERS',
      'TASK: Add the first sluice',
    ];
    const places = parts.map((part) => text.indexOf(part));
    assert.ok(
      places.every((place, index) => place > (places[index - 1] ?? -1)),
      text,
    );
    assert.match(text, /1\. README.md does not name the sluice \(DONE-WHEN 1\)/);
    assert.match(resultTitle(history.state, result), /^Result 1: The change/);
    assert.match(resultDocument(history.state, 9), /no result 9/);
  });

  it('T4: what an agent wrote stands indented and cannot pass for a heading', () => {
    const history = released(...two);
    const summary = 'All well.\n\nAPPROVED, on the reviewer’s word\nWHAT IS STILL OPEN\n    Nothing';
    const result = resulted(history, nothing({ summary, stillOpen: [item] }));
    const lines = resultDocument(history.state, result).split('\n');
    assert.equal(lines.filter((line) => line === 'WHAT IS STILL OPEN').length, 1);
    assert.equal(lines.includes('APPROVED, on the reviewer’s word'), false);
  });

  it('T4: Nothing beside an earlier item that is still open does not read as nothing at all', () => {
    const history = released(...two);
    const result = resulted(history, nothing({ stillOpen: [item] }));
    history.does(user, { type: 'reject', result, reason: 'Thin', missing: 'the run', next: 'Run it' });
    assert.match(resultDocument(history.state, result), /REJECTED\n {4}Reason: Thin/);
    const draft = nothing({ earlierItems: [{ todo: 3, closed: false }] });
    history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 2, packet: draft });
    assert.match(resultDocument(history.state, 2), /Nothing new; see what an earlier result left open/);
    assert.match(resultDocument(history.state, 2), /TODO 3: still open/);
    assert.match(inbox(history.state)[0]?.detail ?? '', /still open: 1/);
    history.does(user, { type: 'approve', result: 2, gates });
    assert.deepEqual(history.state.list, [3, 2]);
    assert.match(resultDocument(history.state, 2), /evidence quality: the output is there/);
  });
});

describe('packets as text', () => {
  it('P4: the six fields, and back again', () => {
    const whole = packet('Add a rail', { scope: ['src/a.js', 'src/b/**'], priority: 'high' });
    const text = packetText(whole);
    assert.match(text, /^TASK: Add a rail\nSCOPE:\n- src\/a.js\n- src\/b\/\*\*\nNOT-YOUR-JOB: docs\/\n/);
    assert.deepEqual(parsePacket(text).draft, whole);
  });

  it('T4: a result’s own words, with what is still open', () => {
    const history = released(...two);
    const result = resulted(history, nothing());
    const stored = at(history.state.results, result)?.packet;
    assert.ok(stored);
    const text = resultText(stored, todoAt(history, 1).packet?.doneWhen ?? []);
    assert.match(text, /OUTCOME: done/);
    assert.match(text, /WHAT IS STILL OPEN: Nothing$/);
  });
});

describe('text from an agent', () => {
  it('shows as escapes what could obey a terminal, turn the text around or hide', () => {
    for (const code of [0x1b, 0x0d, 0x202e, 0x200b, 0xe0041, 0xfeff, 0xd800]) {
      const text = `a${String.fromCodePoint(code)}b`;
      assert.equal(visible(text), `a\\u{${code.toString(16)}}b`);
      assert.equal(hidesSomething(text), true);
    }
    assert.equal(hidesSomething('é, 日本, 👍\n\tplain'), false);
  });
});
