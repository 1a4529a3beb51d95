import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { at } from '../../core/table.ts';
import { inbox, proposalWords as proposalSays } from '../../core/views/inbox.ts';
import { nextAction, type NextAction } from '../../core/views/nextAction.ts';
import { action, cancelled, refused, said, type Action, type Outcome } from '../action.ts';
import { back, choose, type Choice } from '../asking/box.ts';
import { numberStop, reasonStop } from '../asking/stops.ts';
import { confirmStop, walk } from '../asking/walk.ts';
import { acts } from '../../contract/acts.ts';
import type { CommandId } from '../ids.ts';
import { forPick } from '../inert.ts';
import { asks, confirms, rows, titles } from '../prompts.ts';
import type { Room } from '../room.ts';
import { verify } from '../verify/sentences.ts';

interface Target {
  readonly command: CommandId;
  readonly argument?: object;
}

const entry = z.object({
  kind: z.enum([
    'instruction',
    'blocking-question',
    'conflict',
    'request',
    'silent',
    'unacknowledged',
    'exposed',
    'over-budget',
    'ended',
    'contradicted',
    'command',
    'review',
    'late',
    'reconcile',
    'plan-affected',
    'proposal',
    'question',
  ]),
  n: z.int().check(z.minimum(1)),
});
type Entry = z.output<typeof entry>;

export function openInboxEntry(room: Room): Action {
  return action(entry, (given) => go(room, given));
}

/** P2: does the one next thing, whatever it is. */
export function doNext(room: Room): Action {
  return action(z.object({}), async () => {
    const { shut } = room;
    if (shut) return refused(shut);
    const next = nextAction(room.state);
    const own = entry.safeParse({ kind: next.kind, n: next.n });
    if (own.success) return go(room, own.data);
    const target = targetOf(next);
    if (!target) return said(next.sentence);
    return called(target);
  });
}

function targetOf({ kind, n }: NextAction): Target | undefined {
  switch (kind) {
    case 'start':
      return { command: 'lockkeeper.start' };
    case 'add-worker':
      return { command: 'lockkeeper.addWorker' };
    case 'add-step':
      return { command: 'lockkeeper.addStep' };
    case 'dispatch':
    case 'deferred':
      return { command: 'lockkeeper.dispatch', argument: { todo: n } };
    case 'by-hand':
      return { command: 'lockkeeper.pasteFromWorker', argument: { dispatch: n } };
    case 'release':
      return { command: 'lockkeeper.release', argument: { step: n } };
    case 'close':
      return { command: 'lockkeeper.close' };
    case 'wait':
      return { command: 'lockkeeper.noOp' };
    default:
      return undefined;
  }
}

async function called({ command, argument }: Target): Promise<Outcome> {
  return vscode.commands.executeCommand<Outcome>(command, argument);
}

/** Kinds whose steps would make no sense for what has gone on meanwhile; a message may stand longer than what it tells. */
const whileTheyStand: readonly Entry['kind'][] = ['silent', 'unacknowledged', 'exposed', 'ended', 'proposal'];

async function go(room: Room, { kind, n }: Entry): Promise<Outcome> {
  if (whileTheyStand.includes(kind) && !inbox(room.state).some((one) => one.kind === kind && one.n === n))
    return refused(settledAlready);
  switch (kind) {
    case 'instruction':
      return called({ command: 'lockkeeper.carryOn', argument: { instruction: n } });
    case 'blocking-question':
    case 'question':
      return called({ command: 'lockkeeper.answer', argument: { question: n } });
    case 'contradicted':
      return contradicted(n);
    case 'command':
      return called({ command: 'lockkeeper.allowCommand', argument: { result: n } });
    case 'review':
    case 'late':
    case 'plan-affected':
      return called({ command: 'lockkeeper.openResult', argument: { result: n } });
    case 'reconcile':
      return called({ command: 'lockkeeper.reconcile', argument: { todo: n } });
    case 'conflict':
      await called({
        command: 'lockkeeper.showOwned',
        argument: { entry: at(room.state.conflicts, n)?.files[0] },
      });
      return called({ command: 'lockkeeper.workConflict', argument: { conflict: n } });
    case 'request':
      return called({ command: 'lockkeeper.decideRequest', argument: { request: n } });
    case 'silent':
    case 'unacknowledged':
    case 'over-budget':
    case 'ended':
    case 'exposed':
      return stopped(room, n, kind);
    case 'proposal':
      return proposal(room, n);
  }
}

const settledAlready = refusal(
  'settled-already',
  'That is settled by now.',
  'Look into the Inbox for what still waits.',
);

