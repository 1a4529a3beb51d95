import * as vscode from 'vscode';
import type { Refusal } from '../../contract/refusal.ts';
import type { Dispatch, Worker } from '../../core/state.ts';
import type { Desk } from '../../desk/desk.ts';
import type { NamedFolder } from '../../files/folders.ts';
import type { Identity } from '../../files/identity.ts';
import type { House } from '../house.ts';
import { worktreeScheme } from '../ids.ts';
import type { WorktreeSettings } from './settings.ts';
import { mayCarry, tellKept, tellNotMade, whileMaking, whileMerging } from './asking.ts';
import { Saves } from './saves.ts';
import { worktreeSettings } from './settings.ts';
import { WorktreeDocuments } from './worktreeDocuments.ts';

/** What of the worktrees speaks with the person. */
export interface WorktreeTalk {
  readonly settings: () => WorktreeSettings;
  readonly whileMaking: typeof whileMaking;
  readonly whileMerging: typeof whileMerging;
  readonly mayCarry: typeof mayCarry;
  readonly tellNotMade: (worker: string, why: Refusal, output: string) => void;
  readonly tellKept: typeof tellKept;
  /** Whether this editor saved the file of that path since then. */
  readonly savedHere: (path: string, since: number) => boolean;
}

/** The worktrees themselves, which git makes. */
interface Worktrees {
  place(
    dispatch: Dispatch,
    worker: Worker,
  ): Promise<{ readonly folder: string; readonly root: string } | Refusal | undefined>;
  rootOf(id: string): Promise<string | undefined>;
  fileOf(dispatch: number, name: string): Promise<string | undefined>;
  names(path: string, from: string, worker: number): Promise<Identity>;
  folders(dispatch: number): Promise<readonly NamedFolder[]>;
}

/** What is done with git. */
interface Outside {
  readonly worktrees: Worktrees;
  readonly leftovers: Pick<House['worktrees'], 'left' | 'remove'>;
  readonly touched: House['worktrees']['touched'];
  readonly placed: { of: House['worktrees']['placed'] };
  cleanUp(): Promise<void>;
}

export interface OpenWorktrees<W> extends vscode.Disposable {
  readonly loaded: () => Promise<W>;
  readonly place: Worktrees['place'];
  readonly names: Worktrees['names'];
  readonly folders: Worktrees['folders'];
  readonly house: House['worktrees'];
}

/** What is left half made is looked for when the start is over. */
const afterStart = 5_000;
/** Whoever acts sees to what its act leaves; where that one cannot, the others do. */
const afterOthers = 2_000;

/** The window's side of worktrees. Git is loaded with the first need of it. `journal` is its file. */
export function openWorktrees<W extends Outside>(
  desk: Desk,
  log: vscode.LogOutputChannel,
  journal: string,
  load: (talk: WorktreeTalk) => Promise<W>,
): OpenWorktrees<W> {
  const saves = new Saves(journal.replace(/\.[^./\\]+$/, '.saves'));
  if (desk.state.live.length === 0) saves.forget();
  const saving = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
    if (uri.scheme === 'file' && desk.state.live.length > 0) saves.note(uri.fsPath, Date.now());
  });
  let loading: Promise<W> | undefined;
  const loaded = (): Promise<W> =>
    (loading ??= load({
      settings: worktreeSettings,
      whileMaking,
      whileMerging,
      mayCarry,
      tellNotMade: (worker, why, output) => tellNotMade(log, worker, why, output),
      tellKept,
      savedHere: (path, since) => saves.has(path, since),
    }));
  const worktrees = async (): Promise<Worktrees> => (await loaded()).worktrees;
  const trying = (what: (known: W) => Promise<unknown>): void =>
    void loaded()
      .then(what)
      .catch((error: unknown) => log.error(`Worktrees: ${String(error)}`));
  const cleanUp = (): void => trying((known) => known.cleanUp());
  let cleaning = setTimeout(cleanUp, afterStart);
  const told = desk.onTold(({ events, own }) => {
    if (!events.some(({ event: { type } }) => type === 'withdrawn' || type === 'approved')) return;
    // T6: what a withdrawn dispatch leaves stays on its branch.
    if (own) cleanUp();
    else {
      clearTimeout(cleaning);
      cleaning = setTimeout(cleanUp, afterOthers);
    }
  });
  const documents = new WorktreeDocuments(async (id) => (await worktrees()).rootOf(id));
  return {
    loaded,
    place: async (dispatch, worker) => (await worktrees()).place(dispatch, worker),
    house: {
      left: async () => (await loaded()).leftovers.left(),
      remove: async (...given) => (await loaded()).leftovers.remove(...given),
      touched: async (dispatch) => (await loaded()).touched(dispatch),
      placed: async (names) => (await loaded()).placed.of(names),
      file: async (dispatch, name) => {
        const path = await (await worktrees()).fileOf(dispatch, name);
        return path === undefined ? undefined : vscode.Uri.from({ scheme: worktreeScheme, path });
      },
    },
    folders: async (dispatch) => (await worktrees()).folders(dispatch),
    names: async (path, from, worker) => (await worktrees()).names(path, from, worker),
    dispose() {
      clearTimeout(cleaning);
      saving.dispose();
      told.dispose();
      documents.dispose();
    },
  };
}
