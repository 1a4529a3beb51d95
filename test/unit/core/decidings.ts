import type { Decisive } from '../../../src/core/decisive.ts';
import { evidence, open, owner, path, resume, first, second, two as meeting } from './conflicts.ts';
import { answer, asked, item, nothing, packet, tooThin, two } from './drafts.ts';
import { dispatched, finished, openItems, released, resulted, together } from './given.ts';
import { orchestrator, worker, type History } from './history.ts';
import { replan } from './replans.ts';

const reason = 'It must wait';
const lock = { type: 'lock-scope', scope: ['lib/'], holder: { kind: 'closed' }, reason } as const;
const thin = [{ field: 'CONTEXT', words: '', why: 'It does not say where', better: 'In src/gate.js:3 …' }];

function working(): History {
  const history = released(...two);
  dispatched(history);
  return history;
}

function asking(): History {
  const history = working();
  history.does(worker(1), { type: 'ask', dispatch: 1, epoch: 1, packet: asked });
  return history;
}

function requesting(): History {
  const history = together(['src/a/**'], ['src/b/**']);
  const wanted = { paths: ['docs/a.md'], reason: 'The test needs it' };
  history.does(worker(1), { type: 'request-scope', dispatch: 1, epoch: 1, ...wanted });
  return history;
}

function late(stillOpen: 'Nothing' | string[]): History {
  const history = working();
  history.does(orchestrator, { type: 'withdraw', dispatch: 1, reason });
  const packet = nothing({ stillOpen });
  history.does(worker(1), { type: 'submit', dispatch: 1, epoch: 1, packet });
  return history;
}

function disputing(): History {
  const history = meeting();
  history.does(orchestrator, open([first, second]));
  return history;
}

type Act = Parameters<History['does']>[1];
const after = (history: History, ...acts: readonly Act[]): History => {
  for (const act of acts) history.does(orchestrator, act);
  return history;
};

