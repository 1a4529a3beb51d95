import * as z from 'zod/mini';
import type { Act } from '../../contract/acts.ts';
import { refusal } from '../../contract/refusal.ts';
import { mergePaths, type MergePath, type Side } from '../../contract/ownership.ts';
import { openConflict } from '../../core/conflict.ts';
import { conflictName, nextStep, openConflicts, sideName, stepWords } from '../../core/dispute.ts';
import { upper, workerName } from '../../core/labels.ts';
import type { Conflict } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, refused, type Action } from '../action.ts';
import { workerChoices, type Numbered } from '../asking/choices.ts';
import { needed, numberStop, reasonStop, roleStop } from '../asking/stops.ts';
import { confirmStop, pickStop, textStop, walk, type Stop } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import type { Room } from '../room.ts';
import { sentPastEdits } from './openEdits.ts';
import { asks, confirms, rows, titles } from './sentences.ts';

const working = z.object({ conflict: z.optional(z.int()) });
interface Working {
  readonly conflict?: number | undefined;
  readonly writer?: Side;
  readonly side?: 1 | 2;
  readonly path?: MergePath;
  readonly words?: string;
  readonly left?: 'nothing' | 'work';
  readonly task?: string;
  readonly doneWhen?: string;
  readonly verify?: string;
  readonly role?: string;
  readonly contract?: string;
  readonly command?: string;
  readonly result?: string;
  readonly reason?: string;
}
type Texts = 'words' | 'task' | 'doneWhen' | 'verify' | 'contract' | 'command' | 'result';

/** P7: the next step of a case, whichever that is; the last of it is the person's own yes. */
export function workConflict(room: Room): Action {
  return action(working, async ({ conflict: named }) => {
    const open = conflictChoices(room);
    const known = named ?? (open.length === 1 ? open[0]?.value : undefined);
    const picked = await walk<Working>(titles.conflict, { conflict: known }, [
      numberStop<'conflict', Working>('conflict', asks.conflict, () => open),
    ]);
    if (!picked) return cancelled;
    const conflict = openConflict(room.state, picked.conflict ?? 0);
    if (!conflict) return refused(noConflict);
    const title = titles.step(forPick(upper(conflictName(conflict)), 80), stepWords(conflict));
    const draft = await walk<Working>(title, { conflict: conflict.n }, [
      ...stopsOf(room, conflict),
      confirmStop((known) =>
        confirms.step(forPick(upper(conflictName(conflict)), 120), doneWords(room, conflict, known)),
      ),
    ]);
    return draft ? room.submit(actOf(conflict, draft)) : cancelled;
  });
}

const noConflict = refusal(
  'conflict-not-open',
  'No such conflict is open.',
  'Those that are stand in the Inbox.',
);

function conflictChoices(room: Room): Numbered[] {
  return openConflicts(room.state).map((conflict) => ({
    label: `Conflict ${conflict.n}`,
    description: forPick(conflict.files.join(', '), 120),
    detail: forPick(
      `${conflict.sides.map((side) => sideName(room.state, side)).join(' and ')}: ${stepWords(conflict)}`,
    ),
    value: conflict.n,
  }));
}

function text(key: Texts): Stop<Working> {
  return textStop<Working, Texts>(key, { ...asks[key], flaw: needed('This') }, (said) => said);
}

function stopsOf(room: Room, conflict: Conflict): readonly Stop<Working>[] {
  switch (nextStep(conflict)) {
    case 'name-writer': {
      const workers = workerChoices(room.state).map(({ value, ...words }) => ({
        ...words,
        value: sideOf(room, value),
      }));
      const choices = [{ label: rows.user, value: { kind: 'user' } as const }, ...workers];
      return [pickStop<Working, 'writer'>('writer', () => ({ placeholder: asks.writer, choices }))];
    }
    case 'assign-owner': {
      const choices = conflict.sides.map((side, index) => ({
        label:
          side.kind === 'user' && conflict.result !== undefined
            ? rows.branch
            : forPick(sideName(room.state, side), 60),
        value: index === 0 ? (1 as const) : (2 as const),
      }));
      return [
        pickStop<Working, 'side'>('side', () => ({ placeholder: asks.owner, choices })),
        reasonStop<Working>(asks.why.owner),
      ];
    }
    case 'set-merge-path': {
      const paths = mergePaths.map((value) => ({ ...rows.paths[value], value }));
      const left = [
        { label: rows.nothing, value: 'nothing' as const },
        { label: rows.work, value: 'work' as const },
      ];
      const isWork = (draft: Working): boolean => draft.left === 'work';
      return [
        pickStop<Working, 'path'>('path', () => ({ placeholder: asks.path, choices: paths })),
        text('words'),
        pickStop<Working, 'left'>('left', () => ({ placeholder: asks.left, choices: left })),
        ...(['task', 'doneWhen', 'verify'] as const).map((key) => ({ ...text(key), when: isWork })),
        roleStop<Working>(() => room.state, isWork),
      ];
    }
    case 'give-evidence':
      return (['contract', 'command', 'result'] as const).map(text);
    case 'resume':
      return [reasonStop<Working>(asks.why.resume)];
  }
}

