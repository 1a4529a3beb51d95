import * as vscode from 'vscode';
import type { House } from '../house.ts';
import type { OutdatedAgent } from './agentsPlace.ts';

/** Looks after the agents' configuration whenever the endpoint comes or moves, and when it is asked to. */
export class Outdated implements vscode.Disposable {
  readonly #agents: House['agents'];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onChange = this.#changed.event;
  readonly #listening: { dispose(): void };
  #all: readonly OutdatedAgent[] = [];
  #looks = 0;

  constructor(agents: House['agents'], door: { onStanding(listener: () => void): { dispose(): void } }) {
    this.#agents = agents;
    this.#listening = door.onStanding(() => void this.look());
  }

  get all(): readonly OutdatedAgent[] {
    return this.#all;
  }

  async look(): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    const now = await this.#agents()
      .then((agents) => agents.outdated())
      .catch(() => this.#all);
    // A later look knows better.
    if (look !== this.#looks) return;
    if (JSON.stringify(now) === JSON.stringify(this.#all)) return;
    this.#all = now;
    this.#changed.fire();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}
