import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { refusal } from '../../contract/refusal.ts';
import { presentWorkers } from '../../core/worker.ts';
import type { Desk } from '../../desk/desk.ts';
import { findOrphans, rememberHome } from '../../desk/orphans.ts';
import { CredentialStore } from '../credentialStore.ts';
import type { House } from '../house.ts';
import { placesIn, placesOf, type Places } from '../storage.ts';

interface Needs {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly storage: vscode.Uri;
  readonly desk: Desk;
  readonly store: CredentialStore;
  /** What git holds for a journal is this one's from now on. */
  readonly takeOver: (journal: string) => Promise<void>;
  readonly journal: {
    adopt(from: Places): Promise<{ code: string; sentence: string; next: string } | undefined>;
  };
}

/** The journals that folders left behind when they got another name, and the taking in of one of them. */
export function orphanage({
  context,
  log,
  storage,
  desk,
  store,
  journal,
  takeOver,
}: Needs): House['orphans'] {
  const { globalStorageUri, secrets } = context;
  const { file } = placesOf(storage, globalStorageUri);
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  // Of several folders the workspace file speaks; one alone speaks for itself.
  const [only, ...others] = workspaceFolders;
  const home = (workspaceFile ?? (others.length === 0 ? only?.uri : undefined))?.fsPath;
  try {
    if (home !== undefined && !desk.trouble) rememberHome(file, home);
  } catch (error) {
    log.warn(`It cannot be written down what the journal belongs to: ${String(error)}`);
  }
  return {
    find: async () => (home === undefined ? [] : findOrphans(file, home)),
    adopt: async (orphan) => {
      const from = placesIn(orphan.place, globalStorageUri);
      const reason = await journal.adopt(from);
      if (reason && desk.state.seq === 0) return refusal(reason.code, reason.sentence, reason.next);
      await takeOver(orphan.file).catch((error: unknown) => log.warn(`Worktrees: ${String(error)}`));
      // Packets that were being written lie beside the journal; those of this folder come first.
      await rename(join(orphan.place, 'packets'), join(dirname(file), 'packets')).catch(() => undefined);
      const state = await desk.until((now) => (now.seq > 0 ? now : undefined), 5_000);
      const old = new CredentialStore(secrets, vscode.Uri.file(orphan.place));
      for (const { n } of state ? presentWorkers(state) : []) await store.takeOver(old, n);
      await store.takeOver(old, 'orchestrator');
      return desk.trouble;
    },
  };
}
