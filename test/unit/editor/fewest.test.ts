import assert from 'node:assert/strict';
import { fewest, mostRows } from '../../../src/editor/asking/fewest.ts';

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    label: `TODO ${index + 1}`,
    description: `Paint the ladder of lock ${index + 1}`,
    detail: index % 2 === 0 ? 'waiting, code' : 'open item, docs',
    value: index + 1,
  }));
const values = (found: readonly { readonly value?: number }[]) => found.map(({ value }) => value);

describe('a pick out of many', () => {
  it('hands over all of a short list, and leaves the finding to VS Code', () => {
    assert.deepEqual(fewest(rows(mostRows))('ladder'), rows(mostRows));
  });

  it('hands over the first of a long one, and says how many there are besides', () => {
    const found = fewest(rows(10_000))('');
    assert.equal(found.length, mostRows + 1);
    assert.deepEqual(found.at(-1), { label: '9900 more: type words to find them', alwaysShow: true });
  });

  it('finds by every word, in number, words and standing, in any order and case', () => {
    const find = fewest(rows(10_000));
    assert.deepEqual(values(find('lock 7342')), [7342]);
    assert.deepEqual(values(find('  7342   PAINT ')), [7342]);
    assert.deepEqual(
      values(find('docs 734 item lock')),
      [734, 1734, 2734, 3734, 4734, 5734, 6734, 7340, 7342, 7344, 7346, 7348, 7734, 8734, 9734],
    );
    assert.deepEqual(find('bollard'), []);
  });
});
