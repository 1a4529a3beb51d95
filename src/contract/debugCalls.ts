import * as z from 'zod';
import { adds, type CallRow } from './callRow.ts';
import { wireWords } from './wire.ts';
import { callId } from './workCalls.ts';

const todo = z.int().min(1).describe('The number of the TODO');
const words = wireWords.min(1);

/** Debug mode: what shows a bug is known before its fix goes out (P9). */
export const debugCalls = {
  debug_mode: {
    seat: 'orchestrator',
    act: 'debug-mode',
    title: 'Turn debug mode on',
    description: 'For a TODO, or the orchestration without one. Only the user ends it. Next: describe_bug.',
    hints: adds,
    input: z.strictObject({ todo: todo.optional(), reason: words, call_id: callId }),
  },
  describe_bug: {
    seat: 'orchestrator',
    act: 'describe-bug',
    title: 'Describe a bug',
    description:
      'What reproduces it, and how risky its fix is; a risky one, or one on a critical file, has a rollback trigger. ' +
      'Next: dispatch_todo.',
    hints: adds,
    input: z.strictObject({
      todo,
      command: words.describe('Reproduces it; one command line'),
      shows: words.describe('What it prints now'),
      risk: z.enum(['low', 'risky']),
      why: words.describe('Why it is risky or not'),
      rollback: z
        .strictObject({ watch: words, reading: words, undo: words, command: words.optional() })
        .optional()
        .describe('What is watched, by which command if any, which reading fires it, what is undone'),
      call_id: callId,
    }),
  },
  fire_rollback: {
    seat: 'orchestrator',
    act: 'fire-rollback',
    title: 'Say that a rollback trigger fired',
    description: 'Takes the approval back; what the user approved is proposed to the user.',
    hints: adds,
    input: z.strictObject({ todo, reading: words.describe('What was read'), call_id: callId }),
  },
} as const satisfies Record<string, CallRow>;
