import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Place } from './agents/launch/needs.ts';
import type { Refusal } from './contract/refusal.ts';
import { folderOf } from './core/folders.ts';
import { inArea } from './core/scopes/area.ts';
import type { Dispatch, Worker } from './core/state.ts';
import type { Workspace } from './core/workspace.ts';
import type { Prepared } from './desk/preparing.ts';
import type { WorktreeTalk } from './editor/worktrees/openWorktrees.ts';
import type { NamedFolder } from './files/folders.ts';
import { nameOf, type Identity } from './files/identity.ts';
import { realest } from './files/real.ts';
import {
  survey,
  worktreeFor,
  worktreesOf,
  type DispatchOrder,
  type DispatchWorktree,
  type Given,
  type Known,
  type Survey,
} from './git/dispatchWorktree.ts';
import { oneWriter } from './git/git.ts';
import { rootsOf, topPathOf } from './git/mapping.ts';
import { keepWork } from './git/keeping.ts';
import { changeOwner } from './git/recordFiles.ts';
import { repositoryOf } from './git/repository.ts';
import { cleanUp, removeMerged, removeWorktree, unmake } from './git/unmaking.ts';
import { keepWorktree, readRecords, type Processes, type WorktreeRecord } from './git/worktreeRecords.ts';
import { lifeOfWritten, writtenMark } from './journal/liveness.ts';

/** A dispatch that is, or that may come about. */
export interface Wanted extends Pick<Dispatch, 'packet' | 'todos'> {
  readonly dispatch: number;
  readonly worker: Worker;
  readonly command?: string;
}

export interface WorktreeNeeds extends WorktreeTalk {
  /** The journal's file: whose worktrees they are, and where they go when they cannot be beside the repository. */
  readonly journal: string;
  readonly fallback: string;
  readonly folders: () => readonly NamedFolder[];
  readonly workspace: () => Workspace;
  /** Whether the command came about that the worktree was made for; undefined where nobody can tell now. */
  readonly cameAbout: (waiting: Pick<WorktreeRecord, 'command' | 'dispatch'>) => boolean | undefined;
  /** The live dispatch of a worker. */
  readonly dispatchOf: (worker: number) => number | undefined;
  readonly log: { info(text: string): void; warn(text: string): void };
}

/** The worktrees of this journal's dispatches: made when a worker starts, kept when its dispatch is withdrawn. */
export class Worktrees {
  readonly #needs: WorktreeNeeds;
  /** Whose worktrees these are: the journal's mark. */
  readonly owner: string;

  constructor(needs: WorktreeNeeds) {
    this.#needs = needs;
    this.owner = markOf(needs.journal);
  }

  /** What a journal had, whose history is this one's now. */
  async takeOver(journal: string): Promise<void> {
    this.forgetSurvey();
    for (const { commonDir } of (await this.surveyed()).repositories)
      await oneWriter(commonDir, () => changeOwner(commonDir, markOf(journal), this.owner));
  }

