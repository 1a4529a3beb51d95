import assert from 'node:assert/strict';
import type { Recorded } from '../../../src/contract/events.ts';
import type { State } from '../../../src/core/state.ts';
import { actorName, type Actor } from '../../../src/contract/actor.ts';
import type { ActName } from '../../../src/contract/acts.ts';
import { coalesced, noticesOf, type Notice } from '../../../src/editor/notices.ts';
import { judged, nothing, packet } from '../core/drafts.ts';
import { dispatched, finished, released, resulted, together } from '../core/given.ts';
import { orchestrator, user, worker, type History } from '../core/history.ts';

const question = {
  question: 'Which error?',
  context: 'Two are in use.',
  files: [],
  options: ['RangeError', 'TypeError'],
  recommended: 'RangeError',
  blocking: true,
};

/** The notices of what happens in `acts`, told as one piece. */
function told(history: History, acts: () => void): readonly Notice[] {
  const before: State = history.state;
  const from = history.events.length;
  acts();
  const events = history.events
    .slice(from)
    .map((event): Recorded => ({ at: 0, actor: 'user', command: '', event }));
  return noticesOf(before, history.state, events);
}

const kinds = (notices: readonly Notice[]): readonly string[] =>
  notices.map(({ kind, about }) => `${kind} ${about}`);

