import assert from 'node:assert/strict';
import { initial } from '../../../src/core/state.ts';
import { parsePackets } from '../../../src/contract/text/packetParse.ts';
import { packetDocument } from '../../../src/editor/packets/topic.ts';

describe('the document of a packet', () => {
  it('shows letters that pass for others as escapes, and is read as it was', () => {
    const draft = {
      task: 'Change src/p\u0430yment.ts',
      scope: ['src/p\u0430yment.ts', 'src/\u202epayment.ts \\u{61}'],
      notYourJob: ['docs/'],
      doneWhen: ['npm test prints 0 failing'],
      verify: ['npm test'],
      priority: 'normal',
    } as const;
    const text = packetDocument(initial, { kind: 'add', role: 'code' }, [
      {
        ...draft,
        scope: [...draft.scope],
        notYourJob: [],
        doneWhen: [...draft.doneWhen],
        verify: ['npm test'],
      },
    ]);
    assert.doesNotMatch(text, /[\u0430\u202e]/);
    const [read] = parsePackets(text);
    assert.equal(read?.draft.task, draft.task);
    assert.deepEqual(read?.draft.scope, draft.scope);
  });
});
