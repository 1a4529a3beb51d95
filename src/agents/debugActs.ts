import type { debugCalls } from '../contract/debugCalls.ts';
import type { Handlers } from './call.ts';
import { defined } from './defined.ts';
import { asks } from './leadActs.ts';

export const debugHandlers: Handlers<keyof typeof debugCalls> = {
  debug_mode: asks('debug_mode', ({ todo, reason }) => ({
    type: 'debug-mode',
    on: true,
    reason,
    ...defined({ todo }),
  })),
  describe_bug: asks('describe_bug', ({ todo, command, shows, risk, why, rollback }) => ({
    type: 'describe-bug',
    todo,
    reproduction: { command, shows },
    risk,
    why,
    ...(rollback ? { rollback: { ...rollback, ...defined({ command: rollback.command }) } } : {}),
  })),
  fire_rollback: asks('fire_rollback', ({ todo, reading }) => ({ type: 'fire-rollback', todo, reading })),
};
