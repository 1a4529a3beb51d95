import * as vscode from 'vscode';
import type { Refusal } from '../contract/refusal.ts';
import type { Room } from './room.ts';

/**
 * Tells of what was found in the journal, each thing once: what stands in the way with its way out, again only after
 * it was well in between, and what was mended, in the window that mended it. Call it whenever something may be new.
 */
export function journalNotices(room: Room, showRefusal: (why: Refusal) => void): () => void {
  const { house } = room;
  let told: string | undefined;
  let heard = 0;
  return () => {
    const trouble = house.desk?.trouble;
    if (trouble && trouble.code !== told) showRefusal(trouble);
    told = trouble?.code;
    const notices = house.journal.notices();
    for (const { code, sentence } of notices.slice(heard)) {
      house.log.warn(sentence);
      if (code !== told) void vscode.window.showWarningMessage(sentence);
    }
    heard = notices.length;
  };
}
