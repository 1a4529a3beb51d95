import * as vscode from 'vscode';
import type { MarkAbout } from '../../contract/timeline.ts';
import { markScheme } from '../ids.ts';

/** As package.json names it among the events that wake the extension. */
export const timelineView = 'lockkeeper.timeline';

/** The document of what a mark is about. */
export function markUri({ kind, n }: MarkAbout): vscode.Uri {
  return vscode.Uri.from({
    scheme: markScheme,
    path: `/${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${n}`,
  });
}
