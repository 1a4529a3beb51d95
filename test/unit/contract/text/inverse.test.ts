import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answerText, parseAnswer } from '../../../../src/contract/text/answerText.ts';
import { handedText, parseHanded, parsePacket } from '../../../../src/contract/text/packetParse.ts';
import { packetForm, packetText } from '../../../../src/contract/text/packetText.ts';
import { parseProgress, progressText } from '../../../../src/contract/text/progressText.ts';
import { parseQuestion, questionText } from '../../../../src/contract/text/questionText.ts';
import { parseResult, resultText } from '../../../../src/contract/text/resultText.ts';
import {
  parseRejection,
  parseReturn,
  rejectionText,
  returnText,
} from '../../../../src/contract/text/sentBackText.ts';
import { answer, flaws, packet, question, rejection, result, task, text } from './anyPacket.ts';

const runs = { numRuns: 500 };
const n = fc.integer({ min: 1, max: 999 });

/** What a person or a mail program does to a text that is still read as it was meant. */
const around: readonly ((printed: string) => string)[] = [
  (printed) => printed,
  (printed) => printed.replaceAll('\n', '\r\n'),
  (printed) => `Here it is, as you asked.\n\n${printed}`,
  (printed) => `Done!\n\n\`\`\`text\n${printed}\n\`\`\`\n\nTell me if anything is missing.`,
  (printed) => `On Monday you wrote:\n${printed.replaceAll(/^/gm, '> ')}\n\nThat was it.`,
  (printed) => printed.replaceAll(/^([A-Z][A-Z-]*):/gm, '**$1:**'),
  (printed) => printed.replaceAll(/^([A-Z][A-Z-]*):/gm, '## $1:'),
  (printed) => printed.replaceAll(/^([A-Z][A-Z-]*):/gm, '7. $1:'),
  (printed) => printed.replaceAll(/^([A-Z][A-Z-]*):/gm, (name) => name.toLowerCase().replaceAll('-', ' ')),
];

/** The fields of a printed packet in another order; all that belongs to a field stands deeper or is blank. */
function shuffled(printed: string, random: readonly number[]): string {
  const parts = printed.split(/\n(?=[A-Z][A-Z-]*:)/);
  return parts
    .map((part, index) => ({ part, key: random[index % random.length] ?? 0 }))
    .sort((left, right) => left.key - right.key)
    .map(({ part }) => part)
    .join('\n');
}

function isInverse<T>(
  given: fc.Arbitrary<T>,
  print: (value: T) => string,
  parse: (text: string) => unknown,
): void {
  const order = fc.array(fc.nat(), { minLength: 3, maxLength: 9 });
  const dress = fc.constantFrom(...around);
  fc.assert(
    fc.property(given, order, dress, (value, random, dressed) => {
      assert.deepEqual(parse(print(value)), value);
      assert.deepEqual(parse(dressed(shuffled(print(value), random))), value);
    }),
    runs,
  );
}

describe('the text of a packet, and back, whatever its words look like and what stands around it', () => {
  it('P4: of a packet', () => {
    isInverse(packet, packetText, (printed) => parsePacket(printed).draft);
    fc.assert(
      fc.property(packet, (value) => {
        const { draft } = parsePacket(packetForm(value));
        for (const [name, entries] of Object.entries(value)) {
          const isEmpty = entries.length === 0 && Array.isArray(entries);
          assert.deepEqual(draft[name as keyof typeof draft], isEmpty ? undefined : entries);
        }
      }),
      runs,
    );
  });

  it('T6: of a packet as it is handed out', () => {
    isInverse(fc.record({ task, packet, context: text }, { noNullPrototype: true }), handedText, parseHanded);
  });

  it('P6: of a question', () => {
    const sent = fc.record(
      { task, revises: n, packet: question },
      { noNullPrototype: true, requiredKeys: ['packet'] },
    );
    isInverse(sent, questionText, (printed) => {
      const { fields: _, ...read } = parseQuestion(printed);
      return read;
    });
  });

  it('P6: of an answer', () => {
    isInverse(fc.record({ task, question: n, answer }, { noNullPrototype: true }), answerText, parseAnswer);
  });

  it('T4: of a result', () => {
    const sent = fc.record({ task, packet: result }, { noNullPrototype: true, requiredKeys: ['packet'] });
    isInverse(
      sent,
      (value) => resultText(value),
      (printed) => {
        const { fields: _, unread, task: named, packet: read } = parseResult(printed);
        assert.deepEqual(unread, []);
        const { stillOpen, earlierItems = [], bundle = [], ...rest } = read;
        const open = stillOpen === 'Nothing' ? [] : stillOpen;
        return {
          ...(named === undefined ? {} : { task: named }),
          packet: { ...rest, open, earlierItems, bundle },
        };
      },
    );
  });

  it('P10: of progress', () => {
    const sent = fc.record({ task, text }, { noNullPrototype: true, requiredKeys: ['text'] });
    isInverse(sent, progressText, (printed) => {
      const { fields: _, ...read } = parseProgress(printed);
      return read;
    });
  });

  it('P8: of a rejection', () => isInverse(rejection, rejectionText, parseRejection));

  it('P6: of a question that is sent back', () => {
    const sent = fc.record({ task, question: n, missing: flaws }, { noNullPrototype: true });
    isInverse(sent, returnText, parseReturn);
  });
});