  /**
   * Where a dispatch's worker works: its worktree, why that is not there, or undefined where it shares the folder. It was
   * made before the dispatch was true; one whose folder is gone is made again on its branch.
   */
  async place(dispatch: Dispatch, worker: Worker): Promise<Place | Refusal | undefined> {
    const { tellNotMade } = this.#needs;
    if (!(await this.#find(dispatch.n))) return undefined;
    const given = await this.make({ ...dispatch, worker, dispatch: dispatch.n }, 'carry');
    if (!given.ok) {
      tellNotMade(worker.name, given.refusal, given.output);
      return given.refusal;
    }
    return given.worktree && { folder: given.worktree.folder, root: given.worktree.record.path };
  }

  /** Makes the worktree of a dispatch, or of one that `command` may bring about, and shows that it does. */
  async make(wanted: Wanted, handling: DispatchOrder['handling']): Promise<Given> {
    const { settings, folders, workspace, fallback, whileMaking, log } = this.#needs;
    const { link, setup, setupMilliseconds, env } = settings();
    const open = folders();
    const { packet, worker, dispatch, command } = wanted;
    const { scope, notYourJob } = packet;
    const facts = workspace();
    const order: DispatchOrder = {
      owner: this.owner,
      dispatch,
      ...(command === undefined ? {} : { command }),
      worker: worker.name,
      todo: wanted.todos[0] ?? 0,
      taken: (await this.all()).map(({ record }) => record.id),
      fallback,
      processes,
      folders: open,
      scopeFolders: foldersOf(scope, open),
      inArea: (name) => inArea({ scope, notYourJob }, name, facts),
      handling,
      link,
      ...(setup.length > 0 ? { setup: { argv: setup, env, milliseconds: setupMilliseconds } } : {}),
    };
    // What the folder was to git may have changed since.
    this.forgetSurvey();
    const given = await whileMaking(worker.name, (signal) => worktreeFor({ ...order, signal }));
    this.forgetSurvey();
    if (given.output !== '') log.info(`The setup for ${worker.name} wrote:\n${given.output}`);
    if (given.ok && given.worktree) {
      const { record, notes } = given.worktree;
      log.info(`${worker.name} works in ${record.path} on ${record.branch}. ${notes.join(' ')}`.trimEnd());
    }
    return given;
  }

  /** One that was just made stands or goes with the act that it was made for. */
  prepared({ record, repository: { top, commonDir } }: DispatchWorktree): Prepared {
    const trying = async (what: () => Promise<Refusal | undefined | void>): Promise<void> => {
      try {
        const left = await what();
        if (left) this.#needs.log.warn(`${left.sentence} ${left.next}`);
      } catch (error) {
        this.#needs.log.warn(`The worktree ${record.path}: ${String(error)}`);
      }
      this.forgetSurvey();
    };
    return {
      keep: () => trying(() => keepWorktree(commonDir, record)),
      undo: () => trying(() => unmake(top, commonDir, record)),
    };
  }

  /** The worktree of a dispatch that is true, be it that nobody has kept it yet. */
  async #find(dispatch: number): Promise<Known | undefined> {
    this.forgetSurvey();
    const { repositories } = await this.surveyed();
    for (const { commonDir } of repositories) {
      const waiting = (await readRecords(commonDir)).find(
        (one) =>
          one.owner === this.owner &&
          one.dispatch === dispatch &&
          one.state === 'waiting' &&
          this.#needs.cameAbout(one) === true,
      );
      if (waiting) await keepWorktree(commonDir, waiting);
    }
    return (await this.all()).find(({ record }) => record.dispatch === dispatch);
  }

  /** Takes away what an interrupted making or removing left. */
  async cleanUp(): Promise<void> {
    const { folders, log } = this.#needs;
    const seen = new Set<string>();
    for (const { fsPath } of folders()) {
      const standing = await repositoryOf(fsPath);
      if (standing.kind === 'none' || seen.has(standing.repository.commonDir)) continue;
      const { top, commonDir } = standing.repository;
      seen.add(commonDir);
      const { cameAbout } = this.#needs;
      const { removed, left } = await cleanUp(top, commonDir, processes, ({ owner, ...record }) =>
        owner === this.owner ? cameAbout(record) : undefined,
      );
      for (const path of removed) log.info(`${path} was never finished and is removed.`);
      for (const { sentence, next } of left) log.warn(`${sentence} ${next}`);
    }
  }

  /** The folder of one of ours, by its name. */
  async rootOf(id: string): Promise<string | undefined> {
    return (await this.all()).find(({ record }) => record.id === id)?.record.path;
  }

  /** The folders of the workspace where the worker of a dispatch works: the counterparts of those that have one. */
  async folders(dispatch: number): Promise<readonly NamedFolder[]> {
    const known = (await this.all()).find(({ record }) => record.dispatch === dispatch);
    const counterparts = known ? rootsOf(known.mapping) : [];
    return this.#needs
      .folders()
      .map((folder) => counterparts.find(({ name }) => name === folder.name) ?? folder);
  }

  /** Where a file of the workspace is in the worktree of a dispatch: the name of that, and the path from its root. */
  async fileOf(dispatch: number, name: string): Promise<string | undefined> {
    const known = (await this.all()).find(({ record }) => record.dispatch === dispatch);
    const path = known && topPathOf(known.mapping, name);
    if (known === undefined || path === undefined) return undefined;
    const found = await stat(join(known.record.path, ...path.split('/'))).catch(() => undefined);
    return found?.isFile() === true ? `/${known.record.id}/${path}` : undefined;
  }

  /**
   * Which file of the workspace a path means to a worker. In its own worktree files have the workspace's names; where
   * it has one, the workspace's own folders are not where it works, and nobody works in the worktree of another.
   */
  async names(path: string, from: string, worker: number): Promise<Identity> {
    const all = await this.all();
    const folders = this.#needs.folders();
    if (all.length === 0) return nameOf(path, folders, { from });
    const dispatch = this.#needs.dispatchOf(worker);
    const own = all.find(({ record }) => record.dispatch === dispatch);
    const identity = await nameOf(path, folders, { from, counterparts: own ? rootsOf(own.mapping) : [] });
    if ('refused' in identity) return identity;
    const real = await realest(resolve(from, path));
    const inside = all.find(({ record }) => real.startsWith(record.path + sep));
    if (inside && inside !== own) {
      return {
        refused: `It lies in the worktree of ${inside.record.worker} for TODO ${inside.record.todo}.`,
      };
    }
    if ('outside' in identity) {
      return inside ? { refused: 'It lies in no folder of the workspace.' } : identity;
    }
    return own && !inside
      ? {
          refused: `You work in ${own.record.path}: change it there, not in the folder that the person has open.`,
        }
      : identity;
  }

  forgetSurvey(): void {
    this.#survey = undefined;
  }

  #survey: { readonly of: string; readonly found: Promise<Survey> } | undefined;

  surveyed(): Promise<Survey> {
    const folders = this.#needs.folders();
    const of = JSON.stringify(folders);
    if (this.#survey?.of !== of) this.#survey = { of, found: survey(folders) };
    return this.#survey.found;
  }

  async all(): Promise<readonly Known[]> {
    return worktreesOf(this.owner, await this.surveyed(), this.#needs.cameAbout);
  }

  /**
   * Its work is approved: the worktree goes, with its branch where the work is committed on the person's. What has
   * changed there since stays.
   */
  async finish(dispatch: number, tree: string, isMerged: boolean): Promise<void> {
    const { log } = this.#needs;
    try {
      const found = (await this.all()).find(({ record }) => record.dispatch === dispatch);
      if (!found) return;
      const { record, top, commonDir } = found;
      if (!isMerged) await keepWork(commonDir, record, `chore: keep the work of TODO ${record.todo}`);
      const left = isMerged
        ? await removeMerged(top, commonDir, record, processes, tree)
        : await removeWorktree(top, commonDir, record, processes, true);
      if (left) log.warn(`${left.sentence} ${left.next}`);
    } catch (error) {
      log.warn(`The worktree of dispatch ${dispatch} is not removed: ${String(error)}`);
    }
  }
}

function markOf(journal: string): string {
  return createHash('sha256').update(dirname(journal)).digest('hex').slice(0, 16);
}

/** The names of the folders that a scope lies in; the first is where its worker starts. */
export function foldersOf(scope: readonly string[], open: readonly NamedFolder[]): readonly string[] {
  const names = open.map(({ name }) => name);
  const named = scope.map((entry) => (open.length > 1 ? folderOf(entry, names) : names[0]));
  return [...new Set(named.filter((name) => name !== undefined))];
}

export const processes: Processes = {
  markOf: writtenMark,
  isAlive: (mark) => lifeOfWritten(mark) !== 'dead',
};
