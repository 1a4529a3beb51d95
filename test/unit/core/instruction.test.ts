import assert from 'node:assert/strict';
import { acts, type ActName } from '../../../src/contract/acts.ts';
import { closingReasons } from '../../../src/core/closing.ts';
import { isRefused } from '../../../src/core/decision.ts';
import { gateReasons } from '../../../src/core/gate.ts';
import { mayWrite } from '../../../src/core/ownership.ts';
import { inbox } from '../../../src/core/views/inbox.ts';
import { nextAction } from '../../../src/core/views/nextAction.ts';
import { at } from '../../../src/core/table.ts';
import { authority } from '../../../src/desk/authority.ts';
import { asked, judged, item, nothing, packet } from './drafts.ts';
import { dispatched, finished, planned, released, resulted, together, twoSteps } from './given.ts';
import { History, orchestrator, user, worker } from './history.ts';

const words = '  Stop: the gate must open *downstream*,\nnot up. No “quick” fixes!  ';
const instruct = { type: 'instruct', words } as const;
const carryOn = (instruction: number) => ({ type: 'carry-on', instruction }) as const;
const reason = 'The user said so';

/** What goes on while one stands: the user's word, what takes away, and what is received. */
const goesOn: readonly ActName[] = [
  'instruct',
  'carry-on',
  'replan',
  'withdraw',
  'drop-todo',
  'submit',
  'progress',
  'ask',
  'hear-answer',
  'remove-worker',
  'take-seat-back',
  'revoke-command',
];

