import * as vscode from 'vscode';
import { workerName } from '../../core/labels.ts';
import { isByHand } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { editorsAgentKey, endpointProvider } from '../ids.ts';
import { forRow } from '../inert.ts';
import type { Room } from '../room.ts';

/**
 * Offers the endpoint to the editor's own agents, as one worker that the user named. No file is written: the address is
 * told when the editor lists its servers, the token only when it starts this one.
 */
export class EditorServers implements vscode.Disposable {
  readonly #room: Room;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #own: vscode.Disposable[];

  constructor(room: Room) {
    this.#room = room;
    const provider: vscode.McpServerDefinitionProvider<vscode.McpHttpServerDefinition> = {
      onDidChangeMcpServerDefinitions: this.#changed.event,
      provideMcpServerDefinitions: async () => {
        const connection = await this.#connection();
        if (!connection) return [];
        const label = `lockkeeper (${forRow(workerName(room.state, this.worker ?? 0), 40)})`;
        return [new vscode.McpHttpServerDefinition(label, vscode.Uri.parse(connection.url))];
      },
      resolveMcpServerDefinition: async (server) => {
        const connection = await this.#connection();
        if (!connection || !vscode.workspace.isTrusted) return undefined;
        server.headers = { ...server.headers, Authorization: `Bearer ${connection.token}` };
        return server;
      },
    };
    this.#own = [
      vscode.lm.registerMcpServerDefinitionProvider(endpointProvider, provider),
      room.house.door.onChange(() => this.#changed.fire()),
      this.#changed,
    ];
  }

  /** Who the editor's own agents are; undefined where they are nobody. */
  get worker(): number | undefined {
    const n = this.#room.house.context.workspaceState.get<number>(editorsAgentKey);
    const worker = n === undefined ? undefined : at(this.#room.state.workers, n);
    return worker && !worker.removed && !isByHand(worker) ? worker.n : undefined;
  }

  async offer(worker: number | undefined): Promise<void> {
    await this.#room.house.context.workspaceState.update(editorsAgentKey, worker);
    this.#changed.fire();
  }

  dispose(): void {
    for (const one of this.#own) one.dispose();
  }

  #connection(): Thenable<{ readonly url: string; readonly token: string } | undefined> {
    const { worker } = this;
    return worker === undefined
      ? Promise.resolve(undefined)
      : this.#room.house.credentials.connection(worker);
  }
}