describe('P10: notifications', () => {
  it('P10: of a whole orchestration there is one for each of its five cases, and none for anything else', () => {
    const history = together(['src/a.ts'], ['src/b.ts']);
    const counted = new Map<string, number>();
    let before = history.state;
    const tell = (by: string, acts: () => void): void => {
      const from = history.events.length;
      acts();
      const events = history.events
        .slice(from)
        .map((event): Recorded => ({ at: 0, actor: by, command: '', event }));
      for (const { kind } of noticesOf(before, history.state, events))
        counted.set(kind, (counted.get(kind) ?? 0) + 1);
      before = history.state;
    };
    const token = { tokenHash: 'f'.repeat(64), expires: 9e12 };
    const [web, hand] = [worker(1), worker(3)];
    const [first, second] = [
      { dispatch: 1, epoch: 1 },
      { dispatch: 2, epoch: 1 },
    ];
    const side = (n: number, dispatch: number) => ({ kind: 'worker', worker: n, dispatch });
    const answer = { chosen: 'RangeError', rationale: 'It fits', constraints: 'none', nextStep: 'Go on' };
    const steps: readonly (readonly [Actor, { readonly type: ActName } & Record<string, unknown>])[] = [
      [web, { type: 'acknowledge', ...first }],
      [hand, { type: 'acknowledge', ...second }],
      [web, { type: 'progress', ...first, text: 'Half of it is in' }],
      [orchestrator, { type: 'no-op' }],
      [orchestrator, { type: 'feedback', dispatch: 1, words: 'Mind the sill' }],
      [orchestrator, { type: 'nudge', dispatch: 1, reason: 'Status?' }],
      [web, { type: 'hear', ...first }],
      [web, { type: 'ask', ...first, packet: { ...question, blocking: 'no' } }],
      [web, { type: 'ask', ...first, packet: { ...question, blocking: 'yes' } }],
      [orchestrator, { type: 'answer', question: 1, answer }],
      [orchestrator, { type: 'answer', question: 2, answer }],
      [web, { type: 'request-scope', ...first, paths: ['src/e.ts'], reason: 'It is used there' }],
      [orchestrator, { type: 'decline-request', request: 1, reason: 'Not yours' }],
      [{ seat: 'keeper' }, { type: 'note-silent', dispatch: 2, lastContact: 1 }],
      [orchestrator, { type: 'nudge', dispatch: 2, reason: 'Nothing was heard of you' }],
      [{ seat: 'keeper' }, { type: 'note-back', dispatch: 2 }],
      [{ seat: 'keeper' }, { type: 'renew-token', worker: 3, ...token, exposed: true }],
      [{ seat: 'keeper' }, { type: 'note-reconnected', worker: 3 }],
      [
        orchestrator,
        { type: 'open-conflict', files: ['src/a.ts'], sides: [side(1, 1), side(3, 2)], noticed: 'Both' },
      ],
      [orchestrator, { type: 'assign-owner', conflict: 1, side: 1, reason: 'It came first' }],
      [
        orchestrator,
        {
          type: 'set-merge-path',
          conflict: 1,
          path: 'owner-first',
          words: 'The other waits',
          work: 'nothing',
        },
      ],
      [
        orchestrator,
        {
          type: 'give-evidence',
          conflict: 1,
          contract: 'The same',
          regression: { command: 'npm test', result: '12 passing' },
        },
      ],
      [orchestrator, { type: 'resume', conflict: 1, reason: 'Settled' }],
      [
        web,
        { type: 'submit', ...first, packet: nothing({ files: [], stillOpen: ['The sensor is not read'] }) },
      ],
      [orchestrator, { type: 'approve', result: 1, judged }],
      [hand, { type: 'submit', ...second, packet: nothing({ files: [] }) }],
      [orchestrator, { type: 'reject', result: 2, reason: 'Thin', missing: 'the run', next: 'Run it' }],
      [hand, { type: 'submit', dispatch: 2, epoch: 2, packet: nothing({ files: [] }) }],
      [orchestrator, { type: 'approve', result: 3, judged }],
      [orchestrator, { type: 'reconcile', todo: 3, role: 'code', packet: packet('Read the sensor') }],
      [orchestrator, { type: 'drop-todo', todo: 3, reason: 'No' }],
      [user, { type: 'drop-todo', todo: 3, reason: 'No' }],
      [user, { type: 'close' }],
    ];
    for (const [by, act] of steps) tell(actorName(by), () => void history.ask(by, act));
    assert.notEqual(history.state.orchestration?.closedAt, undefined, 'it came to its end');
    assert.deepEqual(Object.fromEntries(counted), {
      question: 1,
      silent: 1,
      conflict: 1,
      proposal: 1,
      idle: 1,
    });
  });

  it('P10: say what the user’s own word has to be carried to by hand, and nothing of what an agent says', () => {
    const history = released('Refuse a negative depth');
    history.does(user, {
      type: 'add-worker',
      name: 'carver',
      role: 'code',
      runs: { kind: 'by-hand', where: 'here' },
    });
    const before = history.state;
    history.does(orchestrator, { type: 'dispatch', worker: 3 });
    const sent = history.recorded.slice(-1).map((one): Recorded => ({ ...one, command: '' }));
    for (const actor of ['orchestrator', 'user'])
      assert.deepEqual(noticesOf(before, history.state, [{ ...sent[0], actor } as Recorded]), []);
    const carver = { seat: 'worker', worker: 3, enteredBy: 'user' } as const;
    history.does(carver, { type: 'ask', dispatch: 1, epoch: 1, packet: question });
    const spoken = { chosen: 'RangeError', rationale: 'It fits', constraints: 'none', nextStep: 'Go on' };
    const answered = told(history, () => history.does(user, { type: 'answer', question: 1, answer: spoken }));
    assert.deepEqual(
      answered.map(({ button, command }) => [button, command]),
      [['Copy the Answer', 'lockkeeper.copyAnswer']],
    );
    history.does(carver, { type: 'submit', dispatch: 1, epoch: 1, packet: nothing() });
    const rejected = told(history, () =>
      history.does(user, { type: 'reject', result: 1, reason: 'Thin', missing: 'the run', next: 'Run it' }),
    );
    assert.deepEqual(
      rejected.map(({ button, command }) => [button, command]),
      [['Copy the Packet', 'lockkeeper.copyPacket']],
    );
    const [last] = history.recorded.slice(-1);
    const byAgent = { ...last, command: '', actor: 'orchestrator' } as Recorded;
    assert.deepEqual(noticesOf(before, history.state, [byAgent]), []);
  });

  it('are shown for a blocking question, and not for another one', () => {
    const history = released('Refuse a negative depth');
    const task = dispatched(history);
    const ask = (blocking: boolean) => () =>
      history.does(worker(1), { type: 'ask', ...task, packet: { ...question, blocking } });
    assert.deepEqual(kinds(told(history, ask(true))), ['question 1']);
    assert.deepEqual(kinds(told(history, ask(false))), []);
  });

  it('wait while a question is back with its worker', () => {
    const history = released('Refuse a negative depth');
    const task = dispatched(history);
    const half = { question: 'Which error?', blocking: true };
    const asked = told(history, () => history.ask(worker(1), { type: 'ask', ...task, packet: half }));
    assert.deepEqual(kinds(asked), []);
    const again = told(history, () =>
      history.does(worker(1), { type: 'ask', ...task, packet: question, revises: 1 }),
    );
    assert.deepEqual(kinds(again), ['question 1']);
  });

  it('are shown for a silent worker and for a proposal', () => {
    const history = released('Refuse a negative depth');
    resulted(history, nothing({ stillOpen: ['README.md is silent'] }));
    const proposed = told(history, () =>
      history.ask(orchestrator, { type: 'drop-todo', todo: 2, reason: 'No need.' }),
    );
    assert.deepEqual(kinds(proposed), ['proposal 1']);
    const other = released('Refuse a negative depth');
    dispatched(other);
    const silent = told(other, () =>
      other.does({ seat: 'keeper' }, { type: 'note-silent', dispatch: 1, lastContact: 1 }),
    );
    assert.deepEqual(kinds(silent), ['silent 1']);
    assert.match(silent[0]?.text ?? '', /TODO 1 with web is silent/);
  });

  it('are not shown for what is settled by the time it is told', () => {
    const history = released('Refuse a negative depth', 'Refuse an empty chamber');
    const result = resulted(history, nothing({ stillOpen: ['README.md is silent'] }));
    history.does(orchestrator, {
      type: 'reject',
      result,
      reason: 'Thin',
      missing: 'the run',
      next: 'Run it',
    });
    const again = { dispatch: 1, epoch: 2 };
    const settled = told(history, () => {
      history.does({ seat: 'keeper' }, { type: 'note-silent', dispatch: 1, lastContact: 1 });
      history.does(worker(1), { type: 'ask', ...again, packet: question });
      history.ask(orchestrator, { type: 'drop-todo', todo: 3, reason: 'No need.' });
      history.does(user, { type: 'drop-todo', todo: 3, reason: 'No need.' });
      history.does({ seat: 'keeper' }, { type: 'note-back', dispatch: 1 });
      history.does(user, { type: 'withdraw', dispatch: 1, reason: 'Another way' });
    });
    assert.deepEqual(kinds(settled), []);
  });

  it('are shown once when nothing is left that can be dispatched, and not before the first dispatch', () => {
    const history = released('Refuse a negative depth');
    history.does(user, { type: 'add-step', title: 'Write', role: 'docs', tasks: [packet('Write it')] });
    assert.deepEqual(kinds(told(history, () => finished(history))), ['idle 0']);
    assert.deepEqual(
      kinds(told(history, () => history.ask(user, { type: 'plan-stands', result: 9, reason: 'x' }))),
      [],
    );
    const fresh = told(history, () => history.does(user, { type: 'release' }));
    assert.deepEqual(kinds(fresh), []);
  });

  it('are one where several of a kind come at once, and lead to the Inbox', () => {
    const history = released('Refuse a negative depth');
    const task = dispatched(history);
    const both = told(history, () => {
      for (const words of ['Which error?', 'Which message?']) {
        history.does(worker(1), { type: 'ask', ...task, packet: { ...question, question: words } });
      }
    });
    const [one, ...others] = coalesced(both);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [one?.text, one?.command],
      ['2 blocking questions wait for an answer.', 'lockkeeper.inbox.focus'],
    );
  });

  it('turn no words of an agent into a link', () => {
    const history = released('Refuse a negative depth');
    const task = dispatched(history);
    const words = 'See [here](command:workbench.action.terminal.new)';
    const notices = told(history, () =>
      history.does(worker(1), { type: 'ask', ...task, packet: { ...question, question: words } }),
    );
    assert.ok(!notices[0]?.text.includes(']('));
  });
});
