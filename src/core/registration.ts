import { accept, refuse, type Deciders } from './decision.ts';
import { isBlank, sameWords } from './labels.ts';
import { isByHand, wantsWord } from './state.ts';
import { at } from './table.ts';
import { locksOf } from './lock.ts';
import { withdrawal } from './withdrawal.ts';
import { presentWorkers } from './worker.ts';

type WorkerActs =
  | 'add-worker'
  | 'renew-token'
  | 'remove-worker'
  | 'lend-seat'
  | 'take-seat-back'
  | 'note-guarded'
  | 'note-reconnected'
  | 'note-unguarded'
  | 'note-seat-guard'
  | 'allow-unguarded';

export const workerDeciders: Deciders<WorkerActs> = {
  'add-worker': (state, { act }) => {
    const name = act.name.trim();
    if (isBlank(name)) return refuse('worker-nameless', 'The worker has no name.', 'Give it a short name.');
    if (/\p{C}/u.test(name)) {
      return refuse(
        'worker-name-unseen',
        'The name holds characters that cannot be seen.',
        'Use letters, digits and spaces.',
      );
    }
    if (isBlank(act.role))
      return refuse('worker-roleless', 'The worker has no role.', 'Say what it is good at.');
    if (presentWorkers(state).some((worker) => sameWords(worker.name, name))) {
      return refuse('worker-known', `There is a worker ${name} already.`, 'Choose another name.');
    }
    const { runs, tokenHash = '', expires = 0 } = act;
    if ((runs.kind === 'by-hand') !== (tokenHash === '')) {
      return runs.kind === 'by-hand'
        ? refuse('by-hand', `${name} works by hand and calls nothing.`, 'Register it without a token.')
        : refuse(
            'worker-tokenless',
            `${name} has no token to call with.`,
            'Register it with one, or as working by hand.',
          );
    }
    const worker = state.workers.size + 1;
    return accept(
      [{ type: 'worker-registered', worker, name, role: act.role.trim(), runs, tokenHash, expires }],
      `${name} is registered for ${act.role.trim()}.`,
      { worker },
    );
  },

  'renew-token': (state, { act }) => {
    const worker = at(state.workers, act.worker);
    if (!worker || worker.removed) return unknownWorker(act.worker);
    if (isByHand(worker)) {
      return refuse(
        'by-hand',
        `${worker.name} works by hand and has no token.`,
        'Copy its packet, and paste what it sends.',
      );
    }
    const { worker: n, tokenHash, expires, exposed } = act;
    return accept(
      [{ type: 'token-renewed', worker: n, tokenHash, expires, ...(exposed ? { exposed } : {}) }],
      `${worker.name} has a new token.`,
    );
  },

  'remove-worker': (state, { act }) => {
    const worker = at(state.workers, act.worker);
    if (!worker || worker.removed) return unknownWorker(act.worker);
    if (isBlank(act.reason)) return refuse('no-reason', 'The removal gives no reason.', 'Say why.');
    const live = state.live.filter((n) => at(state.dispatches, n)?.worker === act.worker);
    return accept(
      [
        ...live.flatMap((n) => withdrawal(state, n, `${worker.name} was removed: ${act.reason}`)),
        ...locksOf(state, act.worker, `${worker.name} was removed.`),
        { type: 'worker-removed', worker: act.worker, reason: act.reason },
      ],
      isByHand(worker)
        ? `${worker.name} is removed.`
        : `${worker.name} is removed and its token is worth nothing.`,
    );
  },

  /** P2: asked once, and no more once a guard has called. */
  'allow-unguarded': (state, { act }) => {
    const worker = at(state.workers, act.worker);
    if (!worker || worker.removed) return unknownWorker(act.worker);
    if (!wantsWord(worker)) {
      return refuse('needs-no-word', `${worker.name} gets work without that word.`, 'Dispatch to it.');
    }
    return accept(
      [{ type: 'unguarded-allowed', worker: act.worker }],
      `${worker.name} gets work although no guard holds it back.`,
    );
  },

  'lend-seat': (state, { act }) => {
    if (state.seat) {
      return refuse(
        'seat-lent',
        'The seat is lent already.',
        'Take it back first; there is one orchestrator.',
      );
    }
    const { tokenHash, expires } = act;
    return accept(
      [{ type: 'seat-lent', tokenHash, expires }],
      'The seat is lent; you can take it back at any time.',
    );
  },

  'take-seat-back': (state, { act }) =>
    state.seat
      ? accept([{ type: 'seat-taken-back', reason: act.reason }], 'The seat is yours again.')
      : refuse('seat-not-lent', 'The seat is not lent.', 'It is yours.'),

  'note-guarded': (state, { act }) => {
    const worker = at(state.workers, act.worker);
    const isNews =
      worker &&
      !worker.removed &&
      (worker.guarded !== true || (act.calls === true && worker.guardsCalls !== true));
    return accept(isNews ? [{ ...act, type: 'worker-guarded' }] : [], '');
  },

  /** P2: its hook is gone, or not trusted any more; nothing says so but that it is not heard. */
  'note-unguarded': (state, { act }) => {
    const worker = at(state.workers, act.worker);
    const isNews = worker?.guarded === true && worker.guardsCalls === true;
    return accept(isNews ? [{ type: 'worker-unguarded', worker: act.worker }] : [], '');
  },

  /** P2: the same of the seat. What was heard of once is not missed for want of more. */
  'note-seat-guard': (state, { act: { guard } }) => {
    const known = state.seat?.guard;
    const isNews = guard === 'gone' ? known === 'calls' : known !== guard && known !== 'calls';
    return accept(state.seat && isNews ? [{ type: 'seat-guard-noted', guard }] : [], '');
  },

  'note-reconnected': (state, { act }) => {
    const isNews = at(state.workers, act.worker)?.exposedAt !== undefined;
    return accept(isNews ? [{ type: 'worker-reconnected', worker: act.worker }] : [], '');
  },
};

function unknownWorker(n: number): ReturnType<typeof refuse> {
  return refuse('unknown-worker', `There is no worker ${n}.`, 'Name a registered worker.');
}
