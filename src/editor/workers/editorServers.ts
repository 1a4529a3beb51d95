import * as vscode from 'vscode';
import type { Bearer } from '../../contract/actor.ts';
import { workerName } from '../../core/labels.ts';
import { isByHand } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { editorsAgentKey, endpointProvider } from '../ids.ts';
import { forRow } from '../inert.ts';
import type { Room } from '../room.ts';

/**
 * Offers the endpoint to the editor's own agents, as the one worker that the user named, or in the seat. No file is written: the address is
 * told when the editor lists its servers, the token only when it starts this one.
 */
export class EditorServers implements vscode.Disposable {
  readonly #room: Room;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #own: vscode.Disposable[];
  #told: Bearer | undefined;

  constructor(room: Room) {
    this.#room = room;
    const provider: vscode.McpServerDefinitionProvider<vscode.McpHttpServerDefinition> = {
      onDidChangeMcpServerDefinitions: this.#changed.event,
      provideMcpServerDefinitions: async () => {
        const connection = await this.#connection();
        if (!connection) return [];
        const { bearer = 0 } = this;
        const name = bearer === 'orchestrator' ? bearer : forRow(workerName(room.state, bearer), 40);
        const label = `lockkeeper (${name})`;
        return [new vscode.McpHttpServerDefinition(label, vscode.Uri.parse(connection.url))];
      },
      resolveMcpServerDefinition: async (server) => {
        const connection = await this.#connection();
        if (!connection || !vscode.workspace.isTrusted) return undefined;
        server.headers = { ...server.headers, Authorization: `Bearer ${connection.token}` };
        return server;
      },
    };
    this.#told = this.bearer;
    // A worker that is removed, a seat that is taken back: VS Code would call on, and ask the person to sign in.
    const told = room.house.desk?.onTold(() => this.bearer !== this.#told && this.#tell());
    this.#own = [
      ...(told ? [vscode.Disposable.from(told)] : []),
      vscode.lm.registerMcpServerDefinitionProvider(endpointProvider, provider),
      room.house.door.onChange(() => this.#changed.fire()),
      this.#changed,
    ];
  }

  /** Who the editor's own agents are; undefined where they are nobody. */
  get bearer(): Bearer | undefined {
    const { seat } = this.#room.state;
    const n = this.#room.house.context.workspaceState.get<number | string>(editorsAgentKey);
    if (typeof n === 'string') return n === seat?.tokenHash ? 'orchestrator' : undefined;
    const worker = n === undefined ? undefined : at(this.#room.state.workers, n);
    return worker && !worker.removed && !isByHand(worker) ? worker.n : undefined;
  }

  /** The seat is theirs as long as it is lent by this act: who lends it anew may mean another agent. */
  async offer(bearer: Bearer | undefined): Promise<void> {
    const { context } = this.#room.house;
    const kept = bearer === 'orchestrator' ? this.#room.state.seat?.tokenHash : bearer;
    await context.workspaceState.update(editorsAgentKey, kept);
    this.#tell();
  }

  dispose(): void {
    for (const one of this.#own) one.dispose();
  }

  #tell(): void {
    this.#told = this.bearer;
    this.#changed.fire();
  }

  #connection(): Thenable<{ readonly url: string; readonly token: string } | undefined> {
    const { bearer } = this;
    return bearer === undefined
      ? Promise.resolve(undefined)
      : this.#room.house.credentials.connection(bearer);
  }
}
