import type { ExtensionContext } from 'vscode';
import { compose } from './compose.ts';

export function activate(context: ExtensionContext): void {
  compose(context);
}
