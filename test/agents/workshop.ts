import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  connecting,
  disconnecting,
  type FileChange,
  type Refused,
} from '../../src/agents/connect/changes.ts';
import { hashToken, mintToken, tokenLifetime } from '../../src/agents/credentials.ts';
import { openDoor, type Door } from '../../src/agents/endpoint.ts';
import { copyProgram, guardCopyIn, hookCommand } from '../../src/agents/launch/guardCopy.ts';
import { openHandover, type Handover } from '../../src/agents/launch/handover.ts';
import { launchWorkers } from '../../src/agents/launch/launching.ts';
import type { TerminalOrder, Terminals } from '../../src/agents/launch/needs.ts';
import { profileOf } from '../../src/agents/profiles/profiles.ts';
import { endProcess } from '../../src/running/ending.ts';
import { buildGuard } from '../../.tools/build.mjs';
import { removeFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { atWorkBeside } from '../unit/agents/shells.ts';
import { Ground } from '../unit/git/given.ts';
import { GitHouse } from '../unit/git/house.ts';
import type { RealAgent } from './agents.ts';
import { ScriptedModel, type Script } from './model/script.ts';

/** Before a test puts another one in its place. */
const personsHome = homedir();
const root = fileURLToPath(new URL('../..', import.meta.url));

/** There are agents that read nothing below a folder that others may write in, as the one for temporary files. */
function privateFolder(): string {
  const isPrivate = (folder: string): boolean =>
    (statSync(folder).mode & 0o002) === 0 && (dirname(folder) === folder || isPrivate(dirname(folder)));
  const fit = [personsHome, root].filter((folder) => existsSync(folder)).find(isPrivate);
  return fit ?? assert.fail('Neither the home folder nor this one is kept from others.');
}

/** A real agent, a repository, the desk with its door, and a model that plays a script. */
export class Workshop {
  readonly agent: RealAgent;
  readonly model: ScriptedModel;
  readonly terminals: CleanTerminals;
  readonly house: GitHouse;
  door: Door;
  readonly token: string;
  readonly top: string;
  readonly home: string;
  /** Where a worker finds what is written for it. */
  readonly own: string;
  /** What its configuration is written with. */
  readonly facts: { readonly url: string; readonly hook: string };
  /** Told to the log of the door and of the launching. */
  readonly logged: string[];
  readonly #ground: Ground;
  readonly #tokens = new Map<string, string>();
  readonly #others: { readonly agent: RealAgent; readonly model: ScriptedModel }[] = [];
  readonly #launching: { dispose(): void };
  readonly #handover: Handover;
  readonly #openAt: (port: number) => Promise<Door>;
  readonly #environment: Readonly<Record<string, string>>;

  static async open(agent: RealAgent, files: Readonly<Record<string, string>>): Promise<Workshop> {
    const ground = new Ground();
    await ground.open();
    const top = ground.repository(files);
    const model = new ScriptedModel(agent.dialect);
    await model.open();
    const house = await GitHouse.open(top);
    const { worktrees, reviews } = house.outside;
    const logged: string[] = [];
    const log = {
      info: (text: string) => void logged.push(text),
      warn: (text: string) => void logged.push(text),
    };
    const openAt = (port: number): Promise<Door> =>
      openDoor({
        port,
        desk: house.desk,
        clock: Date.now,
        log,
        onContact: () => undefined,
        folders: () => house.folders,
        workFolders: (dispatch) => worktrees.folders(dispatch),
        names: (path, from, worker) => worktrees.names(path, from, worker),
        changeOf: (result) => reviews.measure(result),
        own: () => [join(dirname(top), 'own')],
      });
    const door = await openAt(0);
    const handover = await openHandover();
    const own = await mkdtemp(join(privateFolder(), '.lockkeeper-test-'));
    const built = join(ground.folder, 'built');
    await buildGuard(built);
    const guard = guardCopyIn(built);
    await copyProgram(join(built, 'guard.js'), guard);
    return new Workshop(agent, {
      ground,
      top,
      model,
      house,
      door,
      openAt,
      handover,
      guard,
      own,
      logged,
      log,
    });
  }

  private constructor(
    agent: RealAgent,
    parts: {
      ground: Ground;
      top: string;
      model: ScriptedModel;
      house: GitHouse;
      door: Door;
      openAt: (port: number) => Promise<Door>;
      handover: Handover;
      guard: string;
      own: string;
      logged: string[];
      log: { info(text: string): void; warn(text: string): void };
    },
  ) {
    const { ground, top, model, house, door, handover, guard, logged, log } = parts;
    this.agent = agent;
    this.model = model;
    this.house = house;
    this.door = door;
    this.#openAt = parts.openAt;
    this.own = parts.own;
    this.top = top;
    this.logged = logged;
    this.#ground = ground;
    this.#handover = handover;
    this.token = mintToken();
    this.home = join(ground.folder, 'home');
    agent.settle(this.home, top, model.url);
    this.#environment = {
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      HOME: this.home,
    };
    // What the person has set: the launch takes over what the profile names, and nothing else.
    Object.assign(process.env, agent.environment(model.url, this.home), { SECRET_OF_MINE: 'not passed on' });
    this.terminals = new CleanTerminals(top, this.#environment);
    this.#launching = launchWorkers({
      desk: house.desk,
      clock: Date.now,
      log,
      terminals: this.terminals,
      url: () => door.url,
      isServing: () => true,
      onServing: () => ({ dispose: () => undefined }),
      token: ({ name }) => Promise.resolve(this.#tokens.get(name) ?? assert.fail(name)),
      lastContact: () => undefined,
      handover: () => Promise.resolve(handover),
      atWork: atWorkBeside(dirname(top)),
      end: endProcess,
      guard,
      ownFolder: parts.own,
      stdio: 'none',
      place: (dispatch, worker) => house.outside.worktrees.place(dispatch, worker),
      program: () => ({ argv: [process.execPath, launcher], env: {} }),
    });
    this.facts = { url: door.url, hook: hookCommand(agent.id, { runtime: process.execPath, guard }) };
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
    const known = profileOf(this.agent.id) ?? assert.fail();
    const profile = { entries: known.entries.filter(({ what }) => part === undefined || what === part) };
    const homes = { folder: this.top, home: this.home, own: this.home };
    const read = (path: string): string | undefined =>
      existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    const change = how === 'connect' ? connecting : disconnecting;
    const changes: readonly FileChange[] | Refused = change(profile, this.facts, homes, read);
    assert.ok(!('why' in changes), JSON.stringify(changes));
    for (const { path, after } of changes) {
      mkdirSync(dirname(path), { recursive: true });
      if (after === undefined) rmSync(path);
      else writeFileSync(path, after);
    }
    return changes;
  }

  /** Runs the agent as a person does in the terminal of a worker, in the open folder, and gives what it printed. */
  async byHand(args: readonly string[], token = this.token): Promise<string> {
    const environment = this.agent.environment(this.model.url, this.home);
    const own = { LOCKKEEPER_URL: this.door.url, LOCKKEEPER_TOKEN: token };
    const env = { ...this.#environment, ...environment, ...own };
    const child = spawn(this.agent.program, args, { cwd: this.top, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)));
    await once(child, 'close');
    return said;
  }

  /** The endpoint goes and comes back where it was, as with a reload of the window. */
  async restart(): Promise<void> {
    await this.door.close();
    this.door = await this.#openAt(this.door.port);
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

  /** Its process is over. */
  async ended(): Promise<void> {
    await this.until('The end of it', () => !this.terminals.isOpen('web'));
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
    await this.#handover.dispose();
    await this.door.close();
    await this.model.close();
    this.house.close();
    await removeFolder(this.own);
    await this.#ground.close();
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const launcher = fileURLToPath(new URL('../../src/agents/launcher/main.ts', import.meta.url));

/** Terminals whose environment is what they are given and nothing else. */
class CleanTerminals implements Terminals {
  readonly #running = new Map<string, ChildProcess>();
  readonly #listeners = new Set<Parameters<Terminals['onEnded']>[0]>();
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly orders: TerminalOrder[] = [];
  said = '';

  constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#environment = environment;
  }

  isOpen(name: string): boolean {
    return this.#running.has(name);
  }

  close(name: string): void {
    this.#running.get(name)?.kill();
  }

  open(order: TerminalOrder): void {
    this.orders.push(order);
    const { name, argv, env, folder } = order;
    const [program = '', ...args] = argv;
    const shell = spawn(program, args, {
      cwd: folder ?? this.#folder,
      env: { ...this.#environment, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [shell.stdout, shell.stderr])
      stream.on('data', (part) => (this.said += String(part)));
    this.#running.set(name, shell);
    shell.on('exit', (exitCode) => {
      this.#running.delete(name);
      for (const listener of [...this.#listeners]) listener({ workerName: name, exitCode });
    });
  }

  onEnded(listener: Parameters<Terminals['onEnded']>[0]): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  async end(): Promise<void> {
    const shells = [...this.#running.values()];
    await Promise.all(shells.map((shell) => (shell.kill(), once(shell, 'exit'))));
  }
}
