import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { refusal } from '../../contract/refusal.ts';
import { armed, armedOn, type Armed } from '../../core/armed.ts';
import { todoWords } from '../../core/labels.ts';
import { visible } from '../../core/views/visible.ts';
import { endWords, isAllowed } from '../../core/witness.ts';
import { readCommand } from '../../core/verifyCommands.ts';
import { environment } from '../../running/environment.ts';
import { runOnce, type Ending } from '../../running/run.ts';
import { action, cancelled, refused, type Action, type Outcome } from '../action.ts';
import type { Numbered } from '../asking/choices.ts';
import { needed, numberStop } from '../asking/stops.ts';
import { confirmStop, textStop, walk } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import { openFolders } from '../openFolders.ts';
import type { Room } from '../room.ts';
import { allowed } from '../verify/allowing.ts';
import { verifyRefusals } from '../verify/sentences.ts';
import { verifySettings } from '../verify/settings.ts';
import { show, VerifyTerminal } from '../verify/verifyTerminal.ts';
import type { VerifyWatch } from '../verify/watch.ts';
import { asks, confirms, titles, watching } from './sentences.ts';

const firing = z.partial(acts['fire-rollback']);
type Firing = z.output<typeof firing>;

function choices(room: Room, fits: (one: Armed) => boolean = () => true): Numbered[] {
  return armed(room.state)
    .filter(fits)
    .map(({ todo, rollback }) => ({
      label: `TODO ${todo.n}`,
      description: forPick(todoWords(todo), 100),
      detail: forPick(`${rollback.watch}: ${rollback.reading}`, 160),
      value: todo.n,
    }));
}

/** P9: says that a rollback trigger fired; the approval is taken back with it. */
export function fireRollback(room: Room): Action {
  return action(firing, async (given) => {
    if (room.shut) return refused(room.shut);
    if (given.todo === undefined && choices(room).length === 0) return refused(noTrigger);
    // Nobody is asked about what cannot be taken back any more: the rules say why.
    if (given.todo !== undefined && !armedOn(room.state, given.todo))
      return room.submit({ type: 'fire-rollback', todo: given.todo, reading: given.reading ?? '' });
    return fire(room, given);
  });
}

/** `read`: what was just read, for the person to take. */
async function fire(room: Room, given: Firing, read = ''): Promise<Outcome> {
  const draft = await walk<Firing>(titles.fire, given, [
    numberStop<'todo', Firing>('todo', asks.trigger, () => choices(room)),
    textStop<Firing, 'reading'>(
      'reading',
      ({ todo = 0 }) => ({
        prompt: asks.reading(forPick(armedOn(room.state, todo)?.rollback.reading ?? '', 200)),
        value: read,
        flaw: needed('The reading'),
      }),
      (text) => text,
    ),
    confirmStop<Firing>(({ todo = 0 }) => {
      const found = armedOn(room.state, todo);
      return confirms.fire(todo, found?.result.n ?? 0, forPick(found?.rollback.undo ?? '', 200));
    }),
  ]);
  if (!draft) return cancelled;
  return room.submit({ type: 'fire-rollback', todo: draft.todo ?? 0, reading: draft.reading ?? '' });
}

const about = z.object({ todo: z.optional(z.int()) });
type About = z.output<typeof about>;

/** P9: runs what a rollback trigger watches, where a person sees it, and asks whether that is the reading. */
export function runWatched(room: Room, watch: VerifyWatch): Action {
  return action(about, async (given) => {
    if (room.shut) return refused(room.shut);
    if (!vscode.workspace.isTrusted) return refused(verifyRefusals.untrusted);
    if (room.state.instructed.length > 0) return refused(verifyRefusals.stopped);
    const runnable = (one: Armed): boolean => one.rollback.command !== undefined;
    if (given.todo === undefined && choices(room, runnable).length === 0) return refused(noCommand);
    const draft = await walk<About>(titles.watch, given, [
      numberStop<'todo', About>('todo', asks.trigger, () => choices(room, runnable)),
    ]);
    if (!draft) return cancelled;
    const found = armedOn(room.state, draft.todo ?? 0);
    const read = readCommand(found?.rollback.command ?? '');
    if (!found || !('argv' in read)) return refused(noCommand);
    const { argv } = read;
    if (found.todo.debug?.bug?.agentWatches === true && !isAllowed(room.state, argv)) {
      const outcome = await allowed(room, argv);
      if (!outcome.ok) return outcome;
    }
    const reading = await runShown(found, argv, await watch.runs());
    if (reading === undefined) return cancelled;
    return fire(room, { todo: found.todo.n }, reading);
  });
}

/** Runs it in a terminal; gives what is proposed as the reading, or nothing where the run was cancelled. */
async function runShown(
  { todo, rollback }: Armed,
  argv: readonly string[],
  runs: Awaited<ReturnType<VerifyWatch['runs']>>,
): Promise<string | undefined> {
  return runs.alone(-todo.n, async (cancel) => {
    const terminal = new VerifyTerminal(() => cancel.abort());
    await show(terminal, watching.name(todo.n), true);
    await terminal.opened;
    terminal.say(`$ ${rollback.command ?? ''}`);
    const [folder] = openFolders();
    const ran = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: watching.name(todo.n),
        cancellable: true,
      },
      (_, token) => {
        token.onCancellationRequested(() => cancel.abort());
        return runOnce({
          argv,
          folder: folder?.fsPath ?? '',
          env: environment(),
          milliseconds: verifySettings().milliseconds,
          signal: cancel.signal,
          onOutput: (data) => terminal.output(data),
        });
      },
    );
    terminal.endOutput();
    const ended = endWords(endOf(ran.ending));
    terminal.say(watching.ended(ended, visible(rollback.reading)));
    terminal.end(ran.ending.kind === 'exit' ? ran.ending.code : 1);
    if (ran.ending.kind === 'cancelled') return undefined;
    const last = ran.output.trim().split('\n').at(-1)?.trim() ?? '';
    return last === '' ? ended : last.slice(0, 400);
  });
}

function endOf(ending: Ending): { readonly exitCode: number | null; readonly why?: string } {
  switch (ending.kind) {
    case 'exit':
      return { exitCode: ending.code };
    case 'signal':
      return { exitCode: null, why: `was ended by the signal ${ending.name}` };
    case 'not started':
      return { exitCode: null, why: ending.why };
    case 'too long':
      return { exitCode: null, why: 'was not done in time and was ended' };
    case 'cancelled':
      return { exitCode: null, why: 'was cancelled' };
  }
}

const noTrigger = refusal(
  'no-trigger',
  'No approved fix has a rollback trigger.',
  'Any other approval is taken back with Lockkeeper: Undo an Approval.',
);
const noCommand = refusal(
  'no-command',
  'No rollback trigger is watched by a command.',
  'Look yourself; when it fires say so with Lockkeeper: Rollback Trigger Fired.',
);
