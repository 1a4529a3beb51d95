import assert from 'node:assert/strict';
import { at } from '../../../src/core/table.ts';
import { hidesSomething } from '../../../src/core/views/visible.ts';
import { incomplete, readSent, sentDocument } from '../../../src/editor/packets/sent.ts';
import { readSheet } from '../../../src/editor/packets/sheets.ts';
import type { Topic } from '../../../src/editor/packets/topic.ts';
import { packet, two } from '../core/drafts.ts';
import { History, orchestrator, user } from '../core/history.ts';

const sender = { worker: 1, dispatch: 1 };
const about: Topic = { kind: 'sent', ...sender, name: 'carver', todos: '1', key: 'x' };

function given(): History {
  const history = new History();
  history.does(user, { type: 'start', objective: 'A gate that closes', constraints: [] });
  for (const name of ['carver', 'painter']) {
    history.does(user, { type: 'add-worker', name, role: 'code', runs: { kind: 'by-hand', where: 'here' } });
  }
  for (const task of two) history.does(user, { type: 'add-todo', packet: packet(task), role: 'code' });
  history.does(orchestrator, { type: 'dispatch', worker: 1 });
  return history;
}

/** The text with every flaw replaced by what its quick fix writes, one after another. */
function mended(history: History, text: string): string {
  let lines = text.split('\n');
  for (let round = 0; round < 20; round += 1) {
    const [first] = readSheet(history.state, about, lines.join('\n')).flaws;
    if (!first) break;
    lines = [...lines.slice(0, first.line), ...first.mended.split('\n'), ...lines.slice(first.lastLine + 1)];
  }
  return lines.join('\n');
}

const half = 'My report.\nRESULT:\nOUTCOME: done\nEVIDENCE:\n- DONE-WHEN 1: npm test: 3 passing';

describe('a text that a person enters for a worker', () => {
  it('T4: an incomplete result names what is missing, by field, and the document keeps every word', () => {
    const { state } = given();
    const read = readSent(state, sender, half);
    assert.equal(read.kind, 'result');
    assert.match(incomplete('result', read.flaws).sentence, /SUMMARY, FILES, PLAN-AFFECTED, STILL-OPEN/);
    const document = sentDocument(state, sender, half, read);
    assert.ok(document.includes(half));
    for (const field of ['SUMMARY', 'FILES', 'PLAN-AFFECTED', 'STILL-OPEN']) {
      assert.match(document, new RegExp(`^${field}: $`, 'm'));
    }
    const sheet = readSheet(state, about, document);
    const lines = document.split('\n');
    assert.deepEqual(
      sheet.flaws.map(({ flaw, line }) => [flaw.field, lines[line]]),
      ['SUMMARY', 'FILES', 'PLAN-AFFECTED', 'STILL-OPEN'].map((field) => [field, `${field}: `]),
    );
    assert.equal(lines[sheet.line], 'SUMMARY: ', 'writing begins at the first thing missing');
  });

  it('T4: its quick fixes make a result that is taken', () => {
    const history = given();
    const text = mended(
      history,
      sentDocument(history.state, sender, half, readSent(history.state, sender, half)),
    );
    const { asks, flaws } = readSheet(history.state, about, text);
    assert.deepEqual(flaws, []);
    assert.ok('act' in asks && asks.act.type === 'submit');
    history.does({ seat: 'worker', worker: 1, enteredBy: 'user' }, asks.act);
    assert.equal(at(history.state.results, 1)?.packet.open.length, 0);
  });

  it('P6: an incomplete question names OPTIONS and RECOMMENDED, and asks for an act that sends it back', () => {
    const { state } = given();
    const read = readSent(state, sender, 'QUESTION: Which?\nCONTEXT: Both.\nFILES: none\nBLOCKING: maybe');
    assert.deepEqual(
      read.flaws.map(({ field }) => field),
      ['OPTIONS', 'RECOMMENDED', 'BLOCKING'],
    );
    assert.equal(read.act?.type, 'ask');
  });

  it('T8: it is for the task it names, and nobody else’s', () => {
    const { state } = given();
    const code = (text: string, by = sender): string | undefined => readSent(state, by, text).refusal?.code;
    assert.equal(code('PROGRESS: half\nFOR-TASK: 1.1'), undefined);
    assert.equal(code('PROGRESS: half\nFOR-TASK: 9.1'), 'unknown-task');
    assert.equal(code('PROGRESS: half\nFOR-TASK: 1.2'), 'unknown-task');
    assert.equal(code('PROGRESS: half\nFOR-TASK: the first'), 'unknown-task');
    assert.equal(code('PROGRESS: half\nFOR-TASK: 1.1', { worker: 2, dispatch: 1 }), 'unknown-task');
  });

  it('is refused by field where it is longer than is taken, and as nothing where it is no packet', () => {
    const { state } = given();
    const long = readSent(state, sender, `${half}\nSUMMARY: ${'x'.repeat(20_001)}`);
    assert.deepEqual(
      long.flaws.map(({ field, why }) => [field, why.includes('20000')]),
      [['SUMMARY', true]],
    );
    assert.equal(long.refusal?.code, 'sent-incomplete');
    assert.equal(readSent(state, sender, `PROGRESS: ${'x'.repeat(4_001)}`).refusal?.code, 'sent-incomplete');
    assert.equal(readSent(state, sender, 'PROGRESS:').refusal?.code, 'sent-unread');
    assert.equal(readSent(state, sender, 'I am done.').refusal?.code, 'sent-unread');
  });

  it('shows what hides, and reads it as it came', () => {
    const { state } = given();
    const summary = 'red \u001b[31m and \u202e back \u0000 half \ud83d';
    const text = `${half}\nSUMMARY: ${summary}`;
    const document = sentDocument(state, sender, text, readSent(state, sender, text));
    assert.equal(hidesSomething(document), false);
    const { asks } = readSheet(state, about, document);
    assert.ok('act' in asks && asks.act.type === 'submit');
    assert.equal(asks.act.packet.summary, summary);
  });
});