async function chosen(
  title: string,
  placeholder: string,
  choices: readonly Choice<Target>[],
): Promise<Outcome> {
  const target = await choose({ title, step: 1, total: 1 }, choices, { placeholder });
  if (target === undefined || target === back || typeof target === 'string') return cancelled;
  return called(target);
}

/** A worker that is silent or has ended stays live until a person says what becomes of its task. */
function stopped(room: Room, n: number, kind: Entry['kind']): Promise<Outcome> {
  const argument = { dispatch: n };
  const { worker, budget } = at(room.state.dispatches, n) ?? {};
  const first: Choice<Target> =
    kind === 'over-budget' || budget?.stopped
      ? { label: rows.giveTime, value: { command: 'lockkeeper.giveTime', argument } }
      : kind === 'ended'
        ? { label: rows.relaunch, value: { command: 'lockkeeper.relaunch', argument } }
        : kind === 'exposed'
          ? {
              label: rows.connection,
              value: { command: 'lockkeeper.copyConnection', argument: { holder: worker } },
            }
          : { label: rows.nudge, value: { command: 'lockkeeper.nudge', argument } };
  return chosen(titles.ended, asks.ended, [
    first,
    { label: rows.terminal, value: { command: 'lockkeeper.showTerminal', argument: { worker } } },
    { label: rows.withdraw, value: { command: 'lockkeeper.withdraw', argument } },
  ]);
}

/** P8: a worker said done, and what was run says otherwise. */
function contradicted(n: number): Promise<Outcome> {
  const argument = { result: n };
  return chosen(verify.titles.contradicted, verify.asks.contradicted, [
    { label: verify.rows.output, value: { command: 'lockkeeper.openVerifyOutput', argument } },
    { label: verify.rows.result, value: { command: 'lockkeeper.openResult', argument } },
    { label: verify.rows.again, value: { command: 'lockkeeper.runVerify', argument } },
    { label: verify.rows.reject, value: { command: 'lockkeeper.reject', argument } },
  ]);
}

function proposal(room: Room, n: number): Promise<Outcome> | Outcome {
  const found = at(room.state.proposals, n);
  if (!found)
    return refused(refusal('unknown-proposal', `There is no proposal ${n}.`, 'Name one from the Inbox.'));
  const { act, todo, into, worker, reason } = found;
  const accepts: Readonly<Record<typeof act, Target>> = {
    drop: { command: 'lockkeeper.dropTodo', argument: { todo, reason } },
    merge: { command: 'lockkeeper.mergeTodo', argument: { todo, into, reason } },
    whole: { command: 'lockkeeper.giveWorkspace', argument: { todo } },
    rollback: { command: 'lockkeeper.fireRollback', argument: { todo, reading: reason } },
    unguarded: { command: 'lockkeeper.allowUnguarded', argument: { worker } },
    nudge: {
      command: 'lockkeeper.nudge',
      argument: { dispatch: at(room.state.todos, todo)?.dispatch, reason },
    },
  };
  const accept = accepts[act];
  return chosen(titles.proposal, asks.shutProposal, [
    { label: rows.accept, detail: proposalWords(room, n), value: accept },
    { label: rows.decline, value: { command: 'lockkeeper.declineProposal', argument: { proposal: n } } },
  ]);
}

function proposalWords(room: Room, n: number): string {
  const found = at(room.state.proposals, n);
  const todo = found && at(room.state.todos, found.todo);
  if (!found || !todo) return `proposal ${n}`;
  return forPick(`${proposalSays(room.state, found, todo)}: ${found.reason}`, 200);
}

const declining = z.partial(acts['decline-proposal']);
type Declining = z.output<typeof declining>;

/** The user's alone. */
export function declineProposal(room: Room): Action {
  return action(declining, async (given) => {
    const standing = () =>
      Array.from({ length: room.state.proposals.size }, (_, index) => index + 1)
        .filter((n) => at(room.state.proposals, n)?.declined === undefined)
        .map((n) => ({ label: `Proposal ${n}`, detail: proposalWords(room, n), value: n }));
    const draft = await walk<Declining>(titles.declineProposal, given, [
      numberStop<'proposal', Declining>('proposal', asks.proposal, standing),
      reasonStop<Declining>(asks.why.decline),
      confirmStop((known) => confirms.decline(proposalWords(room, known.proposal ?? 1))),
    ]);
    if (!draft) return cancelled;
    return room.submit({
      type: 'decline-proposal',
      proposal: draft.proposal ?? 1,
      reason: draft.reason ?? '',
    });
  });
}
