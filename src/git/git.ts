import { execFile, type ExecFileException } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { refusal, type Refusal } from '../contract/refusal.ts';

/** What git said, or why it is a no. `output` is what it wrote to its standard error, `text` to the other. */
export type GitAnswer =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly code: number | null;
      readonly text: string;
      readonly output: string;
      readonly refusal: Refusal;
    };

export interface GitOptions {
  readonly input?: string;
  /** The answer is bytes, one in each character of its text. */
  readonly isBytes?: boolean;
  /** An index of our own, so that the person's is neither read nor written. */
  readonly index?: string;
  readonly signal?: AbortSignal;
  /** The hooks of the repository are what is run. */
  readonly hooks?: boolean;
  /** Who commits, where a commit object is made. */
  readonly asLockkeeper?: boolean;
  /** Hears the process id of a command that may outlive us. */
  readonly onStart?: (pid: number) => void;
}

/**
 * What git takes over from our own environment: enough to find programs, the person's own configuration and
 * keys; nothing that points git at another repository, and nothing of an editor.
 */
const inherited =
  /^(PATH|HOME|USER|LOGNAME|LANG|TZ|TMPDIR|TEMP|TMP|SystemRoot|ComSpec|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|HOMEDRIVE|HOMEPATH|ProgramFiles.*|ProgramData|windir|XDG_CONFIG_HOME|SSH_AUTH_SOCK|GIT_CONFIG_NOSYSTEM|HTTPS?_PROXY|NO_PROXY)$/i;

/** Programs that a repository's configuration could have us run where no file's content depends on it. */
const quiet = [
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'core.splitIndex=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  'advice.detachedHead=false',
].flatMap((setting) => ['-c', setting]);

const mostOutput = 1 << 29;

function environment(options: GitOptions, writes: boolean): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && inherited.test(entry[0]),
  );
  const name = 'Lockkeeper';
  const email = 'lockkeeper@lockkeeper.invalid';
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
    GIT_EDITOR: 'false',
    GIT_PAGER: 'cat',
    ...(writes ? {} : { GIT_OPTIONAL_LOCKS: '0' }),
    ...(options.index === undefined ? {} : { GIT_INDEX_FILE: options.index }),
    ...(options.asLockkeeper
      ? {
          GIT_AUTHOR_NAME: name,
          GIT_AUTHOR_EMAIL: email,
          GIT_COMMITTER_NAME: name,
          GIT_COMMITTER_EMAIL: email,
        }
      : {}),
  };
}

