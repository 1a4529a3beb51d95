import type * as vscode from 'vscode';
import type { Told } from '../../desk/desk.ts';
import { neverRun } from '../../core/witness.ts';
import type { Room } from '../room.ts';
import { OutputDocuments } from './outputDocuments.ts';
import type { VerifyRuns } from './runs.ts';

const telling = ['resulted', 'verify-asked'];
/** When the start is over. */
const afterStart = 3_000;

/** Hears when VERIFY is to be run; what runs it is loaded then. */
export class VerifyWatch implements vscode.Disposable {
  readonly #room: Room;
  #seen: number;
  #runs: Promise<VerifyRuns> | undefined;
  readonly documents: OutputDocuments;
  readonly #resuming: NodeJS.Timeout;

  constructor(room: Room) {
    this.#room = room;
    this.#seen = room.state.seq;
    this.documents = new OutputDocuments(
      () => room.state,
      async (sha256) => (await (await this.runs()).place).read(sha256),
    );
    // A window that went away in a run, or before it, leaves results of which nothing was run.
    this.#resuming = setTimeout(() => {
      if (neverRun(room.state).length > 0) void this.runs().then((runs) => runs.resume());
    }, afterStart);
  }

  runs(): Promise<VerifyRuns> {
    return (this.#runs ??= import('./runs.ts').then((found) => new found.VerifyRuns(this.#room)));
  }

  hear({ state, events }: Told): void {
    // A journal that was read again tells old events once more.
    const fresh = events.slice(Math.max(0, events.length - (state.seq - this.#seen)));
    if (state.seq <= this.#seen) return;
    this.#seen = state.seq;
    if (!this.#runs && !fresh.some(({ event }) => telling.includes(event.type))) return;
    void this.runs().then((runs) => runs.hear(fresh));
  }

  dispose(): void {
    clearTimeout(this.#resuming);
    this.documents.dispose();
    void this.#runs?.then((runs) => runs.dispose());
  }
}
