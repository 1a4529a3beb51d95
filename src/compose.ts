import * as vscode from 'vscode';
import { createViews } from './editor/views.ts';

/** Everything that lives as long as the extension; disposed in reverse, the log last. */
export function compose(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Lockkeeper', { log: true });
  context.subscriptions.push(createViews(), log);
  log.info('Lockkeeper is ready.');
}
