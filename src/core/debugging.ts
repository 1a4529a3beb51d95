import { isDebug } from './debugMode.ts';
import { accept, refuse, type Deciders } from './decision.ts';
import { isBlank, todoName } from './labels.ts';
import { changeable, isDecision, noOrchestration } from './listed.ts';
import { openOrchestration } from './state.ts';
import { readCommand } from './verifyCommands.ts';

export const debugDeciders: Deciders<'debug-mode' | 'describe-bug'> = {
  /** P9: nobody leaves it but by the user's word, or it would be left whenever it asks for something. */
  'debug-mode': (state, { act, actor }) => {
    const open = openOrchestration(state);
    if (!open) return noOrchestration;
    const todo = act.todo === undefined ? undefined : changeable(state, act.todo);
    if (todo && isDecision(todo)) return todo;
    if (isBlank(act.reason)) {
      return refuse('no-reason', 'The reason is missing.', 'Say why debug mode begins or ends.');
    }
    if (!act.on && actor.seat !== 'user') {
      return refuse('user-only', 'Only the user ends debug mode.', 'Describe the bug, or ask the user.');
    }
    const what = todo ? todoName(todo) : 'The orchestration';
    if ((todo ? isDebug(state, todo) : open.debug === true) === act.on) {
      const standing = act.on ? 'is in debug mode already' : 'is not in debug mode';
      return refuse('debug-already', `${what} ${standing}.`, 'Nothing is to be done.');
    }
    return accept(
      [{ type: 'debug-turned', on: act.on, reason: act.reason, ...(todo ? { todo: todo.n } : {}) }],
      act.on
        ? `${what} is in debug mode: describe the bug before it is dispatched.`
        : `${what} is out of it.`,
    );
  },

  'describe-bug': (state, { act, actor }) => {
    const todo = changeable(state, act.todo);
    if (isDecision(todo)) return todo;
    if (!isDebug(state, todo)) {
      return refuse(
        'not-debug',
        `${todoName(todo)} is not in debug mode.`,
        'Turn debug mode on for it first.',
      );
    }
    // Or an agent would call a fix harmless that the user has called risky.
    if (actor.seat !== 'user' && todo.debug?.bug?.byUser) {
      return refuse(
        'user-only',
        `The user described the bug of ${todoName(todo)}, and that stands.`,
        'Dispatch it as it is described, or ask the user to describe it anew.',
      );
    }
    const { reproduction, risk, why, rollback } = act;
    const blank = [
      ['the command that reproduces it', reproduction.command],
      ['what the command shows', reproduction.shows],
      ['why the fix is risky or not', why],
      ...(rollback
        ? [
            ['what is watched', rollback.watch],
            ['which reading fires the rollback', rollback.reading],
            ['what is undone', rollback.undo],
            ...(rollback.command === undefined ? [] : [['the command that watches', rollback.command]]),
          ]
        : []),
    ].find(([, text]) => isBlank(text));
    if (blank)
      return refuse('bug-incomplete', `The bug lacks ${blank[0] ?? ''}.`, `Write ${blank[0] ?? ''}.`);
    const read = readCommand(reproduction.command);
    if ('why' in read) {
      return refuse(
        'reproduction-no-command',
        `The reproduction cannot be run: ${read.why}.`,
        'Write one command as it is typed, such as `npm test -- gate`.',
      );
    }
    // Or an agent would keep what can be run from being run.
    if ('seen' in read && actor.seat !== 'user') {
      return refuse(
        'reproduction-by-eye',
        'Only the user describes a bug that is seen by eye.',
        'Write a command that shows it, or ask the user to describe it.',
      );
    }
    if ('seen' in read && isBlank(read.seen)) {
      return refuse('bug-incomplete', 'The bug lacks what is to be seen.', 'Write it behind “by eye:”.');
    }
    const watching = rollback?.command === undefined ? undefined : readCommand(rollback.command);
    if (watching && !('argv' in watching)) {
      return refuse(
        'watch-no-command',
        `What is watched cannot be run: ${'why' in watching ? watching.why : 'it is seen by eye'}.`,
        'Write one command as it is typed, or leave it out and say in words what is watched.',
      );
    }
    if (risk === 'risky' && !rollback) {
      return refuse(
        'no-rollback',
        `The fix of ${todoName(todo)} is called risky, and has no rollback trigger.`,
        'Say what is watched, which reading fires it, and what is undone then.',
      );
    }
    return accept(
      [
        {
          type: 'bug-described',
          todo: todo.n,
          reproduction,
          risk,
          why,
          ...(rollback ? { rollback } : {}),
        },
      ],
      `The bug of TODO ${todo.n} is described.`,
    );
  },
};
