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
import type { Journal } from '../../../src/journal/port.ts';
import type { addWorker } from '../core/drafts.ts';
import { user } from '../core/history.ts';

/** A desk with all its work outside, on a repository and a journal beside it; what the person would see is kept. */
export class GitHouse {
  readonly settings: { -readonly [K in keyof WorktreeSettings]: WorktreeSettings[K] } = {
    mode: 'worktree',
    uncommitted: 'ask',
    link: [],
    setup: [],
    setupMilliseconds: 20_000,
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

  static async open(top: string): Promise<GitHouse> {
    const file = join(dirname(top), 'own', 'journal.db');
    return new GitHouse(
      top,
      file,
      await openJournal({ file, headFile: join(dirname(top), 'heads', 'head') }),
    );
  }

  private constructor(top: string, file: string, journal: Journal) {
    this.top = top;
    this.journal = journal;
    this.folders = [{ name: 'app', fsPath: top }];
    const dispatch = late('dispatch', () => Promise.resolve(this.outside.dispatch));
    const preparations = { dispatch, 'dispatch-side-by-side': dispatch };
    this.desk = new Desk(journal, Date.now, () => this.workspace, preparations);
    this.outside = composeOutside(this.desk, {
      journal: file,
      fallback: join(dirname(top), 'storage'),
      folders: () => this.folders,
      workspace: () => this.workspace,
      settings: () => this.settings,
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