/** Exactly what the step says, for the person's yes. */
function doneWords(room: Room, conflict: Conflict, draft: Working): string {
  switch (nextStep(conflict)) {
    case 'name-writer':
      return rows.wrote(draft.writer ? forPick(sideName(room.state, draft.writer), 60) : '');
    case 'assign-owner': {
      const owner = conflict.sides[(draft.side ?? 1) - 1] ?? conflict.sides[0];
      return rows.owns(forPick(sideName(room.state, owner), 60));
    }
    case 'set-merge-path':
      return rows.joins(
        rows.paths[draft.path ?? 'take-side'].label,
        draft.left === 'work' ? forPick(draft.task ?? '', 120) : undefined,
      );
    case 'give-evidence':
      return rows.shows(forPick(draft.command ?? '', 80), forPick(draft.result ?? '', 120));
    case 'resume':
      return rows.goesOn;
  }
}

function sideOf(room: Room, worker: number): Side {
  const dispatch = room.state.live.find((n) => at(room.state.dispatches, n)?.worker === worker);
  return { kind: 'worker', worker, ...(dispatch === undefined ? {} : { dispatch }) };
}

function actOf(conflict: Conflict, draft: Working): Act {
  const { n, files } = conflict;
  const { writer = { kind: 'unknown' }, side = 1, reason = '', words = '', contract = '' } = draft;
  switch (nextStep(conflict)) {
    case 'name-writer':
      return { type: 'name-writer', conflict: n, writer };
    case 'assign-owner':
      return { type: 'assign-owner', conflict: n, side, reason };
    case 'set-merge-path': {
      const packet = {
        task: draft.task ?? '',
        scope: [...files],
        notYourJob: [`Anything outside ${files.join(', ')}`],
        doneWhen: [draft.doneWhen ?? ''],
        verify: [draft.verify ?? ''],
        priority: 'normal' as const,
      };
      const work = draft.left === 'work' ? { packet, role: draft.role ?? '' } : 'nothing';
      return { type: 'set-merge-path', conflict: n, path: draft.path ?? 'take-side', words, work };
    }
    case 'give-evidence': {
      const regression = { command: draft.command ?? '', result: draft.result ?? '' };
      return { type: 'give-evidence', conflict: n, contract, regression };
    }
    case 'resume':
      return { type: 'resume', conflict: n, reason };
  }
}

const deciding = z.object({ request: z.optional(z.int()) });
interface Deciding {
  readonly request?: number | undefined;
  readonly answer?: 'grant' | 'decline';
  readonly reason?: string;
}

/** What a worker asked for: granted in one step, or declined with a reason. */
export function decideRequest(room: Room): Action {
  return action(deciding, async (given) => {
    const choices = (): Numbered[] =>
      room.state.requested.flatMap((n) => {
        const request = at(room.state.requests, n);
        const dispatch = request && at(room.state.dispatches, request.dispatch);
        if (!request || !dispatch) return [];
        const who = forPick(workerName(room.state, dispatch.worker), 60);
        return [
          {
            label: `Request ${n}`,
            description: `${who}: ${forPick(request.paths.join(', '), 120)}`,
            detail: forPick(request.reason, 120),
            value: n,
          },
        ];
      });
    const answers = [
      { label: rows.grant, value: 'grant' as const },
      { label: rows.decline, value: 'decline' as const },
    ];
    const draft = await walk<Deciding>(titles.request, given, [
      numberStop<'request', Deciding>('request', asks.request, choices),
      pickStop<Deciding, 'answer'>('answer', () => ({ placeholder: asks.answer, choices: answers })),
      { ...reasonStop<Deciding>(asks.why.decline), when: ({ answer }) => answer === 'decline' },
    ]);
    if (!draft) return cancelled;
    const { request = 1, answer, reason = '' } = draft;
    return answer === 'grant'
      ? sentPastEdits(room, [], () => room.submit({ type: 'grant-scope', request }))
      : room.submit({ type: 'decline-request', request, reason });
  });
}