/** How an agent in the seat makes each decision there is, and how its row reads. */
export const decidings: Readonly<Record<Decisive, { make: () => History; reads: string }>> = {
  answered: {
    make: () => after(asking(), { type: 'answer', question: 1, answer }),
    reads: 'Answered question 1: gate | web has not heard it',
  },
  'question-returned': {
    make: () => after(asking(), { type: 'return-question', question: 1, missing: thin }),
    reads: 'Sent question 1 back: CONTEXT | web completes it',
  },
  approved: {
    make: () => {
      const history = released(...two);
      finished(history);
      return history;
    },
    reads: 'Approved result 1: The change is in and its test passes. | TODO 1 with web',
  },
  rejected: {
    make: () => {
      const history = released(...two);
      const result = resulted(history, nothing());
      return after(history, { type: 'reject', result, ...tooThin });
    },
    reads: 'Rejected result 1: Thin | TODO 1 with web',
  },
  'approval-undone': {
    make: () => {
      const history = released(...two);
      finished(history);
      history.facts = { revert: 'clean' };
      return after(history, { type: 'undo-approval', result: 1, reason });
    },
    reads: 'Took back the approval of result 1: It must wait | TODO 1 with web',
  },
  'plan-stood': {
    make: () => {
      const history = released(...two);
      finished(history, nothing({ planAffected: 'yes: it needs another tool' }));
      return after(history, { type: 'plan-stands', result: 1, reason });
    },
    reads: 'Let the plan stand after result 1: It must wait | ',
  },
  'late-result-noted': {
    make: () => after(late('Nothing'), { type: 'note-late-result', result: 1 }),
    reads: 'Noted late result 1 | TODO 1 with web',
  },
  dispatched: { make: working, reads: 'Dispatched TODO 1 with web | Add the first sluice' },
  withdrawn: {
    make: () => after(working(), { type: 'withdraw', dispatch: 1, reason }),
    reads: 'Withdrew TODO 1 with web | It must wait',
  },
  'time-given': {
    make: () => {
      const history = released(...two);
      history.workspace = { ...history.workspace, budgetMinutes: 20, budgetMostMinutes: 100 };
      dispatched(history);
      return after(history, { type: 'give-time', dispatch: 1, minutes: 10, reason });
    },
    reads: 'Gave TODO 1 with web 30 minutes in all | It must wait',
  },
  'todo-reconciled': {
    make: () => openItems(item),
    reads: 'Placed TODO 3 (“Settle the open point number 3”) | 1 of 2 on the list',
  },
  'todo-moved': {
    make: () => after(released(...two), { type: 'move-todo', todo: 1, reason }),
    reads: 'Moved TODO 1 (“Add the first sluice”): It must wait | 2 of 2 on the list',
  },
  'todo-merged': {
    make: () => after(released(...two), { type: 'merge-todo', todo: 2, into: 1, reason }),
    reads: 'Merged TODO 2 into TODO 1 (“Add the first sluice”) | It must wait',
  },
  'todo-split': {
    make: () => {
      const parts = [
        packet('Add its frame', { doneWhen: ['`npm test` passes and prints "Add the first sluice"'] }),
        packet('Add its wheel'),
      ];
      return after(released(...two), { type: 'split-todo', todo: 1, parts });
    },
    reads: 'Split TODO 1 (“Add the first sluice”) | into TODOs 3, 4',
  },
  'todo-dropped': {
    make: () => after(released(...two), { type: 'drop-todo', todo: 2, reason }),
    reads: 'Dropped TODO 2 (“Add the other sluice”) | It must wait',
  },
  'late-item-added': {
    make: () => after(late([item]), { type: 'add-late-item', result: 1, item: 1 }),
    reads: `Took TODO 3 (“${item}”) from a late result | 2 of 3 on the list`,
  },
  'step-released': {
    make: () => released(...two),
    reads: 'Released step 1 (“Build”) | 2 TODOs went on the list',
  },
  replanned: {
    make: () => after(released(...two), replan({ order: [2, 1] })),
    reads: 'Replanned: The sluice is built downstream | replan 1',
  },
  'scope-granted': {
    make: () => after(requesting(), { type: 'grant-scope', request: 1 }),
    reads: 'Gave web docs/a.md | The test needs it',
  },
  'request-declined': {
    make: () => after(requesting(), { type: 'decline-request', request: 1, reason }),
    reads: 'Refused web docs/a.md | It must wait',
  },
  'scope-locked': {
    make: () => after(released(...two), lock),
    reads: 'Locked lib/ for nobody (closed to all) | It must wait',
  },
  'lock-released': {
    make: () => after(released(...two), lock, { type: 'release-lock', lock: 1, reason: 'It is over' }),
    reads: 'Released the lock on lib/ | It is over',
  },
  'lock-handed-over': {
    make: () =>
      after(released(...two), lock, {
        type: 'hand-over-lock',
        lock: 1,
        holder: { kind: 'worker', worker: 2 },
        reason: 'It is documentation',
      }),
    reads: 'Handed lib/ over to scribe | It is documentation',
  },
  'conflict-opened': {
    make: disputing,
    reads: 'Opened conflict 1 over `src/a/x.ts` | Both wrote the file',
  },
  'owner-assigned': {
    make: () => after(disputing(), owner),
    reads: 'Named web owner in conflict 1 over `src/a/x.ts` | It was there first',
  },
  'merge-path-set': {
    make: () => after(disputing(), owner, path),
    reads: 'Set the merge path of conflict 1 over `src/a/x.ts` | The first one’s text stands',
  },
  resumed: {
    make: () => after(disputing(), owner, path, evidence, resume),
    reads: 'Ended conflict 1 over `src/a/x.ts`; all go on | Both rely on the same contract',
  },
  'orchestration-closed': {
    make: () => {
      const history = released('Add the first sluice');
      finished(history);
      return after(history, { type: 'close' });
    },
    reads: 'Closed orchestration 1 | A gate that closes',
  },
};

/** The user’s own word on what the agent decided, where the same act says it. */
export const overtakings: readonly (readonly [Decisive, Act])[] = [
  ['answered', { type: 'answer', question: 1, answer: { ...answer, chosen: 'sluice' } }],
  ['question-returned', { type: 'answer', question: 1, answer }],
  ['approved', { type: 'undo-approval', result: 1, reason }],
  ['dispatched', { type: 'withdraw', dispatch: 1, reason }],
  ['time-given', { type: 'withdraw', dispatch: 1, reason }],
  ['scope-granted', { type: 'withdraw', dispatch: 1, reason }],
  ['todo-moved', { type: 'move-todo', todo: 1, before: 2, reason }],
  ['todo-reconciled', { type: 'edit-todo', todo: 3, packet: packet('Settle it'), role: 'code' }],
  ['todo-reconciled', { type: 'drop-todo', todo: 3, reason }],
  ['late-item-added', { type: 'drop-todo', todo: 3, reason }],
  ['owner-assigned', { ...owner, side: 2 }],
  ['merge-path-set', { ...path, path: 'owner-first' }],
  ['merge-path-set', { ...owner, side: 2 }],
  ['scope-locked', { type: 'release-lock', lock: 1, reason }],
  ['scope-locked', { type: 'hand-over-lock', lock: 1, holder: { kind: 'user' }, reason }],
  ['lock-handed-over', { type: 'hand-over-lock', lock: 1, holder: { kind: 'user' }, reason }],
];
