import assert from 'node:assert/strict';
import { acts, type ActName } from '../../../src/contract/acts.ts';
import { cadenceCalls } from '../../../src/contract/cadenceCalls.ts';
import { debugCalls } from '../../../src/contract/debugCalls.ts';
import { leadCalls } from '../../../src/contract/leadCalls.ts';
import { planCalls } from '../../../src/contract/planCalls.ts';
import { ownershipCalls } from '../../../src/contract/ownershipCalls.ts';
import { workCalls } from '../../../src/contract/workCalls.ts';
import { authority, notAllowed } from '../../../src/desk/authority.ts';

const names = Object.keys(acts) as ActName[];
const alone: readonly ActName[] = [
  'start',
  'add-worker',
  'remove-worker',
  'allow-unguarded',
  'lend-seat',
  'dismiss-late-item',
  'decline-proposal',
  'name-writer',
  'allow-command',
  'revoke-command',
  'instruct',
  'carry-on',
  'leave-question',
];
const working: readonly ActName[] = [
  'acknowledge',
  'progress',
  'ask',
  'submit',
  'request-scope',
  'hear',
  'hear-answer',
];
const noticing: readonly ActName[] = [
  'note-silent',
  'note-back',
  'note-unacknowledged',
  'note-ended',
  'note-budget',
  'note-guarded',
  'note-reconnected',
  'note-unguarded',
  'note-seat-guard',
  'note-witnessed',
  'note-cancelled',
];
/** Who sees that two meet says so: a person, the orchestrator, and Lockkeeper itself. */
const seeing: readonly ActName[] = ['open-conflict'];
/** Lockkeeper itself makes worthless what a stranger may have been shown. */
const revoking: readonly ActName[] = ['renew-token', 'take-seat-back'];
const leading = names.filter((name) => ![...alone, ...working, ...noticing, ...revoking].includes(name));

describe('who may ask for what', () => {
  it('P12: every act has a row, and a seat that may ask for it', () => {
    assert.deepEqual(Object.keys(authority).sort(), [...names].sort());
    for (const name of names) assert.ok(authority[name].length > 0, name);
  });

  for (const name of names) {
    it(`T1: ${name} is for ${authority[name].join(' and ')}, and refused to every other seat by name`, () => {
      const expected = alone.includes(name)
        ? ['user']
        : working.includes(name)
          ? ['worker']
          : noticing.includes(name)
            ? ['keeper']
            : revoking.includes(name)
              ? ['user', 'keeper']
              : seeing.includes(name)
                ? ['user', 'orchestrator', 'keeper']
                : ['user', 'orchestrator'];
      for (const seat of ['user', 'orchestrator', 'worker', 'keeper'] as const) {
        const refusal = notAllowed(seat, name);
        assert.equal(refusal === undefined, expected.includes(seat), `${seat} and ${name}`);
        if (refusal) assert.ok(refusal.code && refusal.sentence.length > 10 && refusal.next.length > 5);
      }
    });
  }

  it('T1: the orchestrator’s seat takes no task and submits no result, nor does the user', () => {
    for (const name of working) {
      assert.equal(notAllowed('orchestrator', name)?.code, 'not-the-orchestrators');
      assert.equal(notAllowed('user', name)?.code, 'not-the-orchestrators');
    }
  });

  it('T3: no worker has an act on the list, the plan, a verdict or another worker', () => {
    for (const name of [...leading, ...alone]) {
      const refusal = notAllowed('worker', name);
      assert.equal(refusal?.code, 'not-a-workers');
      assert.ok(refusal.sentence.includes(name.replaceAll('-', ' ')), 'names the act');
    }
  });

  it('T3: the worker’s calls reach the worker’s acts alone, the orchestrator’s none that is the user’s', () => {
    const reached = (calls: object): string[] =>
      Object.values(calls as Record<string, { act?: string; also?: readonly string[] }>).flatMap(
        ({ act, also = [] }) => (act === undefined ? [] : [act, ...also]),
      );
    assert.deepEqual(reached(workCalls).sort(), [...working].sort());
    const asked = new Set(
      reached({ ...leadCalls, ...ownershipCalls, ...planCalls, ...cadenceCalls, ...debugCalls }),
    );
    assert.deepEqual([...asked].sort(), [...leading].sort());
  });

  it('T5: no call of an agent carries an override', () => {
    for (const [name, row] of Object.entries({
      ...leadCalls,
      ...ownershipCalls,
      ...cadenceCalls,
      ...planCalls,
      ...debugCalls,
      ...workCalls,
    })) {
      assert.equal(JSON.stringify(Object.keys(row.input.shape)).includes('override'), false, name);
      assert.equal(row.input.safeParse({ override: { todos: [1] } }).success, false, name);
    }
  });
});
