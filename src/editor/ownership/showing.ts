import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { ownerName } from '../../core/ownership.ts';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { pathOf } from '../../files/identity.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import { pickStop, walk } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import { openFolders } from '../openFolders.ts';
import type { Room } from '../room.ts';
import { asks, rows, titles } from './sentences.ts';

interface Owned {
  readonly lock?: number | undefined;
  readonly dispatch?: number | undefined;
}

interface Showing {
  readonly owned?: Owned | undefined;
  readonly entry?: string | undefined;
}

const showing = z.object({
  lock: z.optional(z.int()),
  dispatch: z.optional(z.int()),
  entry: z.optional(z.string()),
});

/** P1: what is owned, in the explorer or the editor: a file opens, of a folder or a glob the folder is shown. */
export function showOwned(room: Room): Action {
  return action(showing, async ({ lock, dispatch, entry }) => {
    if (room.shut) return refused(room.shut);
    const { state } = room;
    if (entry === undefined && state.held.length + state.live.length === 0) return refused(nothingOwned);
    const owned = lock === undefined && dispatch === undefined ? undefined : { lock, dispatch };
    const draft = await walk<Showing>(titles.show, { owned, entry }, [
      pickStop<Showing, 'owned'>(
        'owned',
        () => ({ placeholder: asks.owned, choices: ownedChoices(state) }),
        (known) => known.entry === undefined,
      ),
      pickStop<Showing, 'entry'>(
        'entry',
        (known) => ({
          placeholder: asks.entry,
          choices: scopeOf(state, known.owned).map((one) => ({ label: forPick(one, 200), value: one })),
        }),
        (known) => scopeOf(state, known.owned).length > 1,
      ),
    ]);
    if (!draft) return cancelled;
    const wanted = draft.entry ?? scopeOf(state, draft.owned)[0];
    if (wanted === undefined) return refused(nothingOwned);
    await shown(wanted);
    return said(rows.shown(wanted));
  });
}

const nothingOwned = refusal(
  'nothing-owned',
  'No such files are owned now.',
  'Dispatch a TODO, or lock files by hand: Lock Files.',
);

function scopeOf(state: State, { lock, dispatch }: Owned = {}): readonly string[] {
  if (lock !== undefined) return state.held.includes(lock) ? (at(state.locks, lock)?.scope ?? []) : [];
  if (dispatch === undefined || !state.live.includes(dispatch)) return [];
  return at(state.dispatches, dispatch)?.packet.scope ?? [];
}

function ownedChoices(state: State): { label: string; description: string; value: Owned }[] {
  const row = (owned: Owned, who: string): { label: string; description: string; value: Owned } => ({
    label: forPick(scopeOf(state, owned).join(', '), 120),
    description: forPick(who, 120),
    value: owned,
  });
  return [
    ...state.held.flatMap((n) => {
      const lock = at(state.locks, n);
      return lock ? [row({ lock: n }, ownerName(state, { kind: 'lock', lock: n, holder: lock.holder }))] : [];
    }),
    ...state.live.flatMap((n) => {
      const one = at(state.dispatches, n);
      if (!one) return [];
      const { worker, todos } = one;
      return [row({ dispatch: n }, ownerName(state, { kind: 'dispatch', dispatch: n, worker, todos }))];
    }),
  ];
}

/** What an entry of SCOPE names, or the nearest folder above it that is there. */
async function nearest(entry: string): Promise<string | undefined> {
  const segments = entry.split('/').filter((segment) => segment !== '' && segment !== '.');
  for (let length = segments.length; length > 0; length -= 1) {
    const place = await placeOf(segments.slice(0, length).join('/'));
    if (place !== undefined) return place;
  }
  return openFolders()[0]?.fsPath;
}

/** Where a name is, if it is there. */
async function placeOf(name: string): Promise<string | undefined> {
  const folders = openFolders();
  const whole = folders.length > 1 ? folders.find((folder) => folder.name === name) : undefined;
  if (whole) return whole.fsPath;
  const found = await pathOf(name, folders);
  if ('refused' in found) return undefined;
  return stat(found.path).then(
    () => found.path,
    () => undefined,
  );
}

/** Shows what an entry or a name means. */
export async function shown(entry: string): Promise<void> {
  await show(await nearest(entry));
}

async function show(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const isFolder = (await stat(path)).isDirectory();
  await vscode.commands.executeCommand(isFolder ? 'revealInExplorer' : 'vscode.open', vscode.Uri.file(path));
}
