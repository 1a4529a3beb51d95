import type { ExtensionContext } from 'vscode';
import { compose } from './compose.ts';

export async function activate(context: ExtensionContext): Promise<void> {
  await compose(context);
}
