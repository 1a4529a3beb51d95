import type * as vscode from 'vscode';

/** Tells when the endpoint comes, goes or moves. */
export interface Door {
  onStanding(listener: () => void): { dispose(): void };
}

/**
 * Every new terminal of the window finds the endpoint's address, as long as there is one. A token is in those alone that
 * are opened for whoever has it.
 */
export function carryAddress(
  collection: vscode.EnvironmentVariableCollection,
  url: () => string | undefined,
  door: Door,
): vscode.Disposable {
  // The address of a window that is gone is nobody's.
  collection.persistent = false;
  collection.description = 'Where agents that you start yourself find Lockkeeper.';
  const carry = (): void => {
    const address = url();
    if (address === undefined) collection.clear();
    else if (collection.get(name)?.value !== address) collection.replace(name, address);
  };
  carry();
  return door.onStanding(carry);
}

const name = 'LOCKKEEPER_URL';
