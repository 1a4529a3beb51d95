import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { composeOutside, type Outside } from '../../../src/composeOutside.ts';
import type { Act } from '../../../src/contract/acts.ts';
import type { Actor } from '../../../src/contract/actor.ts';
import type { Refusal } from '../../../src/contract/refusal.ts';
import { plainWorkspace, type Workspace } from '../../../src/core/workspace.ts';
import type { Reply } from '../../../src/desk/command.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { late } from '../../../src/desk/late.ts';
import type { WorktreeSettings } from '../../../src/editor/worktrees/settings.ts';
import type { NamedFolder } from '../../../src/files/folders.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';
import type { Journal, JournalOptions } from '../../../src/journal/port.ts';
import type { Measured } from '../../../src/core/change.ts';
import { freshGround } from '../../../src/git/freshGround.ts';
import { readRecords } from '../../../src/git/worktreeRecords.ts';
import { runSeries } from '../../../src/running/series.ts';
import { addWorker, judged, nothing, packet } from '../core/drafts.ts';
import { user, worker } from '../core/history.ts';
import { processes } from './given.ts';

/** A desk with all its work outside, on a repository and a journal beside it; what the person would see is kept. */
export class GitHouse {
  readonly settings: { -readonly [K in keyof WorktreeSettings]: WorktreeSettings[K] } = {
    mode: 'worktree',
    uncommitted: 'ask',
    link: [],
    setup: [],
    setupMilliseconds: 20_000,
    approved: 'commit',
    env: {},
  };
  workspace: Workspace = { ...plainWorkspace, worktrees: true };
  folders: readonly NamedFolder[];
  carries = false;
  /** Paths that this editor saved. */
  readonly saved = new Set<string>();
  readonly asked: Refusal[] = [];
  readonly told: string[] = [];
  readonly log: string[] = [];
  readonly top: string;
  readonly journal: Journal;
  readonly desk: Desk;
  readonly outside: Outside;

  static async open(top: string, fault?: JournalOptions['fault']): Promise<GitHouse> {
    const file = join(dirname(top), 'own', 'journal.db');
    return new GitHouse(
      top,
      file,
      await openJournal({ file, headFile: join(dirname(top), 'heads', 'head'), ...(fault ? { fault } : {}) }),
    );
  }

  private constructor(top: string, file: string, journal: Journal) {
    this.top = top;
    this.journal = journal;
    this.folders = [{ name: 'app', fsPath: top }];
    const dispatch = late('dispatch', () => Promise.resolve(this.outside.dispatch));
    const undo = late('approve', () => Promise.resolve(this.outside.undo));
    const approve = late('approve', () => Promise.resolve(this.outside.approve));
    const preparations = {
      dispatch,
      'dispatch-side-by-side': dispatch,
      approve,
      'undo-approval': undo,
      'fire-rollback': undo,
    };
    this.desk = new Desk(journal, Date.now, () => this.workspace, preparations);
    this.outside = composeOutside(this.desk, {
      journal: file,
      fallback: join(dirname(top), 'storage'),
      folders: () => this.folders,
      workspace: () => this.workspace,
      settings: () => this.settings,
      whileMerging: (_, merge) => merge(new AbortController().signal),
      whileMaking: (_, make) => make(new AbortController().signal),
      mayCarry: (why) => (this.asked.push(why), Promise.resolve(this.carries)),
      tellNotMade: (worker, why, output) => void this.told.push(`${worker} ${why.code} ${output}`),
      tellKept: (branch) => void this.told.push(branch),
      savedHere: (path) => this.saved.has(path),
      log: { info: (text) => void this.log.push(text), warn: (text) => void this.log.push(text) },
    });
  }

  submit(act: Act | ReturnType<typeof addWorker>, actor: Actor = user): Promise<Reply> {
    return this.desk.submit({ id: randomUUID(), actor, act: act as Act });
  }

  async act(act: Parameters<GitHouse['submit']>[0], actor?: Actor): Promise<void> {
    const reply = await this.submit(act, actor);
    assert.ok(reply.ok, JSON.stringify(reply));
  }

  close(): void {
    this.desk.dispose();
    this.journal.close();
  }
}

const open: GitHouse[] = [];

/** For `afterEach`. */
export function closeHouses(): void {
  for (const house of open.splice(0)) house.close();
}

/** One dispatch of `src/` to web, and where its worker works. */
export async function dispatched(
  top: string,
  mode: 'worktree' | 'shared',
  settle: (house: GitHouse) => void = () => undefined,
  fault?: JournalOptions['fault'],
): Promise<{ house: GitHouse; path: string }> {
  const house = await GitHouse.open(top, fault);
  open.push(house);
  house.settings.mode = mode;
  settle(house);
  await house.act({ type: 'start', objective: 'A gate', constraints: [], mode: 'orchestrator-first' });
  for (const name of ['web', 'api']) await house.act(addWorker(name, 'code'));
  const one = { ...packet('Add the sluice'), scope: ['src/'] };
  await house.act({ type: 'add-todo', packet: one, role: 'code' });
  await house.act({ type: 'dispatch', worker: 1 });
  const [record] = await readRecords(join(top, '.git'));
  return { house, path: record?.path ?? top };
}

export async function submitted(house: GitHouse, files: readonly string[] = [], epoch = 1): Promise<void> {
  await house.act(
    { type: 'submit', dispatch: 1, epoch, packet: nothing({ files: [...files] }) } as never,
    worker(1),
  );
}

export async function measured(house: GitHouse): Promise<Measured> {
  const seen = await house.outside.reviews.measure(1);
  assert.ok('measured' in seen, JSON.stringify(seen));
  return seen.measured;
}

/** What was measured is approved, as it was shown. */
export async function approval(house: GitHouse, more: object = {}): Promise<Reply> {
  const { shown } = await measured(house);
  return house.submit({ type: 'approve', result: 1, shown, judged, ...more } as never);
}

/** What a window does when it hears that a hard review is asked for, without its terminal. */
export async function ranHard(house: GitHouse): Promise<void> {
  const weighed = await house.outside.reviews.weigh(1);
  assert.ok('measured' in weighed && weighed.merged.kind === 'clean');
  const env = { PATH: process.env['PATH'] ?? '' };
  const signal = new AbortController().signal;
  const fresh = await freshGround({
    repository: weighed.repository,
    owner: 'journal',
    todo: 1,
    fallback: join(dirname(house.top), 'storage'),
    open: [house.top],
    processes,
    signal,
    change: weighed.measured.tree,
    merged: weighed.merged.tree,
    link: [],
    setup: { argv: [], env, milliseconds: 20_000 },
  });
  assert.ok(!('code' in fresh), JSON.stringify(fresh));
  const refusal = await runSeries({
    result: 1,
    commands: [{ todo: 1, line: 1, argv: ['npm', 'test'] }],
    ground: fresh,
    env,
    milliseconds: 60_000,
    signal,
    fresh: fresh.change,
    keep: () => Promise.resolve('0'.repeat(64)),
    onBegin: () => undefined,
    onOutput: () => undefined,
    onRan: (run) => house.act({ type: 'note-witnessed', ...run }, { seat: 'keeper' }),
  });
  assert.equal(refusal, undefined);
  assert.equal(await fresh.remove(), undefined);
}
