import * as vscode from 'vscode';
import { unreadGlobs } from '../../core/scopes/unreadGlobs.ts';
import type { SettingId } from '../ids.ts';
import { forMessage } from '../inert.ts';
import { setting } from '../settings.ts';
import { ownership as words } from './words.ts';

const critical: SettingId = 'lockkeeper.criticalFiles';

let told = '';

/** P7: says which entries of the setting protect nothing, once for the same ones. */
export async function tellOfUnreadGlobs(): Promise<void> {
  const entries: unknown = setting(critical);
  const unread = Array.isArray(entries) ? unreadGlobs(entries) : [];
  const key = JSON.stringify(unread);
  if (key === told) return;
  told = key;
  const [first] = unread;
  if (!first) return;
  const [entry, why] = first;
  const text = words.unread(forMessage(entry, 80), forMessage(why, 160), unread.length - 1);
  const pressed = await vscode.window.showWarningMessage(text, words.openSetting);
  if (pressed !== undefined) await vscode.commands.executeCommand('workbench.action.openSettings', critical);
}
