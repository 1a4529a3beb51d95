import * as vscode from 'vscode';
import type { Told } from '../desk/desk.ts';
import type { State } from '../core/state.ts';
import type { House } from './house.ts';
import type { Notice } from './notices.ts';

const gathering = 250;
/** A message cannot be taken back; who goes on within this time needs none that nothing is left. */
const settled = 4_000;

/**
 * Tells a person of what only a person can settle: each event once, in the window of several where the person was
 * last, and none from before this opening.
 */
export class NoticeBoard implements vscode.Disposable {
  #seen: State;
  readonly #waiting: { readonly before: State; readonly state: State; readonly events: Told['events'] }[] =
    [];
  #soon: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  readonly #teller: House['teller'];
  readonly #looking: vscode.Disposable;

  constructor(state: State, teller: House['teller']) {
    this.#seen = state;
    this.#teller = teller;
    if (vscode.window.state.focused) teller.take();
    this.#looking = vscode.window.onDidChangeWindowState(({ focused }) => focused && teller.take());
  }

  hear({ state, events }: Told): void {
    const before = this.#seen;
    // A journal that was read again tells old events once more.
    const fresh = events.slice(Math.max(0, events.length - (state.seq - before.seq)));
    if (state.seq <= before.seq) return;
    this.#seen = state;
    this.#waiting.push({ before, state, events: fresh });
    // Two that find nobody here at one moment both take it; one of them has it when it comes to telling.
    this.#teller.isMine();
    this.#soon ??= setTimeout(() => void this.#tell(), gathering);
  }

  dispose(): void {
    clearTimeout(this.#soon);
    clearTimeout(this.#idle);
    this.#looking.dispose();
  }

  async #tell(): Promise<void> {
    this.#soon = undefined;
    const heard = this.#waiting.splice(0);
    if (!this.#teller.isMine()) return;
    // What is told is made with the first that is heard.
    const { coalesced, idleNotice, isIdle, noticesOf } = await import('./notices.ts');
    const notices = heard.flatMap(({ before, state, events }) => noticesOf(before, state, events));
    for (const notice of coalesced(notices)) {
      if (notice.kind !== 'idle') void show(notice);
      else {
        clearTimeout(this.#idle);
        this.#idle = setTimeout(() => isIdle(this.#seen) && void show(idleNotice(this.#seen)), settled);
      }
    }
  }
}

async function show({ text, button, command, argument }: Notice): Promise<void> {
  const pressed = await vscode.window.showInformationMessage(text, button);
  if (pressed === button) await vscode.commands.executeCommand(command, argument);
}
