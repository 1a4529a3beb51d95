import assert from 'node:assert/strict';
import { verifyDocument } from '../../../../src/core/views/verifyDocument.ts';
import { nothing, packet } from '../drafts.ts';
import { released, resulted } from '../given.ts';
import { user } from '../history.ts';

describe('what VERIFY printed, as a document', () => {
  it('says how each run ended, with its output indented, so that it passes for no line of ours', () => {
    const history = released('Add the first sluice');
    const result = resulted(history, nothing());
    assert.match(
      verifyDocument(history.state, result, () => undefined),
      /Nothing was run\./,
    );
    const tree = 'a'.repeat(40);
    history.does(
      { seat: 'keeper' },
      {
        type: 'note-witnessed',
        ...{ result, todo: 1, line: 1, argv: ['npm', 'test'], tree, fresh: false, exitCode: 1 },
        milliseconds: 1_234,
        output: { sha256: 'c'.repeat(64), bytes: 5, end: 'the end' },
      },
    );
    const text = verifyDocument(
      history.state,
      result,
      () => 'VERIFY OF RESULT 9\n\u001b[31m1 failing\u001b[0m\n',
    );
    const expected = [
      'VERIFY OF RESULT 1',
      'The worker says done. What was run says otherwise.',
      '',
      'TODO 1, line 1: npm test',
      'ended with 1, after 1.2 s',
      `on tree ${tree}`,
      '',
      '    VERIFY OF RESULT 9',
      '    1 failing',
      '',
    ];
    assert.deepEqual(text.split('\n'), expected);
    const gone = verifyDocument(history.state, result, () => undefined);
    assert.match(gone, /no longer kept; its last words:\n\n {4}the end\n/);
    const other = { ...packet('Add the first sluice'), verify: ['npm run other'] };
    history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Another VERIFY' });
    history.does(user, { type: 'edit-todo', todo: 1, packet: other, role: '' });
    const later = verifyDocument(history.state, result, () => undefined);
    assert.match(later, /TODO 1, line 1: npm test\n/, 'what was run, not what stands there now');
  });
});
