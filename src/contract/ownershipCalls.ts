import * as z from 'zod';
import { budget } from './budgetFields.ts';
import { adds, reads, records, takesAway, type CallRow } from './callRow.ts';
import { mergePaths } from './ownership.ts';
import { barePacket, wireName, wireWords } from './wire.ts';
import { callId } from './workCalls.ts';

const number = z.int().min(1);
const worker = z.union([number, wireName]);
const entry = z.string().min(1).max(400);
const scope = z.array(entry).min(1).max(200).describe('As in SCOPE');
const reason = wireWords.min(1);
const holder = worker.describe('A worker, "user", or "closed" for nobody at all');
const lock = number;
const conflict = number;
const side = worker;
const once = { call_id: callId };

/** Who owns which files: what the orchestrator can see and do about it. */
export const ownershipCalls = {
  list_scopes: {
    seat: 'orchestrator',
    title: 'List what is owned',
    description:
      'What somebody owns now: by a live dispatch, or locked by hand. Next: scope_lock, scope_release.',
    hints: reads,
    input: z.strictObject({}),
  },
  dispatch_side_by_side: {
    seat: 'orchestrator',
    act: 'dispatch-side-by-side',
    title: 'Dispatch side by side',
    description:
      'Sends TODOs from the head of the list at once, in order, each to its own worker, on scopes that do not ' +
      'overlap. Next: list_inbox now and then.',
    hints: adds,
    input: z.strictObject({
      parts: z
        .array(z.strictObject({ todo: number, worker, ...budget }))
        .min(2)
        .max(100),
      reason,
      ...once,
    }),
  },
  scope_lock: {
    seat: 'orchestrator',
    act: 'lock-scope',
    title: 'Lock files',
    description: 'Keeps files for somebody, or closed to all, until released; never for your own seat.',
    hints: records,
    input: z.strictObject({ scope, holder, reason, ...once }),
  },
  scope_release: {
    seat: 'orchestrator',
    act: 'release-lock',
    title: 'Release a lock',
    description: 'Ends a lock by hand, but for the user’s.',
    hints: takesAway,
    input: z.strictObject({ lock, reason, ...once }),
  },
  scope_hand_over: {
    seat: 'orchestrator',
    act: 'hand-over-lock',
    title: 'Hand a lock over',
    description: 'Gives a lock by hand to another holder, but for the user’s.',
    hints: takesAway,
    input: z.strictObject({ lock, holder, reason, ...once }),
  },
  open_conflict: {
    seat: 'orchestrator',
    act: 'open-conflict',
    title: 'Open a conflict',
    description:
      'Two sides in one file: opens a case and freezes the later one there at once. Next: conflict_resolve.',
    hints: records,
    input: z.strictObject({
      files: scope,
      sides: z.array(side).length(2).describe('Who came first, who later: a worker, "user" or "unknown"'),
      noticed: reason,
      ...once,
    }),
  },
  get_conflict: {
    seat: 'orchestrator',
    title: 'Get a conflict',
    description:
      'One conflict: its files, sides, who is frozen, and the steps done so far. Next: conflict_resolve.',
    hints: reads,
    input: z.strictObject({ conflict }),
  },
  conflict_resolve: {
    seat: 'orchestrator',
    act: 'assign-owner',
    also: ['set-merge-path', 'give-evidence', 'resume'],
    title: 'Work a conflict',
    description:
      'One step of a conflict, in order, none skipped: owner (owner, reason), path (path, words, work), evidence ' +
      '(contract, command, result), resume (reason). Where the user is a side, the user decides; but of a result that ' +
      'does not merge you may say that the user’s branch stands.',
    hints: records,
    input: z.strictObject({
      conflict,
      step: z.enum(['owner', 'path', 'evidence', 'resume']),
      owner: side.optional(),
      reason: wireWords.optional(),
      path: z.enum(mergePaths).optional(),
      words: wireWords.optional(),
      work: z
        .union([z.literal('nothing'), z.strictObject({ packet: barePacket, role: wireName })])
        .optional()
        .describe('The TODO that the path leaves to do, as in add_todo, or "nothing"'),
      contract: wireWords.optional().describe('What both rely on'),
      command: wireWords.optional(),
      result: wireWords.optional(),
      ...once,
    }),
  },
  grant_scope: {
    seat: 'orchestrator',
    act: 'grant-scope',
    title: 'Grant more files',
    description:
      'Puts what a worker asked for into its SCOPE if it is free; where another works there it becomes a conflict.',
    hints: records,
    input: z.strictObject({ request: number, ...once }),
  },
  decline_scope: {
    seat: 'orchestrator',
    act: 'decline-request',
    title: 'Decline a request for files',
    description:
      'Says no to a worker that asked for more files, and why. It hears of it at its next contact.',
    hints: records,
    input: z.strictObject({ request: number, reason, ...once }),
  },
} as const satisfies Record<string, CallRow>;
