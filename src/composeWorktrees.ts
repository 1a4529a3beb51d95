import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Place } from './agents/launch/launching.ts';
import type { Refusal } from './contract/refusal.ts';
import { folderOf } from './core/folders.ts';
import { inArea } from './core/scopes/area.ts';
import type { Dispatch, Worker } from './core/state.ts';
import type { Workspace } from './core/workspace.ts';
import type { WorktreeTalk } from './editor/worktrees/openWorktrees.ts';
import type { NamedFolder } from './files/folders.ts';
import { nameOf, type Identity } from './files/identity.ts';
import { realest } from './files/real.ts';
import {
  survey,
  worktreeFor,
  worktreesOf,
  type DispatchOrder,
  type Known,
  type Survey,
} from './git/dispatchWorktree.ts';
import { rootsOf, topPathOf } from './git/mapping.ts';
import { keepWork } from './git/keeping.ts';
import { repositoryOf } from './git/repository.ts';
import { cleanUp } from './git/unmaking.ts';
import type { Processes } from './git/worktreeRecords.ts';
import { lifeOfWritten, writtenMark } from './journal/liveness.ts';

export interface WorktreeNeeds extends WorktreeTalk {
  /** The journal's file: whose worktrees they are, and where they go when they cannot be beside the repository. */
  readonly journal: string;
  readonly fallback: string;
  readonly folders: () => readonly NamedFolder[];
  readonly workspace: () => Workspace;
  /** The live dispatch of a worker. */
  readonly dispatchOf: (worker: number) => number | undefined;
  readonly log: { info(text: string): void; warn(text: string): void };
}

/** The worktrees of this journal's dispatches: made when a worker starts, kept when its dispatch is withdrawn. */
export class Worktrees {
  readonly #needs: WorktreeNeeds;
  readonly #owner: string;

  constructor(needs: WorktreeNeeds) {
    this.#needs = needs;
    this.#owner = createHash('sha256').update(dirname(needs.journal)).digest('hex').slice(0, 16);
  }

  /** Where a dispatch's worker works: its worktree, why there is none, or undefined where it shares the folder. */
  async place(dispatch: Dispatch, worker: Worker): Promise<Place | Refusal | undefined> {
    const { settings, folders, workspace, fallback, whileMaking, mayCarry, tellNotMade, log } = this.#needs;
    const { uncommitted, link, setup, setupMilliseconds, env } = settings();
    const open = folders();
    const { scope, notYourJob } = dispatch.packet;
    const names = open.map(({ name }) => name);
    const named = scope.map((entry) => (open.length > 1 ? folderOf(entry, names) : names[0]));
    const facts = workspace();
    const order: DispatchOrder = {
      owner: this.#owner,
      dispatch: dispatch.n,
      worker: worker.name,
      todo: dispatch.todos[0] ?? 0,
      fallback,
      processes,
      folders: open,
      scopeFolders: [...new Set(named.filter((name) => name !== undefined))],
      inArea: (name) => inArea({ scope, notYourJob }, name, facts),
      handling: uncommitted === 'carry' ? 'carry' : 'refuse',
      link,
      ...(setup.length > 0 ? { setup: { argv: setup, env, milliseconds: setupMilliseconds } } : {}),
    };
    const make = (handling: DispatchOrder['handling']) =>
      whileMaking(worker.name, (signal) => worktreeFor({ ...order, handling, signal }));
    // What the folder was to git may have changed since.
    this.#survey = undefined;
    let given = await make(order.handling);
    if (!given.ok && given.refusal.code === 'uncommitted-in-scope' && uncommitted === 'ask') {
      if (await mayCarry(given.refusal)) given = await make('carry');
    }
    if (!given.ok) {
      tellNotMade(worker.name, given.refusal, given.output);
      return given.refusal;
    }
    if (!given.worktree) return undefined;
    const { record, folder, notes } = given.worktree;
    log.info(`${worker.name} works in ${record.path} on ${record.branch}. ${notes.join(' ')}`.trimEnd());
    if (given.output !== '') log.info(`The setup of ${record.path} wrote:\n${given.output}`);
    return { folder, root: record.path };
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
      const { removed, left } = await cleanUp(top, commonDir, processes);
      for (const path of removed) log.info(`${path} was never finished and is removed.`);
      for (const { sentence, next } of left) log.warn(`${sentence} ${next}`);
    }
  }

  /** The folder of one of ours, by its name. */
  async rootOf(id: string): Promise<string | undefined> {
    return (await this.#all()).find(({ record }) => record.id === id)?.record.path;
  }

  /** Where a file of the workspace is in the worktree of a dispatch: the name of that, and the path from its root. */
  async fileOf(dispatch: number, name: string): Promise<string | undefined> {
    const known = (await this.#all()).find(({ record }) => record.dispatch === dispatch);
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
    const all = await this.#all();
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
      ? { refused: `You work in ${own.record.path}, not in the folder that the person has open.` }
      : identity;
  }

  #survey: { readonly of: string; readonly found: Promise<Survey> } | undefined;

  async #all(): Promise<readonly Known[]> {
    const folders = this.#needs.folders();
    const of = JSON.stringify(folders);
    if (this.#survey?.of !== of) this.#survey = { of, found: survey(folders) };
    return worktreesOf(this.#owner, await this.#survey.found);
  }

  /** Keeps the work of a withdrawn dispatch on its branch, and says which that is. */
  async keep(dispatch: number): Promise<void> {
    const { log, tellKept } = this.#needs;
    const found = (await this.#all()).find(({ record }) => record.dispatch === dispatch);
    if (!found) return;
    const { record, commonDir } = found;
    const message = `chore: keep the work of TODO ${record.todo}\n\nIts dispatch was withdrawn.`;
    const kept = await keepWork(commonDir, record, message);
    if (kept.ok) tellKept(kept.branch);
    else log.warn(`The work in ${record.path} is not committed: ${kept.refusal.sentence}`);
  }
}

const processes: Processes = {
  markOf: writtenMark,
  isAlive: (mark) => lifeOfWritten(mark) !== 'dead',
};
