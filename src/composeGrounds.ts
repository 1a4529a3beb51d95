import { createHash } from 'node:crypto';
import { foldersOf, processes, type Wanted, type Worktrees } from './composeWorktrees.ts';
import type { Refusal } from './contract/refusal.ts';
import type { Prepared } from './desk/preparing.ts';
import type { NamedFolder } from './files/folders.ts';
import { twoRepositories } from './git/dispatchWorktree.ts';
import { mappingOf, type Mapping } from './git/mapping.ts';
import { repositoryOf } from './git/repository.ts';
import { dropSharedBase, indexOf, recordSharedBase, sharedBases, type SharedBase } from './git/sharedBase.ts';
import { filesOf } from './git/worktreeRecords.ts';

/** Where the work of a dispatch stands, and what it is compared with. */
export interface Ground {
  readonly where: 'worktree' | 'shared';
  /** The root of the working tree that it is done in, and of the one that the person has open. */
  readonly path: string;
  readonly top: string;
  readonly commonDir: string;
  readonly index: string;
  /** The commit it is compared with, and the one the person's branch stood at. */
  readonly base: string;
  readonly from: string | undefined;
  readonly mapping: Mapping;
}

export interface GroundNeeds {
  readonly worktrees: Worktrees;
  readonly folders: () => readonly NamedFolder[];
  /** Whether the command brought this dispatch about; undefined where nobody can tell now. */
  readonly cameAbout: (waiting: {
    readonly command: string;
    readonly dispatch: number;
  }) => boolean | undefined;
  readonly isLive: (dispatch: number) => boolean;
  readonly log: { warn(text: string): void };
}

/** What each dispatch began from: its worktree's base, or what the shared folder held. */
export class Grounds {
  readonly #needs: GroundNeeds;

  constructor(needs: GroundNeeds) {
    this.#needs = needs;
  }

  /** Undefined where nobody wrote it down. */
  async of(dispatch: number): Promise<Ground | undefined> {
    const { worktrees } = this.#needs;
    const known = (await worktrees.all()).find(({ record }) => record.dispatch === dispatch);
    if (known) {
      const { record, top, commonDir, mapping } = known;
      const { path, base, from = base } = record;
      const { index } = filesOf(commonDir, record.id);
      return { where: 'worktree', path, top, commonDir, index, base, from, mapping };
    }
    return (await this.#shared(dispatch, false))[0];
  }

  /** The other repositories of the workspace, of a dispatch that shares the folder: what changed there is none of its. */
  besides(dispatch: number): Promise<readonly Ground[]> {
    return this.#shared(dispatch, true);
  }

  async #shared(dispatch: number, isBeside: boolean): Promise<readonly Ground[]> {
    const { worktrees, cameAbout } = this.#needs;
    const { places, repositories } = await worktrees.surveyed();
    const found: Ground[] = [];
    for (const { top, commonDir } of repositories) {
      const shared = (await this.#own(commonDir)).find(
        (one) => one.dispatch === dispatch && (one.beside === true) === isBeside && cameAbout(one) === true,
      );
      if (!shared) continue;
      found.push({
        where: 'shared',
        path: top,
        top,
        commonDir,
        index: indexOf(commonDir, shared),
        base: shared.base,
        from: undefined,
        mapping: mappingOf(top, top, places),
      });
    }
    return found;
  }

  /** Writes down what the shared folder holds before a dispatch begins in it, where a git is there to do so. */
  async record({ dispatch, packet }: Wanted, command: string): Promise<Prepared | Refusal> {
    const { folders, worktrees, log } = this.#needs;
    const nothing = { keep: () => Promise.resolve(), undo: () => Promise.resolve() };
    const open = folders();
    const start = open.find(({ name }) => name === foldersOf(packet.scope, open)[0]) ?? open[0];
    const standing = start && (await repositoryOf(start.fsPath));
    worktrees.forgetSurvey();
    if (standing?.kind !== 'repository') return nothing;
    const { top, commonDir } = standing.repository;
    const named = foldersOf(packet.scope, open);
    const { places, repositories } = await worktrees.surveyed();
    const stranger = places.find((one) => named.includes(one.name) && one.top !== top);
    if (stranger) return twoRepositories(start?.name ?? '', stranger.name);
    const id = `shared-${dispatch}-${createHash('sha256').update(command).digest('hex').slice(0, 12)}`;
    const what = { id, owner: worktrees.owner, dispatch, command, maker: processes.markOf(process.pid) };
    const made: { readonly top: string; readonly commonDir: string; readonly shared: SharedBase }[] = [];
    const undo = async (): Promise<void> => {
      for (const one of made) await dropSharedBase(one.top, one.commonDir, one.shared);
    };
    const seen = new Set([commonDir]);
    const others = repositories.filter((one) => !seen.has(one.commonDir) && seen.add(one.commonDir));
    for (const one of [{ top, commonDir }, ...others]) {
      const there = one.top === top ? standing : await repositoryOf(one.top);
      if (there.kind === 'none') continue;
      const recorded = await recordSharedBase(there.repository, {
        ...what,
        ...(one.top === top ? {} : { beside: true }),
      });
      if (!recorded.ok) {
        log.warn(`What dispatch ${dispatch} begins from is not known: ${recorded.refusal.sentence}`);
        await undo();
        return nothing;
      }
      made.push({ ...one, shared: recorded.shared });
    }
    return { ...nothing, undo };
  }

  /** Lets go of what nothing is compared with any more: its dispatch is over, or never came about. */
  async cleanUp(): Promise<void> {
    const { worktrees, cameAbout, isLive } = this.#needs;
    for (const { top, commonDir } of (await worktrees.surveyed()).repositories) {
      for (const shared of await this.#own(commonDir)) {
        const stands = cameAbout(shared);
        const isOver = stands === true && !isLive(shared.dispatch);
        const isLost = stands === false && !processes.isAlive(shared.maker);
        if (isOver || isLost) await dropSharedBase(top, commonDir, shared);
      }
    }
  }

  async #own(commonDir: string): Promise<readonly SharedBase[]> {
    return (await sharedBases(commonDir)).filter(({ owner }) => owner === this.#needs.worktrees.owner);
  }
}
