import assert from 'node:assert/strict';
import { parsePacket } from '../../../src/contract/text/packetParse.ts';
import { packetForm } from '../../../src/contract/text/packetText.ts';
import { placedFlaws } from '../../../src/editor/packets/flaws.ts';
import {
  packetAct,
  packetDocument,
  topicTitle,
  type PacketTopic,
} from '../../../src/editor/packets/topic.ts';
import { nothing, packet } from '../core/drafts.ts';
import { released, resulted } from '../core/given.ts';

/** The text with every flaw replaced by what its quick fix writes, one after another. */
function mended(text: string): string {
  let lines = text.split('\n');
  for (let round = 0; round < 20; round += 1) {
    const [first] = placedFlaws(parsePacket(lines.join('\n')), lines);
    if (!first) break;
    lines = [...lines.slice(0, first.line), ...first.mended.split('\n'), ...lines.slice(first.lastLine + 1)];
  }
  return lines.join('\n');
}

describe('P4: the flaws of a packet that is being written', () => {
  it('stand on the lines they are about', () => {
    const text = packetForm({
      ...packet('Refuse a negative depth'),
      doneWhen: ['it works', '`npm test` exits with 0'],
    });
    const lines = text.split('\n');
    const [flaw, ...others] = placedFlaws(parsePacket(text), lines);
    assert.deepEqual(others, []);
    assert.equal(flaw?.flaw.field, 'DONE-WHEN');
    assert.equal(lines[flaw.line], '- it works');
    assert.match(flaw.mended, /^- \S/);
  });

  it('are gone after their quick fixes, from an empty form too', () => {
    for (const draft of [{}, { task: 'Improve it' }, { ...packet('Refuse it all'), scope: [] }]) {
      const text = mended(packetForm(draft));
      assert.deepEqual(placedFlaws(parsePacket(text), text.split('\n')), [], text);
    }
  });

  it('are none where the packet does', () => {
    const text = packetForm(packet('Refuse a negative depth'));
    assert.deepEqual(placedFlaws(parsePacket(text), text.split('\n')), []);
  });
});

describe('T4: the document that reconciles an item', () => {
  const history = released('Refuse a negative depth');
  resulted(history, nothing({ stillOpen: ['README.md\u202e says nothing of it'] }));
  const about: PacketTopic = { kind: 'reconcile', todo: 2, role: 'docs', before: 1 };

  it('quotes the worker word for word, with nothing hidden', () => {
    const text = packetDocument(history.state, about, [packet('Write it into README.md')]);
    assert.match(
      text,
      /Left open by web in result 1, word for word:\n {4}> README\.md\\u\{202e\} says nothing of it/,
    );
    assert.equal(topicTitle(about), 'Reconcile TODO 2');
  });

  it('becomes the act with its place and role', () => {
    const written = parsePacket(packetDocument(history.state, about, [packet('Write it into README.md')]));
    const act = packetAct(about, [written.draft]);
    assert.deepEqual(act, {
      type: 'reconcile',
      todo: 2,
      role: 'docs',
      before: 1,
      packet: packet('Write it into README.md'),
    });
  });
});
