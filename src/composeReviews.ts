import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Ground, Grounds } from './composeGrounds.ts';
import type { HiddenFiles } from './composeHidden.ts';
import type { Worktrees } from './composeWorktrees.ts';
import { refusal, type Refusal } from './contract/refusal.ts';
import type { ChangedFile, ChangeSeen, Measured, MergeOutlook } from './core/change.ts';
import { ownerOf } from './core/ownership.ts';
import type { Dispatch, State } from './core/state.ts';
import { at } from './core/table.ts';
import { holds, territoryOf } from './core/territory.ts';
import type { Workspace } from './core/workspace.ts';
import { changesIn, type Changes } from './git/changes.ts';
import { contentOf } from './git/contents.ts';
import { oneWriter } from './git/git.ts';
import { nameFromTop } from './git/mapping.ts';
import { mergeTrees, treeOf, type Going, type Merged } from './git/merging.ts';
import { compareWithResult, namedChanges, type NamedChange } from './git/reported.ts';
import { repositoryOf, type Repository } from './git/repository.ts';
import { treeOfAll } from './git/snapshot.ts';
import { takenUp } from './git/takenUp.ts';

export interface ReviewNeeds {
  readonly worktrees: Worktrees;
  readonly grounds: Grounds;
  readonly hidden: HiddenFiles;
  readonly state: () => State;
  readonly workspace: () => Workspace;
  /** Whether this editor saved the file of that path since then (epoch milliseconds). */
  readonly savedHere: (path: string, since: number) => boolean;
}

/** A result's change as git has it, with what the rules are told of it. */
export interface Weighed {
  readonly measured: Measured;
  readonly ground: Ground;
  readonly repository: Repository;
  readonly going: Going;
  readonly merged: Merged;
}

/** What results really changed, by git. */
export class Reviews {
  readonly #needs: ReviewNeeds;

  constructor(needs: ReviewNeeds) {
    this.#needs = needs;
  }

  /** What a result changed as it stands now, or why nobody can tell. */
  async measure(result: number): Promise<ChangeSeen> {
    const weighed = await this.weigh(result);
    return 'code' in weighed ? { why: weighed.sentence, next: weighed.next } : { measured: weighed.measured };
  }

  /** The tree that stands where a dispatch is worked on, ignored files aside. */
  async treeNow(dispatch: number): Promise<string | Refusal> {
    const ground = await this.groundOf(dispatch);
    if ('code' in ground) return ground;
    await this.#needs.hidden.strayed(dispatch);
    const tree = await oneWriter(ground.commonDir, () => treeOfAll(ground.path, ground.index));
    return tree.ok ? tree.hash : tree.refusal;
  }

