import * as vscode from 'vscode';
import type { Refusal } from '../../contract/refusal.ts';
import { inArea } from '../../core/scopes/area.ts';
import { at } from '../../core/table.ts';
import { cancelled, refused, type Outcome } from '../action.ts';
import { choose } from '../asking/box.ts';
import { confirmed } from '../asking/walk.ts';
import { titles } from '../prompts.ts';
import type { Room } from '../room.ts';
import { entryOf } from './held.ts';
import { revert } from './reverting.ts';
import { unsavedOf } from './unsaved.ts';
import { ownership } from './words.ts';

/** The names of unsaved files that a refused dispatch would have touched; none where it was refused for another reason. */
function unsavedIn({ code, flaws = [] }: Refusal): readonly string[] {
  return code === 'unsaved-edits' ? flaws.map(({ words }) => words) : [];
}

/**
 * Sends it; where unsaved edits are in the way, the person says what becomes of them, and it is sent again. No argument
 * says so: the edits are of whoever sits here.
 */
export async function sentPastEdits(
  room: Room,
  todos: readonly number[],
  send: () => Promise<Outcome>,
): Promise<Outcome> {
  for (;;) {
    const outcome = await send();
    const names = outcome.ok ? [] : unsavedIn(outcome.refusal);
    if (names.length === 0) return outcome;
    const stopped = await settled(room, todos, names);
    if (stopped) return stopped;
  }
}

/** Undefined where nothing stands in the way any more. */
async function settled(
  room: Room,
  todos: readonly number[],
  names: readonly string[],
): Promise<Outcome | undefined> {
  const words = ownership.unsaved;
  const files = unsavedOf(names, room.house.names);
  const way = await choose<'wait' | 'save' | 'discard' | 'exclude'>(
    { title: titles.dispatch, step: 1, total: 1 },
    [
      { label: words.wait, value: 'wait' },
      { label: words.save, value: 'save' },
      { label: words.discard, value: 'discard' },
      ...(canExclude(room, todos, names) ? [{ label: words.exclude, value: 'exclude' as const }] : []),
    ],
    { placeholder: words.placeholder, prompt: words.prompt(names) },
  );
  switch (way) {
    case 'save':
      for (const file of files) await vscode.workspace.save(file);
      return undefined;
    case 'discard':
      if (!(await confirmed(words.discarding, names.join('\n')))) return cancelled;
      for (const file of files) await revert(file);
      return undefined;
    case 'exclude':
      return exclude(room, todos, names);
    default:
      return cancelled;
  }
}

/** A SCOPE that names the file itself is about it: without it the TODO would be another one. */
function canExclude(room: Room, todos: readonly number[], names: readonly string[]): boolean {
  const isAbout = todos.some((n) =>
    at(room.state.todos, n)?.packet?.scope.some((entry) => names.includes(entry)),
  );
  return todos.length > 0 && !isAbout && names.every((name) => !/\s/.test(name));
}

/** T3: NOT-YOUR-JOB cuts out of SCOPE, and the change of the TODO is on the record. */
async function exclude(
  room: Room,
  todos: readonly number[],
  names: readonly string[],
): Promise<Outcome | undefined> {
  for (const n of todos) {
    const todo = at(room.state.todos, n);
    const { packet } = todo ?? {};
    if (!todo || !packet) continue;
    const cut = names.filter((name) => inArea(packet, name, room.house.workspace())).map(entryOf);
    if (cut.length === 0) continue;
    const outcome = await room.submit({
      type: 'edit-todo',
      todo: n,
      packet: { ...packet, notYourJob: [...packet.notYourJob, ...cut] },
      role: todo.role,
      ...(todo.worker === undefined ? {} : { worker: todo.worker }),
    });
    if (!outcome.ok) return refused(outcome.refusal);
  }
  return undefined;
}
