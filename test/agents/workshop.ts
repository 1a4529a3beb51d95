import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileChange } from '../../src/agents/connect/changes.ts';
import { hashToken, mintToken, tokenLifetime } from '../../src/agents/credentials.ts';
import type { Door } from '../../src/agents/endpoint.ts';
import { hookCommand } from '../../src/agents/launch/guardCopy.ts';
import { launchWorkers } from '../../src/agents/launch/launching.ts';
import type { Launching } from '../../src/agents/launch/needs.ts';
import { agentsPlace } from '../../src/composeAgents.ts';
import { connectWorktree } from '../../src/composeConnected.ts';
import type { Bearer } from '../../src/contract/actor.ts';
import type { Refusal } from '../../src/contract/refusal.ts';
import type { Dispatch } from '../../src/core/state.ts';
import type { AgentsPlace, KnownAgent } from '../../src/editor/workers/agentsPlace.ts';
import { endProcess } from '../../src/running/ending.ts';
import { removeFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { atWorkBeside, Shells } from '../unit/agents/shells.ts';
import type { GitHouse } from '../unit/git/house.ts';
import type { RealAgent } from './agents.ts';
import { configure, plainEnvironment, startByHand } from './byHand.ts';
import { parsed, ScriptedModel, type Script } from './model/script.ts';
import { nobodyReachedOutside } from './outside.ts';
import { openRooms, type Rooms } from './rooms.ts';

/** A real agent, a repository, the desk with its door, and a model that plays a script. */
export class Workshop {
  readonly agent: RealAgent;
  readonly model: ScriptedModel;
  readonly terminals: Shells;
  readonly house: GitHouse;
  door: Door;
  readonly token: string;
  readonly top: string;
  readonly home: string;
  /** Where a worker finds what is written for it. */
  readonly own: string;
  /** What its configuration is written with. */
  readonly facts: { readonly url: string; readonly hook: string };
  /** What editors hold and the disk does not, by path. */
  readonly unsaved: Map<string, string>;
  /** Told to the log of the door and of the launching. */
  readonly logged: string[];
  readonly #rooms: Rooms;
  readonly #tokens = new Map<string, string>();
  readonly #others: { readonly agent: RealAgent; readonly model: ScriptedModel }[] = [];
  readonly #launching: Launching;
  readonly #environment: Readonly<Record<string, string>>;

  static async open(agent: RealAgent, files: Readonly<Record<string, string>>): Promise<Workshop> {
    return new Workshop(agent, await openRooms(agent, files));
  }

  private constructor(agent: RealAgent, rooms: Rooms) {
    const { top, house, guard, logged } = rooms;
    this.agent = agent;
    this.#rooms = rooms;
    this.unsaved = rooms.unsaved;
    this.house = house;
    this.model = rooms.model;
    this.door = rooms.door;
    this.own = rooms.own;
    this.top = top;
    this.logged = logged;
    this.token = mintToken();
    this.home = join(rooms.ground.folder, 'home');
    agent.settle(this.home, top, this.model.url);
    this.#environment = plainEnvironment(this.home);
    // What the person has set: the launch takes over what the profile names, and nothing else.
    Object.assign(process.env, agent.environment(this.model.url, this.home), {
      SECRET_OF_MINE: 'not passed on',
    });
    this.terminals = new Shells(top, this.#environment);
    this.#launching = launchWorkers({
      desk: house.desk,
      clock: Date.now,
      log: rooms.log,
      terminals: this.terminals,
      url: () => this.door.url,
      isServing: () => true,
      onServing: () => ({ dispose: () => undefined }),
      token: ({ name }) => Promise.resolve(this.#tokens.get(name) ?? assert.fail(name)),
      lastContact: rooms.presence.lastContact,
      handover: () => Promise.resolve(rooms.handover),
      atWork: atWorkBeside(dirname(top)),
      end: endProcess,
      toolCalls: rooms.toolCalls,
      guard,
      ownFolder: this.own,
      stdio: 'none',
      place: (dispatch, worker) => house.outside.worktrees.place(dispatch, worker),
      connected: (dispatch) =>
        connectWorktree(
          {
            stdio: '',
            others: () => [],
            guard,
            url: () => this.door.url,
            isTrusted: () => true,
            folders: () => house.folders,
            workspace: () => house.workspace,
            worktrees: house.outside.worktrees,
          },
          dispatch,
        ),
      program: (name) => ({ argv: [process.execPath, name === 'acp' ? client : launcher], env: {} }),
    });
    this.facts = { url: this.door.url, hook: hookCommand(agent.id, { runtime: process.execPath, guard }) };
  }

  /** Registers the agent as a worker, by the user. */
  async register(name: string, agent = this.agent, token = this.token): Promise<void> {
    this.#tokens.set(name, token);
    await this.house.act({
      type: 'add-worker',
      name,
      role: 'code',
      runs: {
        kind: 'command',
        argv: [agent.program, ...agent.more],
        agent: agent.id,
      },
      tokenHash: hashToken(token),
      expires: Date.now() + tokenLifetime,
    } as never);
  }

  /** Lends the orchestrator's seat, by the user, and gives its token. */
  async lendSeat(): Promise<string> {
    const token = mintToken();
    await this.house.act({
      type: 'lend-seat',
      tokenHash: hashToken(token),
      expires: Date.now() + tokenLifetime,
    });
    return token;
  }

  /** Another agent as a worker, with a model of its own; its word is given that it may go unguarded. */
  async join(agent: RealAgent, name: string, script: Script): Promise<ScriptedModel> {
    const model = new ScriptedModel(agent.dialect);
    await model.open();
    model.script = script;
    this.#others.push({ agent, model });
    agent.settle(this.home, this.top, model.url);
    Object.assign(process.env, agent.environment(model.url, this.home));
    await this.register(name, agent, mintToken());
    await this.house.act({ type: 'allow-unguarded', worker: this.state.workers.size });
    return model;
  }

  /** Writes what connecting it writes, or takes it out, as after the person's yes; all of it or one part. */
  write(how: 'connect' | 'disconnect', part?: 'hook'): readonly FileChange[] {
    const homes = { folder: this.top, home: this.home, own: this.home };
    return configure(this.agent, how, this.facts, homes, part);
  }

  /** Connecting as the window does it, where this is the token of whoever is connected. */
  place(token = this.token): AgentsPlace {
    return agentsPlace({
      guard: this.#rooms.guard,
      stdio: '',
      others: { ids: () => [], keep: () => Promise.resolve() },
      url: () => this.door.url,
      environment: () => this.#environment,
      folders: () => this.house.folders,
      worktrees: () => Promise.resolve(this.house.outside.worktrees),
      isTrusted: () => true,
      isServing: () => true,
      token: () => Promise.resolve(token),
      lastContact: this.#rooms.presence.lastContact,
      bonds: this.#rooms.bonds,
    });
  }

  /** Lets the agent look for its servers in the open folder, with this token; gives why no call came. */
  async look(token = this.token, bearer: Bearer = 1): Promise<Refusal | undefined> {
    const known = { ...(await this.known()), program: this.agent.program };
    return this.place(token).check(known, this.top, bearer);
  }

  /** The agent as Connect Worker offers it. */
  async known(): Promise<KnownAgent> {
    return (await this.place().known()).find(({ id }) => id === this.agent.id) ?? assert.fail();
  }

  /** Connects the agent in the seat, or disconnects it, in the way of the window, as after the person's yes. */
  async seatIs(how: 'connect' | 'disconnect', seat: string): Promise<void> {
    const place = this.place(seat);
    const changes = await place.changes(how, this.agent.id, this.top);
    assert.ok(!('code' in changes), JSON.stringify(changes));
    for (const { after = '' } of changes) assert.ok(!after.includes(seat));
    assert.equal(await place.write(how, this.agent.id, this.top, changes), undefined);
  }

  /** Runs the agent as a person does in the terminal of a worker, in the open folder, and gives what it printed. */
  async byHand(args: readonly string[], token = this.token): Promise<string> {
    const environment = this.agent.environment(this.model.url, this.home);
    const own = { LOCKKEEPER_URL: this.door.url, LOCKKEEPER_TOKEN: token };
    return startByHand(this.agent, args, this.top, { ...this.#environment, ...environment, ...own });
  }

  /** Opens a terminal as a worker, in which the agent is what is started as its shell. */
  async openShell(worker: number): Promise<boolean | Refusal> {
    const shell = join(dirname(this.top), 'shell');
    const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
    const set = Object.entries(this.agent.environment(this.model.url, this.home));
    const lines = [
      '#!/bin/sh',
      ...set.map(([name, value]) => `export ${name}=${quoted(value)}`),
      `exec ${[this.agent.program, ...this.agent.byHand].map(quoted).join(' ')}`,
    ];
    writeFileSync(shell, `${lines.join('\n')}\n`, { mode: 0o755 });
    return this.#launching.openShell(worker, shell);
  }

  /** The endpoint goes and comes back where it was, as with a reload of the window. */
  async restart(): Promise<void> {
    await this.door.close();
    this.door = await this.#rooms.openAt(this.door.port);
  }

  /** The root of the worktree of a dispatch. */
  async worktreeOf(dispatch: number): Promise<string> {
    const [folder] = await this.house.outside.worktrees.folders(dispatch);
    return folder?.fsPath ?? assert.fail('It has no worktree.');
  }

  /** Waits for something of the state; what the agent printed is told where it does not come. */
  async until<T>(what: string, look: () => T | undefined | false): Promise<T> {
    try {
      return (await until(look, (found) => found !== undefined && found !== false, 120_000)) as T;
    } catch (error) {
      const told = this.model.requests.map(({ path, body }) => `${path} ${body.slice(-600)}`).slice(-6);
      throw new Error(
        [`${what} did not come.`, this.terminals.said, ...this.logged, ...this.house.log, ...told].join('\n'),
        { cause: error },
      );
    }
  }

  /** How often the agent of a dispatch has called its tools. */
  made(dispatch: Dispatch): number {
    return this.#rooms.toolCalls.madeNow(dispatch);
  }

  /** Looks who is silent, and who has used up a budget, as the window does now and then. */
  async sweep(): Promise<void> {
    await this.#rooms.presence.sweep();
  }

  /** Its process is over. */
  async ended(name = 'web'): Promise<void> {
    await this.until('The end of it', () => !this.terminals.isOpen(name));
  }

  /** What the calls of the model were answered in the newest session, one by one. */
  heard(): readonly string[] {
    const told = this.model.requests.map(({ path, body }) =>
      this.agent.dialect.heard(path.split(' ')[1] ?? '', parsed(body)),
    );
    return told.findLast((one) => one !== undefined && one.length > 0) ?? [];
  }

  get state(): GitHouse['desk']['state'] {
    return this.house.desk.state;
  }

  async close(): Promise<void> {
    this.#launching.dispose();
    await this.terminals.end();
    const agents = [this.agent, ...this.#others.map(({ agent }) => agent)];
    const names = agents.flatMap((agent) => Object.keys(agent.environment('', '')));
    for (const name of [...names, 'SECRET_OF_MINE']) delete process.env[name];
    for (const { model } of this.#others) await model.close();
    await this.#rooms.handover.dispose();
    await this.door.close();
    await this.model.close();
    this.house.close();
    await removeFolder(this.own);
    await this.#rooms.ground.close();
    nobodyReachedOutside();
  }
}

const client = fileURLToPath(new URL('../../src/agents/acp/main.ts', import.meta.url));
const launcher = fileURLToPath(new URL('../../src/agents/launcher/main.ts', import.meta.url));
