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

  constructor(agents: House['agents'], door: { onStanding(listener: () => void): { dispose(): void } }) {
    this.#agents = agents;
    this.#listening = door.onStanding(() => void this.look());
  }

  get all(): readonly OutdatedAgent[] {
    return this.#all;
  }

  async look(): Promise<void> {
    const now = await (await this.#agents()).outdated();
    if (JSON.stringify(now) === JSON.stringify(this.#all)) return;
    this.#all = now;
    this.#changed.fire();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}