/** Runs git in a folder and changes nothing there. Never rejects. */
export function readGit(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitAnswer> {
  return run(folder, args, options, false);
}

const writers = new Map<string, Promise<unknown>>();

/** One of ours at a time writes in a repository, known by its common git folder; who waits keeps its turn. */
export function oneWriter<T>(commonDir: string, write: () => Promise<T>): Promise<T> {
  const before = writers.get(commonDir) ?? Promise.resolve();
  const mine = before.then(write, write);
  const settled = mine.catch(() => undefined);
  writers.set(commonDir, settled);
  void settled.then(() => writers.get(commonDir) === settled && writers.delete(commonDir));
  return mine;
}

const lockPatience = 2_000;

/**
 * Runs git and lets it write; call it inside `oneWriter`. A lock that another program holds is waited for a
 * moment, and never removed.
 */
export async function writeGit(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitAnswer> {
  for (const deadline = Date.now() + lockPatience; ; await wait(100)) {
    const answer = await run(folder, args, options, true);
    if (answer.ok || answer.refusal.code !== 'git-locked') return answer;
    if (Date.now() > deadline || options.signal?.aborted) return answer;
  }
}

function run(
  folder: string,
  args: readonly string[],
  options: GitOptions,
  writes: boolean,
): Promise<GitAnswer> {
  return new Promise((resolve) => {
    const child = execFile(
      'git',
      [...(options.hooks ? [] : quiet), ...args],
      {
        cwd: folder,
        env: environment(options, writes),
        maxBuffer: mostOutput,
        encoding: options.isBytes ? 'latin1' : 'utf8',
        windowsHide: true,
        ...(options.signal ? { signal: options.signal } : {}),
      },
      (error, stdout, stderr) => {
        resolve(error ? no(folder, error, stdout, stderr) : { ok: true, text: stdout });
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
    if (child.pid !== undefined) options.onStart?.(child.pid);
  });
}

function no(
  folder: string,
  error: ExecFileException,
  text: string,
  stderr: string,
): GitAnswer & { ok: false } {
  const code = typeof error.code === 'number' ? error.code : null;
  return { ok: false, code, text, output: stderr, refusal: reading(folder, error, stderr) };
}

const saysFull = /No space left on device|Disk quota exceeded|Out of diskspace/;
// Of many of its files git does not say why.
const cannotWrite =
  /unable to write|couldn't write|could not write|cannot write|write error|failed to write/i;
const hardlyAny = 1 << 20;

/** Where git has its files and ours of the moment: what it began to write is gone by now. */
function isFull(folder: string): boolean {
  return [folder, tmpdir()].some((place) => {
    try {
      const { bavail, bsize } = statfsSync(place);
      return bavail * bsize < hardlyAny;
    } catch {
      return false;
    }
  });
}

function reading(folder: string, error: ExecFileException, stderr: string): Refusal {
  if (error.name === 'AbortError') return refusal('cancelled', 'It was cancelled.', 'Ask again.');
  if ((error.code as unknown) === 'ENOENT' && !existsSync(folder)) {
    return refusal('folder-gone', `The folder ${folder} is not there.`, 'Open a folder that exists.');
  }
  if ((error.code as unknown) === 'ENOENT') return gitMissing;
  // Of some commands git says no more than that it could not.
  const lock =
    /Unable to create '(.+\.lock)': File exists|could not lock config file (.+?)(?:: File exists)?$/m.exec(
      stderr,
    );
  if (lock) {
    return refusal(
      'git-locked',
      `Another program writes in this repository, or one that did ended badly: ${lock[1] ?? `${lock[2] ?? ''}.lock`} is there.`,
      'Wait until it is done. If no git runs any more, remove that file yourself.',
    );
  }
  if (/dubious ownership/.test(stderr)) {
    return refusal(
      'not-your-repository',
      'Git does not use this repository, because it belongs to another user of this machine.',
      'If you trust it, add it with: git config --global --add safe.directory, and its path.',
    );
  }
  if (saysFull.test(stderr) || (cannotWrite.test(stderr) && isFull(folder))) {
    return refusal('disk-full', 'The disk is full.', 'Make room and ask again.');
  }
  const said = stderr
    .split('\n')
    .map((line) => line.replace(/^(?:fatal|error): /, '').trim())
    .find((line) => line !== '' && !/^(?:hint|warning|Preparing)\b/.test(line));
  return refusal(
    'git-failed',
    `Git says no: ${(said ?? error.message).slice(0, 300)}`,
    'Mend what it names and ask again.',
  );
}

const gitMissing = refusal(
  'git-missing',
  'Git was not found on this machine.',
  'Install git 2.38 or newer, so that it is on the PATH, and open the folder again.',
);

let known: Promise<Refusal | undefined> | undefined;

/** Why git cannot be used, looked up once; undefined where it can. Looked up again after a no. */
export async function gitTrouble(folder: string): Promise<Refusal | undefined> {
  known ??= readGit(folder, ['--version']).then((answer) =>
    answer.ok ? tooOld(answer.text) : answer.refusal,
  );
  const trouble = await known;
  if (trouble) known = undefined;
  return trouble;
}

/** Reads what `git --version` prints. Before 2.38 git cannot merge without a working tree. */
export function tooOld(printed: string): Refusal | undefined {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(printed) ?? [];
  if (Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 38)) return undefined;
  return refusal(
    'git-too-old',
    `This is ${printed.trim().slice(0, 60)}; Lockkeeper needs 2.38 or newer.`,
    'Update git and open the folder again.',
  );
}