  /** The bytes of a file, by the tree they are in and the path from the root; undefined where there is none. */
  async contentOf(tree: string, path: string): Promise<Uint8Array | undefined> {
    for (const { top } of (await this.#needs.worktrees.surveyed()).repositories) {
      const found = await contentOf(top, tree, path);
      if (found) return found;
    }
    return undefined;
  }

  async weigh(n: number): Promise<Weighed | Refusal> {
    const state = this.#needs.state();
    const result = at(state.results, n);
    const dispatch = result && at(state.dispatches, result.dispatch);
    if (!dispatch) return refusal('no-result', `There is no result ${n}.`, 'Name a result from the Inbox.');
    const found = await this.groundOf(dispatch.n);
    if ('code' in found) return found;
    const { where, path, top, commonDir, index, mapping } = found;
    const standing = await repositoryOf(top);
    if (standing.kind === 'none') return standing.why;
    const head = standing.repository.commit;
    const begins = await oneWriter(commonDir, () => takenUp(path, found, head));
    if (!begins.ok) return begins.refusal;
    const { base, from } = begins;
    const ground = { ...found, base, from };
    const hidden = await this.#hidden(dispatch, ground);
    if ('code' in hidden) return hidden;
    const [read, begun] = await Promise.all([changesIn({ path, commonDir, base, index }), treeOf(top, base)]);
    if (!read.ok) return read.refusal;
    if (!begun.ok) return begun.refusal;
    const named = namedChanges(read.changes.files, (one) => nameFromTop(mapping, one));
    const facts = this.#needs.workspace();
    const files = named.map((one) => this.#fileOf(one, dispatch, ground, facts));
    const apart = where === 'shared' ? await this.#apart(dispatch, facts) : [];
    if ('code' in apart) return apart;
    const isSeen = new Set(files.map((one) => one.path));
    const beside = [...apart, ...hidden.filter((one) => !isSeen.has(one.path))];
    const isTaken = (at: number): boolean => !['another', 'user'].includes(files[at]?.by ?? '');
    const going: Going = {
      where,
      from,
      files: read.changes.files.filter((_, at) => isTaken(at)),
      ...(where === 'worktree' && base === from ? { tree: read.changes.tree } : {}),
    };
    const { repository } = standing;
    const merged = await oneWriter(commonDir, () => mergeTrees(top, repository.commit, going));
    const said = compareWithResult(
      named.filter((_, at) => isTaken(at)),
      result.packet.files,
      (name) => (facts.caseBlind ? name.normalize('NFC').toLowerCase() : name.normalize('NFC')),
    );
    const measured: Measured = {
      result: n,
      epoch: result.epoch,
      where,
      base: begun.hash,
      tree: read.changes.tree,
      shown: shownOf(begun.hash, read.changes, [...files, ...beside]),
      files: [...files, ...beside],
      unsaid: said.unsaid.map(({ name, change }) => name ?? change.path),
      unchanged: said.unchanged,
      merge: outlookOf(merged, (one) => nameFromTop(mapping, one) ?? one),
    };
    return { measured, ground, repository, going, merged };
  }

  /** What changed in the other repositories of a folder that several share. */
  async #apart(dispatch: Dispatch, facts: Workspace): Promise<readonly ChangedFile[] | Refusal> {
    const found: ChangedFile[] = [];
    for (const ground of await this.#needs.grounds.besides(dispatch.n)) {
      const read = await changesIn(ground);
      if (!read.ok) return read.refusal;
      const { base, tree, files } = read.changes;
      for (const one of namedChanges(files, (path) => nameFromTop(ground.mapping, path)))
        found.push({ ...this.#fileOf(one, dispatch, ground, facts), apart: { base, tree } });
    }
    return found;
  }

  /** What was changed of the hidden files that Lockkeeper wrote there, to be looked at and in no commit. */
  async #hidden(dispatch: Dispatch, ground: Ground): Promise<readonly ChangedFile[] | Refusal> {
    try {
      const read = await this.#needs.hidden.changes(dispatch.n);
      if (!read) return [];
      if (!read.ok) return read.refusal;
      const { base, tree, files } = read;
      return namedChanges(files, (path) => nameFromTop(ground.mapping, path)).map((one) => ({
        ...this.#fileOf(one, dispatch, ground, this.#needs.workspace()),
        apart: { base, tree },
        hidden: true,
      }));
    } catch (error) {
      return unreadableHidden(error instanceof Error ? error.message : String(error));
    }
  }

  async groundOf(dispatch: number): Promise<Ground | Refusal> {
    return (await this.#needs.grounds.of(dispatch)) ?? unknownBase;
  }

  #fileOf(
    { change, name, from }: NamedChange,
    dispatch: Dispatch,
    ground: Ground,
    facts: Workspace,
  ): ChangedFile {
    const { path, how, kind, oldMode, newMode, binary, added, removed, unsaved } = change;
    return {
      ...(name === undefined ? {} : { name }),
      path,
      ...(change.from === undefined
        ? {}
        : { from: { ...(from === undefined ? {} : { name: from }), path: change.from } }),
      how,
      kind,
      mode: { old: oldMode, new: newMode },
      binary,
      ...(added === undefined ? {} : { added }),
      ...(removed === undefined ? {} : { removed }),
      ...(unsaved ? { unsaved } : {}),
      ...(ground.where === 'worktree' ? {} : { by: this.#writerOf(path, name, dispatch, ground, facts) }),
    };
  }

  /** In a folder that several share: what lies in another's files, or was saved by this editor, counts as theirs. */
  #writerOf(
    path: string,
    name: string | undefined,
    dispatch: Dispatch,
    { top }: Ground,
    facts: Workspace,
  ): NonNullable<ChangedFile['by']> {
    const { state, savedHere } = this.#needs;
    const worker = at(state().workers, dispatch.worker);
    const isHere = worker?.runs.kind === 'by-hand' && worker.runs.where === 'here';
    const isOwn = name !== undefined && holds(territoryOf(dispatch, facts), name);
    if (isOwn && isHere) return 'worker';
    if (savedHere(join(top, ...path.split('/')), dispatch.at)) return 'user';
    const owner = name === undefined ? undefined : ownerOf(state(), name, facts);
    if (owner && !(owner.kind === 'dispatch' && owner.dispatch === dispatch.n)) return 'another';
    return isOwn ? 'worker' : 'unknown';
  }
}

function shownOf(base: string, { tree }: Changes, files: readonly ChangedFile[]): string {
  return createHash('sha256')
    .update(JSON.stringify([base, tree, files]))
    .digest('hex');
}

function outlookOf(merged: Merged, nameOf: (path: string) => string): MergeOutlook {
  if (merged.kind === 'clean') return { kind: 'clean' };
  return merged.kind === 'conflicts'
    ? { kind: 'conflicts', files: merged.files.map(nameOf) }
    : { kind: 'unknown', why: merged.refusal.sentence, next: merged.refusal.next };
}

const unknownBase = refusal(
  'no-base',
  'What stood there when this work was handed out is not known: it is in no git repository, or was dispatched before Lockkeeper kept that.',
  'Look at the files yourself: only the user approves past these gates, with a reason. Or make the folder a git repository with a first commit (git init), withdraw, and dispatch again: then it is measured.',
);

const unreadableHidden = (why: string): Refusal =>
  refusal(
    'hidden-unread',
    `What Lockkeeper put into the worktree beside the work cannot be compared: ${why}`,
    'Withdraw the task and dispatch it again.',
  );
