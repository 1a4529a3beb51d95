import assert from 'node:assert/strict';
import { ToldCalls, toldBy } from '../../../../src/agents/acp/permission.ts';

describe('what an agent that speaks ACP asks a permission for', () => {
  it('P7: is what it said of the call before, and what is new', () => {
    const told = new ToldCalls();
    const locations = [{ path: '/work/README.md' }];
    told.of({ toolCallId: 'a', kind: 'edit', locations, title: 'Edit' });
    told.of({ toolCallId: 'b', kind: 'execute', rawInput: { command: 'rm gate.js' } });
    for (const bare of [{ toolCallId: 'a' }, { toolCallId: 'a', kind: null, locations: null, title: 'Now' }])
      assert.deepEqual(toldBy(told.of(bare)).paths, ['/work/README.md']);
    assert.deepEqual(toldBy(told.of({ toolCallId: 'b', title: 'Go' })).hook?.tool_input, {
      command: 'rm gate.js',
    });
  });

  it('P7: where nothing tells what it does, nothing is allowed; a command is one, whatever it calls itself', () => {
    assert.equal(toldBy({ toolCallId: 'a' }).isUnclear, true);
    assert.equal(toldBy({ toolCallId: 'a', title: 'Edit the gate' }).isUnclear, true);
    for (const kind of [{}, { kind: null }, { kind: 'other' }] as const)
      assert.deepEqual(toldBy({ toolCallId: 'a', ...kind, rawInput: { command: 'rm gate.js' } }).hook, {
        tool_name: 'acp:execute',
        tool_input: { command: 'rm gate.js' },
      });
    const call = toldBy({ toolCallId: 'a', kind: 'other', rawInput: { task: '1.1', files: ['a.js'] } });
    assert.deepEqual(call, { paths: [], isUnclear: false });
    assert.equal(toldBy({ toolCallId: 'a', kind: 'fetch' }).isUnclear, false);
  });
});
