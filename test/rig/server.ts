import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { builtinExtensions, codeServerEntry, manifestOf, rigNode } from './places.ts';
import { descendants, isThere, signal } from './processes.ts';
import { type Settings, quiet, still } from './settings.ts';
import { removeFolder, temporaryFolder } from './temporary.ts';
import { until } from './until.ts';

export interface ServerOptions {
  /** Installed as a person would have it. */
  readonly vsix?: string;
  /** Folders with a built extension, linked in place: live code. */
  readonly linked?: readonly string[];
  /** Only those of the editor's own extensions that our surfaces meet, and nothing that moves: a quarter less work. */
  readonly lean?: boolean;
  /** Of the editor's own extensions some more than that. */
  readonly builtins?: readonly string[];
  /** For `extensionDevelopmentPath`: toasts are suppressed. */
  readonly testDriver?: boolean;
  /** Leave Workspace Trust on, with its dialog and Restricted Mode. */
  readonly trust?: boolean;
  readonly settings?: Settings;
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  /** Keep user data here; else a temporary folder, removed by `stop`. */
  readonly home?: string;
}

export interface Server {
  readonly origin: string;
  readonly port: number;
  readonly pid: number;
  /** User data, installed extensions, temporary files: all that this server writes. */
  readonly home: string;
  readonly userData: string;
  /** The workbench's address, with a folder or a `.code-workspace` file, or without one. */
  url(folder?: string, payload?: ReadonlyArray<readonly [string, string]>): string;
  /** Writes the person's settings.json; a window sees it when it is opened or reloaded. */
  changeSettings(changes: Settings): Promise<void>;
  /** What the server printed so far. */
  printed(): string;
  /** Process ids of the extension hosts that live now. */
  extensionHosts(): number[];
  /** Ends them as a crash would and waits until they are gone. Gives back their process ids. */
  killExtensionHosts(): Promise<number[]>;
  /** The same of those that a window left behind: one that is closed in a hurry has its own kept for some minutes. */
  endExtensionHosts(but?: readonly number[]): Promise<number[]>;
  stop(): Promise<void>;
}

/** Said to have been started from a shell: the environment is as it should be, and no login shell is asked for it. */
const fromShell = { VSCODE_CLI: '1' };

const dropped = /^(VSCODE_|ELECTRON_|CODE_SERVER_|LOCKKEEPER_|npm_)|^(PORT|PASSWORD|NODE_OPTIONS)$/;

async function environmentOf(home: string, extra: Readonly<Record<string, string>> = {}) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !dropped.test(name)));
  const folders = {
    TMPDIR: 't',
    XDG_CONFIG_HOME: 'c',
    XDG_DATA_HOME: 'd',
    XDG_CACHE_HOME: 'k',
    XDG_RUNTIME_DIR: 'r',
  };
  for (const [name, folder] of Object.entries(folders)) {
    env[name] = join(home, folder);
    await mkdir(env[name], { recursive: true, mode: 0o700 });
  }
  return { ...env, EXTENSIONS_GALLERY: '{}', ...extra };
}

const met = ['theme-defaults', 'theme-seti', 'git', 'git-base', 'javascript', 'json', 'markdown-basics'];

async function leanBuiltins(folder: string, more: readonly string[] = []): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of [...met, ...more])
    await symlink(join(builtinExtensions, name), join(folder, name), 'dir').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  return folder;
}

/** Where the first server of this process listened. The next one has the same address, and so the same caches. */
let usual = 0;

async function freePort(): Promise<number> {
  const port = await (usual === 0 ? anyPort() : portFrom(usual).catch(anyPort));
  if (usual === 0) usual = port;
  return port;
}

/** Of those that no system gives to a connection: between here and the server's start nobody else takes it. */
function anyPort(): Promise<number> {
  return portFrom(10_000 + Math.floor(Math.random() * 20_000)).catch(anyPort);
}

