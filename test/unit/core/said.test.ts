import assert from 'node:assert/strict';
import fc from 'fast-check';
import { saidWith } from '../../../src/core/said.ts';
import { at } from '../../../src/core/table.ts';
import { asked, nothing } from './drafts.ts';
import { dispatched, released } from './given.ts';
import { orchestrator, worker, type History } from './history.ts';

/** A dispatch that has put nearly all it may on the record. */
function talkative(): { readonly history: History; readonly task: { dispatch: number; epoch: number } } {
  const history = released('Add the first sluice');
  const task = dispatched(history);
  const text = 'x'.repeat(4_000);
  for (let n = 0; n < 999; n += 1) history.does(worker(1), { type: 'progress', ...task, text });
  return { history, task };
}

describe('a worker that talks without end', () => {
  it('is not kept any more on this task, and its result is', () => {
    const { history, task } = talkative();
    history.does(worker(1), { type: 'progress', ...task, text: 'x'.repeat(4_000) });
    history.isRefused('said-too-much', worker(1), { type: 'progress', ...task, text: 'x' });
    history.isRefused('said-too-much', worker(1), { type: 'ask', ...task, packet: asked });
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
  });

  it('counts short lines, questions and results too', () => {
    const history = released('Add the first sluice');
    const task = dispatched(history);
    const said = (): number => at(history.state.dispatches, task.dispatch)?.said ?? 0;
    history.does(worker(1), { type: 'progress', ...task, text: '.' });
    assert.equal(said(), 64);
    history.does(worker(1), { type: 'ask', ...task, packet: { ...asked, blocking: false } });
    const withQuestion = said();
    assert.ok(withQuestion > 64 + 100);
    history.does(worker(1), { type: 'submit', ...task, packet: nothing() });
    assert.ok(said() > withQuestion + 100);
  });

  it('counts words as long as they are in JSON, whatever characters they hold', () => {
    const odd = fc.string({ unit: 'binary', minLength: 70, maxLength: 200 });
    const lone = fc.constantFrom('"', '\\', '\n', '\u0000', '\ud800', '\u2028', '\u007f', '[', ']', '!');
    const words = fc.oneof(
      fc.tuple(odd, lone).map(([text, one]) => `${text}${one}`),
      fc
        .constantFrom('[', ']', '!', '"', '\\', '\u001f', '\ue000', '\ud7ff', '\udfff')
        .map((one) => one.repeat(80)),
      fc.record({ context: odd }),
    );
    fc.assert(
      fc.property(words, (one) => {
        const { said } = saidWith(undefined, one);
        assert.equal(said, JSON.stringify(one).length);
        assert.equal(saidWith({ said: 5 } as never, one).said, said + 5);
      }),
    );
  });

  it('may send twenty late results of a task, and no more', () => {
    const history = released('Add the first sluice');
    const task = dispatched(history);
    history.does(orchestrator, { type: 'withdraw', dispatch: task.dispatch, reason: 'Another goes first' });
    for (let n = 1; n <= 20; n += 1)
      history.does(worker(1), { type: 'submit', ...task, packet: nothing({ summary: `Try ${n} is in.` }) });
    history.isRefused('late-too-often', worker(1), { type: 'submit', ...task, packet: nothing() });
    assert.equal(history.state.late.length, 20);
  });
});
