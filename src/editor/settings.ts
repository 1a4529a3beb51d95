import * as vscode from 'vscode';
import type { SettingId } from './ids.ts';

const section = 'lockkeeper';

/** What stands in one of our settings: whatever somebody wrote. Asked for all settings at once, VS Code copies every one there is. */
export function setting(id: SettingId): unknown {
  return vscode.workspace.getConfiguration(section).get(id.slice(section.length + 1));
}

/** A setting that counts something; what counts nothing is as if it were not set. */
export function counted(id: SettingId, otherwise: number): number {
  const value = setting(id);
  return typeof value === 'number' && value >= 0 ? value : otherwise;
}
