import type { cadenceCalls } from '../contract/cadenceCalls.ts';
import type { Handlers } from './call.ts';
import { defined } from './defined.ts';
import { asks } from './leadActs.ts';

export const cadenceHandlers: Handlers<keyof typeof cadenceCalls> = {
  no_op: asks('no_op', ({ note }) => ({ type: 'no-op', ...defined({ note }) })),
  nudge: asks('nudge', ({ dispatch, reason }) => ({ type: 'nudge', dispatch, reason })),
  give_time: asks('give_time', ({ dispatch, minutes, reason }) => ({
    type: 'give-time',
    dispatch,
    minutes,
    reason,
  })),
  feedback: asks('feedback', ({ dispatch, words }) => ({ type: 'feedback', dispatch, words })),
};
