import * as vscode from 'vscode';
import type { Refusal } from '../../contract/refusal.ts';
import { forMessage } from '../inert.ts';
import { worktree as words } from '../surfaceWords.ts';

/** Shows that a worktree is being made; the person can stop it. */
export function whileMaking<T>(worker: string, make: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return cancellable(words.making(forMessage(worker, 60)), make);
}

function cancellable<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    vscode.window.withProgress(options, (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      return run(stop.signal);
    }),
  );
}

/** Shows that an approved change is merged: hooks of the repository may take their time. */
export function whileMerging<T>(result: number, merge: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return cancellable(words.merging(result), merge);
}

/** Whether what is not committed goes into the worker's base. The default is no. */
export async function mayCarry(why: Refusal): Promise<boolean> {
  const options = { modal: true, detail: words.carryDetail };
  const pressed = await vscode.window.showWarningMessage(forMessage(why.sentence, 400), options, words.carry);
  return pressed === words.carry;
}

/** Says why a worker was not started; what a setup wrote is in the log. */
export function tellNotMade(
  log: vscode.LogOutputChannel,
  worker: string,
  why: Refusal,
  output: string,
): void {
  if (output !== '') log.error(`${worker}: ${why.sentence}\n${output}`);
  const text = `${words.notStarted(forMessage(worker, 60))} ${forMessage(`${why.sentence} ${why.next}`, 400)}`;
  const buttons = output === '' ? [] : [words.showOutput];
  void vscode.window.showErrorMessage(text, ...buttons).then((pressed) => {
    if (pressed !== undefined) log.show(true);
  });
}

/** Says where the work of a withdrawn dispatch is. */
export function tellKept(branch: string): void {
  void vscode.window.showInformationMessage(words.kept(branch));
}
