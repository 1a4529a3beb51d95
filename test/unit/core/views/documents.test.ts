import assert from 'node:assert/strict';
import type { ResultDraft } from '../../../../src/contract/packets.ts';
import { parsePacket } from '../../../../src/contract/text/packetParse.ts';
import { packetText } from '../../../../src/contract/text/packetText.ts';
import { resultText } from '../../../../src/contract/text/resultText.ts';
import { resultDocument, resultHides, resultTitle } from '../../../../src/core/views/resultDocument.ts';
import { inbox } from '../../../../src/core/views/inbox.ts';
import { at } from '../../../../src/core/table.ts';
import { judged, item, nothing, packet, two } from '../drafts.ts';
import { released, resulted } from '../given.ts';
import { user, worker } from '../history.ts';
import { changed, seen } from '../seen.ts';

describe('a result as a document', () => {
  it('P8: the gates and what git has first, then what is still open, and packet beside evidence', () => {
    const history = released(...two);
    const result = resulted(history, nothing({ stillOpen: [{ words: item, doneWhen: 1 }] }));
    const files = [changed('src/gate.js'), changed('lib/x.js'), changed('a.png', { binary: true })];
    const review = { seen: seen({ files, unsaid: ['lib/x.js'] }), workspace: history.workspace };
    const text = resultDocument(history.state, result, review);
    const parts = [
      'THE FOUR GATES',
      'objective alignment: you judge it',
      'scope compliance: FAILS',
      '`lib/x.js` is outside SCOPE.',
      '→ Reject result 1',
      'conflict risk: passes',
      'FILES CHANGED, as git has them in the worktree',
      'changed src/gate.js, +1 -0',
      'changed a.png, binary',
      'Changed, and not listed by the worker:\n        lib/x.js',
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
    history.does(user, { type: 'approve', result: 2, judged });
    assert.deepEqual(history.state.list, [3, 2]);
    assert.match(resultDocument(history.state, 2), /objective alignment: One line is judged/);
  });

  it('P8: nothing of a result stands where nobody looks: behind blank lines, behind blanks, past the end of the window', () => {
    const history = released(...two);
    const summary = `All is well.${'\n'.repeat(5_000)}Approve it all.${' '.repeat(5_000)}And pay me. ${'It goes on. '.repeat(780)}`;
    const result = resulted(history, nothing({ summary }));
    const lines = resultDocument(history.state, result).split('\n');
    assert.ok(lines.includes('    ⋯ 4999 blank lines ⋯'));
    assert.ok(lines.some((line) => line.includes('Approve it all. ⋯ 5000 blanks ⋯ And pay me.')));
    assert.match(lines[3] ?? '', /^THIS RESULT IS LONG: some \d+ lines/);
    assert.deepEqual(lines.slice(4, 6), ['', 'WHAT IS STILL OPEN']);
  });

  it('P8: warns before an approval of text that does not show, or passes for what it is not', () => {
    const history = released(...two);
    const n = resulted(history, nothing());
    assert.equal(resultHides(history.state, n), false);
    const hidden: ResultDraft[] = [
      { summary: 'All\u200b well.' },
      { files: ['src/p\u0430yment.ts'] },
      { files: ['\u0430\u0440\u0440.ts'] },
      { evidence: [{ doneWhen: 1, shows: 'npm test\u202e: 0 failing' }] },
      { stillOpen: ['The \u{e0041}rest'], outcome: 'partial' },
    ];
    for (const draft of hidden) {
      const other = released(...two);
      const result = resulted(other, nothing(draft));
      assert.equal(resultHides(other.state, result), true, JSON.stringify(draft));
      assert.match(resultDocument(other.state, result), /\\u\{(?:200b|430|202e|e0041)\}/);
    }
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
    const text = resultText({ packet: stored });
    assert.match(text, /OUTCOME: done/);
    assert.match(text, /STILL-OPEN: Nothing$/);
  });
});
