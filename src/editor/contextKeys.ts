import * as vscode from 'vscode';
import type { ContextKey } from './ids.ts';

type Value = string | boolean | number;

/** Context keys for `when` and `enablement`; told to VS Code only where they change. */
export class ContextKeys {
  readonly #known = new Map<ContextKey, Value>();

  set(values: Partial<Record<ContextKey, Value>>): void {
    for (const [key, value] of Object.entries(values) as [ContextKey, Value][]) {
      if (this.#known.get(key) === value) continue;
      this.#known.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  }
}
