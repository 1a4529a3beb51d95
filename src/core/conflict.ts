import type { Actor } from '../contract/actor.ts';
import type { Event } from '../contract/events.ts';
import type { Side } from '../contract/ownership.ts';
import { accept, refuse, refuseAbout, type Deciders, type Decision } from './decision.ts';
import {
  conflictName,
  frozenSide,
  frozenWords,
  nextStep,
  openConflicts,
  sideName,
  stepWords,
} from './dispute.ts';
import { isBlank, upper } from './labels.ts';
import { readEntries } from './scopeLines.ts';
import type { Conflict, State } from './state.ts';
import { at } from './table.ts';
import { plainWorkspace } from './workspace.ts';

export const conflictDeciders: Deciders<'open-conflict' | 'name-writer'> = {
  /** P7: the later side is frozen with the event itself. */
  'open-conflict': (state, { act, workspace = plainWorkspace }) => {
    const files = readEntries(act.files, workspace);
    if ('code' in files) return { events: [], refusal: files };
    if (isBlank(act.noticed)) {
      return refuse('no-reason', 'The conflict does not say how it was noticed.', 'Say what was seen.');
    }
    const wrong = sidesFlaw(state, act.sides);
    if (wrong) return wrong;
    const standing = openConflicts(state).find(({ sides }) => areSame(sides, act.sides));
    const fresh = standing ? files.filter((file) => !standing.files.includes(file)) : files;
    if (standing && fresh.length === 0) {
      return accept([], `${upper(conflictName(standing))} is open already.`, { conflict: standing.n });
    }
    // What was worked out so far was not about the new files.
    if (standing && !standing.owner) {
      return accept(
        [{ type: 'conflict-widened', conflict: standing.n, files: [...fresh] }],
        `${upper(conflictName(standing))} is open already and holds them now too.`,
        { conflict: standing.n },
      );
    }
    const opened = opening(state, fresh, act.sides, act.noticed);
    return accept([opened.event], opened.said, { conflict: opened.event.conflict });
  },

  'name-writer': (state, { act }) => {
    const conflict = openConflict(state, act.conflict);
    if (!conflict) return notOpen(act.conflict);
    if (nextStep(conflict) !== 'name-writer') {
      return refuseAbout(
        { kind: 'conflict', n: conflict.n },
        'writer-known',
        `Both sides of ${conflictName(conflict)} are known.`,
        `Go on: ${stepWords(conflict)}.`,
      );
    }
    if (act.writer.kind === 'unknown') {
      return refuse('writer-unnamed', 'That names nobody.', 'Name a worker, or the user.');
    }
    const wrong = workerFlaw(state, act.writer);
    if (wrong) return wrong;
    const { writer } = act;
    const owner = conflict.sides.find(({ kind }) => kind === 'worker');
    const own = writer.kind === 'worker' && owner?.kind === 'worker' && owner.worker === writer.worker;
    return accept(
      [
        { type: 'writer-named', conflict: conflict.n, writer },
        ...(own ? [{ type: 'resumed', conflict: conflict.n, reason: 'It was its own write.' } as const] : []),
      ],
      own
        ? `It was its own write: ${conflictName(conflict)} is over.`
        : `It was ${sideName(state, writer)}. Next: say who owns the file.`,
    );
  },
};

/** The event that opens a case; whoever is frozen by it is said. */
export function opening(
  state: State,
  files: readonly string[],
  sides: readonly [Side, Side],
  noticed: string,
  from: { readonly request?: number; readonly result?: number } = {},
): { readonly event: Extract<Event, { type: 'conflict-opened' }>; readonly said: string } {
  const conflict = state.conflicts.size + 1;
  const frozen = frozenSide({ sides });
  return {
    event: {
      type: 'conflict-opened',
      conflict,
      files: [...files],
      sides: [...sides],
      noticed,
      ...from,
    },
    said: `${upper(conflictName({ n: conflict, files }))} is open; ${frozenWords(state, frozen)}.`,
  };
}

function sidesFlaw(state: State, sides: readonly [Side, Side]): Decision | undefined {
  const [first, later] = sides;
  const works = sides.filter(({ kind }) => kind === 'worker');
  if (works.length === 0) {
    return refuse('no-side-works', 'None of the two sides is a worker.', 'Name the worker whose file it is.');
  }
  if (first.kind === 'worker' && later.kind === 'worker' && first.worker === later.worker) {
    return refuse('one-side', 'Both sides are the same worker.', 'Name the two who meet.');
  }
  for (const side of sides) {
    const wrong = workerFlaw(state, side);
    if (wrong) return wrong;
  }
  const isLive = works.some(
    (side) => side.kind === 'worker' && side.dispatch !== undefined && state.live.includes(side.dispatch),
  );
  if (isLive) return undefined;
  return refuse(
    'nothing-live',
    'Neither side has a live task.',
    'Nothing has to be frozen: dispatch in order.',
  );
}

function workerFlaw(state: State, side: Side): Decision | undefined {
  if (side.kind !== 'worker') return undefined;
  const worker = at(state.workers, side.worker);
  if (!worker || worker.removed) {
    return refuse('unknown-worker', `There is no worker ${side.worker}.`, 'Name a registered worker.');
  }
  if (side.dispatch === undefined || at(state.dispatches, side.dispatch)?.worker === side.worker) {
    return undefined;
  }
  return refuse(
    'not-its-task',
    `Dispatch ${side.dispatch} is not ${worker.name}’s.`,
    'Name the worker with its own live dispatch.',
  );
}

function areSame(left: readonly Side[], right: readonly Side[]): boolean {
  const isIn = (side: Side, sides: readonly Side[]): boolean =>
    sides.some((other) =>
      side.kind === 'worker' && other.kind === 'worker'
        ? side.worker === other.worker && side.dispatch === other.dispatch
        : side.kind === other.kind,
    );
  return left.every((side) => isIn(side, right)) && right.every((side) => isIn(side, left));
}

export function openConflict(state: State, n: number): Conflict | undefined {
  return state.disputed.includes(n) ? at(state.conflicts, n) : undefined;
}

export function notOpen(n: number): Decision {
  return refuse('conflict-not-open', `Conflict ${n} is not open.`, 'The open ones stand in the Inbox.');
}

/**
 * Where the user is one of the two, the user alone decides between them. Of a change that does not merge, an agent may
 * say that the user's branch stands, which takes nothing from it, as long as the user has not said otherwise.
 */
export function betweenUser(conflict: Conflict, actor: Actor, owner: Side | undefined): Decision | undefined {
  if (actor.seat === 'user' || !conflict.sides.some(({ kind }) => kind === 'user')) return undefined;
  const said = conflict.owner && conflict.sides[conflict.owner.side - 1];
  const isForBranch = owner?.kind === 'user' && (said === undefined || said.kind === 'user');
  if (conflict.result !== undefined && isForBranch) return undefined;
  return refuse(
    'user-only',
    `The user is one side of ${conflictName(conflict)} and decides it.`,
    'It is in the user’s Inbox. Go on with other work.',
  );
}