describe('an instruction of the user', () => {
  it('T2: is taken whatever stands: before a start, with work live, in review, in conflict, after the end', () => {
    const live = released('Add the first sluice');
    dispatched(live);
    const review = released('Add the first sluice');
    resulted(review, nothing());
    const dispute = together(['src/a/**'], ['src/b/**']);
    dispute.does(user, {
      type: 'open-conflict',
      files: ['src/a/x.ts'],
      sides: [{ kind: 'worker', worker: 1, dispatch: 1 }, { kind: 'user' }],
      noticed: reason,
    });
    const over = planned('Add the first sluice');
    over.does(user, { type: 'close' });
    for (const history of [new History(), planned('Add the first sluice'), live, review, dispute, over]) {
      history.does(user, instruct);
      history.does(user, instruct);
      assert.deepEqual(history.state.instructed, [1, 2]);
      assert.equal(at(history.state.instructions, 1)?.words, words, 'unaltered');
    }
  });

  it('T2: says something; nobody but the user says it', () => {
    const history = planned('Add the first sluice');
    history.isRefused('instruction-blank', user, { type: 'instruct', words: ' \n' });
    history.isRefused('user-only', orchestrator, instruct);
    history.isRefused('not-a-workers', worker(1), instruct);
    history.does(user, instruct);
    history.isRefused('user-only', orchestrator, carryOn(1));
    history.isRefused('not-a-workers', worker(1), carryOn(1));
  });

  it('T2: while it stands every act but those that end, take away or receive is refused in the user’s words', () => {
    const history = twoSteps('Add the first sluice', 'Add the other sluice');
    dispatched(history);
    history.does(user, instruct);
    const actorOf = { user, orchestrator, worker: worker(1) };
    let tried = 0;
    for (const type of Object.keys(acts) as ActName[]) {
      for (const seat of ['user', 'orchestrator', 'worker'] as const) {
        if (!authority[type].includes(seat) || goesOn.includes(type)) continue;
        // Refused before anything of it is read: what it holds does not matter.
        const said = history.stopped(actorOf[seat], { type });
        assert.equal(said.code, 'instruction-stands', `${seat} ${type}`);
        assert.ok(said.sentence.includes(`“${words}”`), 'the words stand in it as they were written');
        tried += 1;
      }
    }
    assert.ok(tried > 50, `${tried}`);
    assert.equal(history.state.live.length, 1);
  });

  it('T2: results, progress and questions are received; what a result left open is on the list, its verdict waits', () => {
    const history = released('Add the first sluice', 'Add the other sluice');
    const task = dispatched(history);
    history.does(user, instruct);
    history.does(worker(1), { type: 'progress', ...task, text: 'Half of it is in' });
    history.does(worker(1), { type: 'ask', ...task, packet: { ...asked, blocking: false } });
    history.does(worker(1), { type: 'submit', ...task, packet: nothing({ stillOpen: [item] }) });
    assert.deepEqual(history.state.list, [1, 3, 2]);
    history.isRefused('instruction-stands', user, { type: 'approve', result: 1, judged });
    history.isRefused('instruction-stands', orchestrator, {
      type: 'reconcile',
      todo: 3,
      packet: packet('Name the sluice in README.md'),
      role: 'code',
    });
    history.does(user, carryOn(1));
    history.does(user, { type: 'approve', result: 1, judged });
  });

  it('T2: work is withdrawn and dropped, by an agent too', () => {
    const history = released('Add the first sluice', 'Add the other sluice');
    dispatched(history);
    history.does(user, instruct);
    history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason });
    history.does(orchestrator, { type: 'drop-todo', todo: 2, reason });
    assert.deepEqual(history.state.list, [1]);
    assert.deepEqual(history.state.live, []);
  });

  it('T2: they end in order, each by its own word', () => {
    const history = released('Add the first sluice');
    history.isRefused('no-instruction', user, carryOn(1));
    history.does(user, instruct);
    history.does(user, { type: 'instruct', words: 'And tell me first.' });
    const said = history.isRefused('instruction-before', user, carryOn(2));
    assert.ok(said.sentence.includes(`“${words}”`));
    history.does(user, carryOn(1));
    history.isRefused('no-instruction', user, carryOn(1));
    const still = history.isRefused('instruction-stands', user, { type: 'dispatch', worker: 1 });
    assert.match(still.sentence, /And tell me first\./);
    history.does(user, carryOn(2));
    history.does(user, { type: 'dispatch', worker: 1 });
  });

  it('T2: no worker may write anything, and hears why in the user’s words', () => {
    const history = together(['src/a/**'], ['src/b/**']);
    history.does(user, instruct);
    for (const [n, file] of [
      [1, 'src/a/x.ts'],
      [3, 'src/b/x.ts'],
    ] as const) {
      const ruling = mayWrite(history.state, n, file, history.workspace);
      assert.ok(!ruling.allowed && ruling.code === 'instruction-stands');
      assert.ok(ruling.sentence.includes(`“${words}”`));
      assert.match(ruling.next, /^Stop now and change nothing more/);
    }
    history.does(user, carryOn(1));
    assert.ok(mayWrite(history.state, 1, 'src/a/x.ts', history.workspace).allowed);
  });

  it('T2: no override passes it, neither for a release nor for closing', () => {
    const history = twoSteps('Add the first sluice');
    finished(history);
    history.does(user, instruct);
    const override = { todos: [], results: [], questions: [], reason };
    history.isRefused('instruction-stands', user, { type: 'release', override });
    history.isRefused('instruction-stands', user, { type: 'close', override });
    assert.deepEqual(
      gateReasons(history.state).map(({ code }) => code),
      ['instruction'],
    );
    assert.deepEqual(
      closingReasons(history.state).map(({ code }) => code),
      ['instruction'],
    );
  });

  it('P2: it leads the Inbox and is the one next thing, whatever else waits', () => {
    const history = released('Add the first sluice');
    const task = dispatched(history);
    history.does(worker(1), { type: 'ask', ...task, packet: asked });
    history.does(user, instruct);
    assert.deepEqual(
      inbox(history.state).map(({ kind }) => kind),
      ['instruction', 'blocking-question'],
    );
    assert.equal(nextAction(history.state).kind, 'instruction');
    const before = new History();
    before.does(user, instruct);
    assert.equal(nextAction(before.state).kind, 'instruction', 'with nothing begun as well');
  });

  it('T7: work that an agent adds may name it', () => {
    const history = released('Add the first sluice');
    const add = (number: number) =>
      ({
        type: 'add-todo',
        packet: packet('Turn the gate round'),
        role: 'code',
        because: { kind: 'instruction', number },
      }) as const;
    history.isRefused('unknown-because', orchestrator, add(1));
    history.does(user, instruct);
    history.does(user, carryOn(1));
    history.does(orchestrator, add(1));
  });

  it('T6: what is dispatched after it has it in its CONTEXT', () => {
    const history = released('Add the first sluice');
    history.does(user, { type: 'instruct', words: 'Open it downstream.' });
    history.does(user, carryOn(1));
    const { dispatch } = dispatched(history);
    assert.match(
      at(history.state.dispatches, dispatch)?.context ?? '',
      /THE USER SAID:\n- Open it downstream\./,
    );
  });

  it('T2: what was stopped is not undone: nothing but the standing instruction keeps it', () => {
    const history = released('Add the first sluice');
    const task = dispatched(history);
    history.does(user, instruct);
    history.does(user, carryOn(1));
    assert.ok(!isRefused(history.ask(worker(1), { type: 'submit', ...task, packet: nothing() })));
  });
});
