import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashToken, mintToken } from '../../../src/agents/credentials.ts';
import { openDoor, type Door } from '../../../src/agents/endpoint.ts';
import type { Act } from '../../../src/contract/acts.ts';
import type { Reply } from '../../../src/desk/command.ts';
import { Desk } from '../../../src/desk/desk.ts';
import { openJournal } from '../../../src/journal/sqlite.ts';
import type { Journal } from '../../../src/journal/port.ts';
import type { State } from '../../../src/core/state.ts';
import { measuring, wordsSuffice } from '../../rig/unchanged.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { projectRepository, story } from './story.ts';

const farAway = 4_000_000_000_000;
const patience = 90_000;
const quiet = { info: () => undefined, warn: () => undefined };

/** Journal, desk and door on a real port, as a window composes them, beside a project in git. */
export class House {
  readonly folder: string;
  readonly project: string;
  /** Tokens by the name of the worker, and `orchestrator`. */
  readonly tokens = new Map<string, string>();
  port = 0;
  #journal: Journal | undefined;
  #desk: Desk | undefined;
  #door: Door | undefined;
  #acts = 0;
  #opened = Promise.withResolvers<undefined>();
  #shutting = new AbortController();

  private constructor(folder: string) {
    this.folder = folder;
    this.project = join(folder, 'project');
  }

  static async build(): Promise<House> {
    const house = new House(await temporaryFolder('rehearsal'));
    mkdirSync(house.project);
    projectRepository(house.project);
    await house.open();
    const { objective, constraints, workers } = story;
    await house.asUser({ type: 'start', objective, constraints, mode: 'orchestrator-first' });
    for (const { name, role } of workers) {
      const tokenHash = hashToken(house.#mint(name));
      const runs = { kind: 'rehearsal' as const };
      await house.asUser({ type: 'add-worker', name, role, runs, tokenHash, expires: farAway });
    }
    await house.asUser({
      type: 'lend-seat',
      tokenHash: hashToken(house.#mint('orchestrator')),
      expires: farAway,
    });
    return house;
  }

  /** Opens what `shut` closed: the same journal, the same port. */
  async open(): Promise<void> {
    const file = join(this.folder, 'workspace', 'journal.sqlite');
    this.#journal = await openJournal({ file, headFile: join(this.folder, 'global', 'head') });
    const desk: Desk = new Desk(
      this.#journal,
      Date.now,
      () => wordsSuffice,
      measuring(() => desk),
    );
    this.#desk = desk;
    const log = quiet;
    this.#door = await openDoor({ desk, clock: Date.now, port: this.port, log, onContact: () => undefined });
    if (this.port !== 0 && this.#door.port !== this.port)
      throw new Error('The port was taken by somebody else.');
    this.port = this.#door.port;
    this.#shutting = new AbortController();
    this.#opened.resolve(undefined);
  }

  /** Ends as a window does: connections break, nothing stays in memory. */
  async shut(): Promise<void> {
    this.#opened = Promise.withResolvers();
    this.#shutting.abort();
    await this.#door?.close();
    this.#desk?.dispose();
    this.#journal?.close();
    this.#door = undefined;
    this.#desk = undefined;
    this.#journal = undefined;
  }

  async remove(): Promise<void> {
    await this.shut();
    await removeFolder(this.folder);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/mcp`;
  }

  get desk(): Desk {
    if (!this.#desk) throw new Error('The house is shut.');
    return this.#desk;
  }

  token(name: string): string {
    const token = this.tokens.get(name);
    if (token === undefined) throw new Error(`No token for ${name}`);
    return token;
  }

  async asUser(act: Act): Promise<Extract<Reply, { ok: true }>> {
    this.#acts += 1;
    const reply = await this.desk.submit({ id: `user ${this.#acts}`, actor: { seat: 'user' }, act });
    if (!reply.ok) throw new Error(`${act.type}: ${reply.refusal.sentence}`);
    return reply;
  }

  /** Waits until the state holds what is asked for, through reloads too. */
  async until<T>(read: (state: State) => T | undefined, what: string): Promise<T> {
    for (const deadline = Date.now() + patience; Date.now() < deadline;) {
      await this.#opened.promise;
      const found = await this.#desk?.until(read, deadline - Date.now(), this.#shutting.signal);
      if (found !== undefined) return found;
    }
    throw new Error(`Waited in vain for ${what}.`);
  }

  /** Every event, without the times and ids that differ from one playing to the next. */
  events(): readonly Record<string, unknown>[] {
    const rows = this.#journal?.read(0) ?? [];
    return rows.map(({ actor, type, body }) => ({ actor, type, ...(JSON.parse(body) as object) }));
  }

  #mint(name: string): string {
    const token = mintToken();
    this.tokens.set(name, token);
    return token;
  }
}
