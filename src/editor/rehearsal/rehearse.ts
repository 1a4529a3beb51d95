import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { openOrchestration } from '../../core/state.ts';
import { stepsOf } from '../../core/steps.ts';
import { sameWords } from '../../core/labels.ts';
import { presentWorkers } from '../../core/worker.ts';
import { listed, nextTodo } from '../../core/order.ts';
import { each } from '../../core/table.ts';
import { action, cancelled, refused, said, type Action, type Outcome } from '../action.ts';
import { confirmStop, walk } from '../asking/walk.ts';
import { focusOf } from '../ids.ts';
import { confirms, rehearse as words, titles } from '../prompts.ts';
import type { Room } from '../room.ts';
import type { Story } from './story.ts';

/** Plays the main job with the rehearsal workers; elsewhere it offers a fresh copy of its project. */
export function rehearse(room: Room): Action {
  return action(z.object({}), async () => {
    const { isHere, story } = room.house.rehearsal;
    if (!isHere) return elsewhere(room);
    if (!story) return refused(refusal('no-story', words.noStory, 'Install Lockkeeper again.'));
    if (room.shut) return refused(room.shut);
    if (!openOrchestration(room.state)) {
      const { objective, constraints } = story;
      const stops = [
        confirmStop(() =>
          confirms.rehearse(
            objective,
            story.workers.map(({ name }) => name),
          ),
        ),
      ];
      if (!(await walk(titles.rehearse, {}, stops))) return cancelled;
      const started = await room.submit({
        type: 'start',
        objective,
        constraints,
        mode: 'orchestrator-first',
      });
      if (!started.ok) return started;
    }
    return setUp(room, story);
  });
}

/** Each part that is not there yet, so that a rehearsal that stopped half way can be begun again. */
async function setUp(room: Room, story: Story): Promise<Outcome> {
  for (const { name, role } of story.workers) {
    if (presentWorkers(room.state).some((worker) => sameWords(worker.name, name))) continue;
    const credential = room.house.credentials.mint();
    const { tokenHash, expires } = credential;
    const added = await room.submit({
      type: 'add-worker',
      name,
      role,
      runs: { kind: 'rehearsal' },
      tokenHash,
      expires,
    });
    if (!added.ok) return added;
    if ('made' in added && added.made.worker !== undefined) await credential.keep(added.made.worker);
  }
  for (const { title, role, tasks } of story.steps) {
    if (stepsOf(room.state).some((step) => sameWords(step.title, title))) continue;
    const planned = await room.submit({ type: 'add-step', title, role, tasks });
    if (!planned.ok) return planned;
  }
  const first = stepsOf(room.state)[0];
  if (first && first.releasedAt === undefined) {
    const released = await room.submit({ type: 'release', step: first.n });
    if (!released.ok) return released;
  }
  await vscode.commands.executeCommand(focusOf('lockkeeper.todo'));
  if (room.state.dispatches.size > 0) return nextPart(room, story);
  const next = nextTodo(room.state);
  const worker = presentWorkers(room.state).find(
    ({ role }) => next !== undefined && sameWords(role, next.role),
  );
  if (!worker) return said(words.begun);
  return room.submit({ type: 'dispatch', worker: worker.n });
}

/**
 * What of the story is the user's: an instruction in mid-work, the word to carry on, and what is known of the bug
 * before its fix goes out. The rest is the next thing in the status bar.
 */
async function nextPart(room: Room, { instruction, debug }: Story): Promise<Outcome> {
  const { state } = room;
  if (state.instructed.length > 0) return vscode.commands.executeCommand('lockkeeper.carryOn');
  const bug = listed(state).find(
    (todo) => todo.state === 'waiting' && !todo.debug && todo.packet?.task === debug?.task,
  );
  if (bug && debug) {
    const { task: _, reason, ...known } = debug;
    const turned = await room.submit({ type: 'debug-mode', todo: bug.n, on: true, reason });
    return turned.ok ? room.submit({ type: 'describe-bug', todo: bug.n, ...known }) : turned;
  }
  const isSaid = [...each(state.instructions)].some(({ at }) => at >= (state.orchestration?.startedAt ?? 0));
  if (state.live.length > 0 && !isSaid && instruction !== undefined) {
    return vscode.commands.executeCommand('lockkeeper.instruct', { words: instruction });
  }
  return said(words.begun);
}

async function elsewhere(room: Room): Promise<Outcome> {
  const options = { modal: true, detail: words.elsewhereDetail };
  const pressed = await vscode.window.showInformationMessage(words.elsewhere, options, words.make);
  if (pressed !== words.make) return cancelled;
  const folder = await room.house.rehearsal.makeFolder();
  await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: false });
  return said(words.make);
}
