import type { Event } from '../contract/events.ts';
import { betweenUser, notOpen, openConflict } from './conflict.ts';
import { accept, refuse, refuseAbout, type Asked, type Deciders, type Decision } from './decision.ts';
import { conflictName, nextStep, sideName, stepWords } from './dispute.ts';
import { isBlank, upper } from './labels.ts';
import { listed } from './order.ts';
import { readPacket } from './packet.ts';
import type { Conflict, State } from './state.ts';
import { currentStep } from './steps.ts';
import { at } from './table.ts';
import { openOrchestration } from './state.ts';

type Steps = 'assign-owner' | 'set-merge-path' | 'give-evidence' | 'resume';
const order = ['name-writer', 'assign-owner', 'set-merge-path', 'give-evidence', 'resume'] as const;

/** P7: the steps of a case in order. One may be done again, and undoes those behind it; none is skipped. */
export const stepDeciders: Deciders<Steps> = {
  'assign-owner': (state, asked) => {
    const conflict = due(state, asked);
    if ('events' in conflict) return conflict;
    const { act } = asked;
    if (isBlank(act.reason)) return refuse('no-reason', 'The owner has no reason.', 'Say why it is theirs.');
    const owner = conflict.sides[act.side - 1];
    const events: Event[] = [
      ...lockOf(state, conflict, 'The owner was assigned anew.'),
      { type: 'owner-assigned', conflict: conflict.n, side: act.side, reason: act.reason },
    ];
    // Taken over: the user's until given back, whatever becomes of the case. What is committed needs no such lock.
    if (owner?.kind === 'user' && conflict.result === undefined) {
      events.push({
        type: 'scope-locked',
        lock: state.locks.size + 1,
        scope: [...conflict.files],
        holder: { kind: 'user' },
        reason: `Taken over: ${act.reason}`,
        conflict: conflict.n,
      });
    }
    return accept(
      events,
      `${upper(sideName(state, owner ?? conflict.sides[0]))} owns ${conflict.files.join(', ')}. Next: say how the two are brought together.`,
    );
  },

  'set-merge-path': (state, asked) => {
    const conflict = due(state, asked);
    if ('events' in conflict) return conflict;
    const { act, actor, workspace } = asked;
    if (isBlank(act.words)) {
      return refuse('no-reason', 'The merge path has no words.', 'Say in a sentence what happens with both.');
    }
    const set = { type: 'merge-path-set', conflict: conflict.n, path: act.path, words: act.words } as const;
    if (act.work === 'nothing') {
      const left = leftBehind(state, conflict, act.path);
      if (left) return left;
      return accept([set], 'The merge path is set and leaves nothing to do. Next: the evidence.');
    }
    if (!openOrchestration(state)) {
      return refuse('no-orchestration', 'No orchestration is open to take the work.', 'Start one first.');
    }
    if (isBlank(act.work.role)) {
      return refuse('todo-roleless', 'The work names no role.', 'Say what role it needs.');
    }
    const reading = readPacket(state, act.work.packet, workspace?.folders, {
      byAgent: actor.seat !== 'user',
    });
    if ('refusal' in reading) return { events: [], refusal: reading.refusal };
    const todo = state.todos.size + 1;
    const step = currentStep(state);
    const before = listed(state).find((one) => one.planned && one.state === 'waiting' && !one.deferred)?.n;
    const added: Event = {
      type: 'todo-added',
      todo,
      role: act.work.role.trim(),
      packet: reading.packet,
      origin: { kind: 'conflict', conflict: conflict.n },
      sources: [],
      ...(step ? { step: step.n } : {}),
      ...(before === undefined ? {} : { before }),
    };
    return accept(
      [added, { ...set, todo }],
      `The merge path is set; what it leaves to do is TODO ${todo}, before everything planned. Next: the evidence.`,
      { todo },
    );
  },

  'give-evidence': (state, asked) => {
    const conflict = due(state, asked);
    if ('events' in conflict) return conflict;
    const { contract, regression } = asked.act;
    const parts = {
      'what both sides rely on': contract,
      'the command': regression.command,
      'its result': regression.result,
    };
    const missing = Object.entries(parts).find(([, words]) => isBlank(words));
    if (missing) {
      return refuseAbout(
        { kind: 'conflict', n: conflict.n },
        'evidence-incomplete',
        `The evidence lacks ${missing[0]}.`,
        'Give both: what the two rely on, and a command with what it said.',
      );
    }
    return accept(
      [{ type: 'evidence-given', conflict: conflict.n, contract, regression }],
      `The evidence of conflict ${conflict.n} is on the record. Next: resume.`,
    );
  },

  resume: (state, asked) => {
    const conflict = due(state, asked);
    if ('events' in conflict) return conflict;
    if (isBlank(asked.act.reason)) return refuse('no-reason', 'The resume gives no reason.', 'Say why.');
    const lock = state.held.find((n) => at(state.locks, n)?.conflict === conflict.n);
    return accept(
      [{ type: 'resumed', conflict: conflict.n, reason: asked.act.reason }],
      `${upper(conflictName(conflict))} is over; work there goes on.${
        lock === undefined ? '' : ` The user keeps the files until lock ${lock} is released.`
      }`,
    );
  },
};

/** The case, where this step of it is due or was done; and the asker may decide in it. */
function due<N extends Steps>(state: State, { act, actor }: Asked<N>): Conflict | Decision {
  const conflict = openConflict(state, act.conflict);
  if (!conflict) return notOpen(act.conflict);
  const side = 'side' in act ? act.side : conflict.owner?.side;
  const refused = betweenUser(conflict, actor, side && conflict.sides[side - 1]);
  if (refused) return refused;
  const next = nextStep(conflict);
  if (order.indexOf(act.type) <= order.indexOf(next)) return conflict;
  return refuseAbout(
    { kind: 'conflict', n: conflict.n },
    'step-skipped',
    `${upper(conflictName(conflict))} is not that far: the steps go in order, and none is skipped.`,
    `First ${stepWords(conflict)}.`,
  );
}

/** T3: whoever redoes or takes on work has a live task for it, or it goes on the list. */
function leftBehind(
  state: State,
  { n, sides, owner }: Conflict,
  path: Asked<'set-merge-path'>['act']['path'],
): Decision | undefined {
  if (path !== 'owner-first' && path !== 'hand-over') return undefined;
  const own = sides[(owner?.side ?? 1) - 1];
  const doer = path === 'hand-over' ? own : sides.find((side) => side !== own);
  if (doer?.kind === 'worker' && doer.dispatch !== undefined && state.live.includes(doer.dispatch)) {
    return undefined;
  }
  return refuseAbout(
    { kind: 'conflict', n },
    'path-leaves-work',
    `That leaves work for ${doer ? sideName(state, doer) : 'the other side'}, who has no live task for it.`,
    'Give the TODO that does it, with its six fields; or take one side.',
  );
}

function lockOf(state: State, { n }: Conflict, reason: string): readonly Event[] {
  return state.held
    .filter((lock) => at(state.locks, lock)?.conflict === n)
    .map((lock) => ({ type: 'lock-released', lock, reason }) as const);
}