async function portFrom(wanted: number): Promise<number> {
  const probe = createServer().listen(wanted, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(rigNode(), [codeServerEntry, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`code-server ${args.join(' ')} ended with ${code}\n${printed()}`);
}

function collect(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

async function answers(origin: string, child: ChildProcess): Promise<void> {
  const ask = async () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('code-server ended');
    return fetch(`${origin}/healthz`).then(({ status }) => status, String);
  };
  await until(ask, (status) => status === 200);
}

const signalGroup = (pid: number, name: NodeJS.Signals): void => signal(-pid, name);

async function stopGroup(child: ChildProcess, pid: number): Promise<void> {
  const hosts = descendants(pid);
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    signalGroup(pid, 'SIGTERM');
    const patience = AbortSignal.timeout(3000);
    await Promise.race([ended, once(patience, 'abort')]);
  }
  signalGroup(pid, 'SIGKILL');
  for (const host of hosts) signal(host.pid, 'SIGKILL');
}

export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const home = options.home ?? (await temporaryFolder('server'));
  const userData = join(home, 'u');
  const extensions = join(home, 'e');
  await mkdir(join(userData, 'User'), { recursive: true });
  await mkdir(extensions, { recursive: true });
  const config = join(home, 'config.yaml');
  await writeFile(config, '{}\n');
  const settings: Record<string, unknown> = {
    ...quiet,
    ...(options.lean ? still : {}),
    ...(options.trust ? { 'security.workspace.trust.enabled': true } : {}),
    ...options.settings,
  };
  const changeSettings = async (changes: Settings) => {
    Object.assign(settings, changes);
    await writeFile(join(userData, 'User/settings.json'), JSON.stringify(settings, undefined, 2));
  };
  await changeSettings({});
  for (const folder of options.linked ?? []) {
    const { publisher, name, version } = manifestOf(folder);
    await symlink(folder, join(extensions, `${publisher}.${name}-${version}`), 'dir');
  }
  const env = await environmentOf(home, {
    ...(options.lean || options.testDriver ? fromShell : {}),
    ...options.env,
  });
  const places = ['--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
  if (options.vsix !== undefined) await run([...places, '--install-extension', options.vsix], env);

  const port = options.port ?? (await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const quietly = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  const args = [
    ...places,
    ...quietly,
    '--ignore-last-opened',
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
  ];
  if (!options.trust) args.push('--disable-workspace-trust');
  if (options.lean)
    args.push(
      '--vscode-option',
      `builtin-extensions-dir=${await leanBuiltins(join(home, 'b'), options.builtins)}`,
    );
  if (options.testDriver) args.push('--vscode-option', 'enable-smoke-test-driver');
  const child = spawn(rigNode(), [codeServerEntry, ...args], {
    env,
    cwd: home,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error('code-server did not start.');
  const printed = collect(child);
  const killNow = () => signalGroup(pid, 'SIGKILL');
  process.once('exit', killNow);
  const stop = async () => {
    await stopGroup(child, pid);
    process.removeListener('exit', killNow);
    if (options.home === undefined) await removeFolder(home);
  };
  try {
    await answers(origin, child);
  } catch (error) {
    await stop();
    throw new Error(`code-server did not start\n${printed()}`, { cause: error });
  }
  const extensionHosts = () =>
    descendants(pid)
      .filter(({ command }) => command.includes('--type=extensionHost'))
      .map((host) => host.pid);
  const end = async (killed: number[]) => {
    for (const host of killed) signal(host, 'SIGKILL');
    await until(
      () => killed.filter(isThere),
      ({ length }) => length === 0,
    );
    return killed;
  };
  return {
    origin,
    port,
    pid,
    home,
    userData,
    url: (folder, payload) => {
      const address = new URL(origin);
      if (folder === undefined) address.searchParams.set('ew', 'true');
      else address.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
      if (payload !== undefined) address.searchParams.set('payload', JSON.stringify(payload));
      return address.href;
    },
    changeSettings,
    printed,
    extensionHosts,
    killExtensionHosts: async () => end(await until(extensionHosts, (hosts) => hosts.length > 0)),
    endExtensionHosts: (but = []) => end(extensionHosts().filter((host) => !but.includes(host))),
    stop,
  };
}
