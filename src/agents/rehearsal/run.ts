import { spawn, type ChildProcess } from 'node:child_process';
import { Hindered } from './hindered.ts';
import { matches, type Run } from './script.ts';

const mostKept = 200_000;
const tailLines = 10;
const longestTail = 2_000;

/** What a program needs to find its way; above all, nothing of what lets this worker speak to the window. */
const passed = new Set(
  'PATH PATHEXT HOME USERPROFILE HOMEDRIVE HOMEPATH APPDATA LOCALAPPDATA TMPDIR TEMP TMP LANG LC_ALL LC_CTYPE TZ SYSTEMROOT WINDIR COMSPEC NUMBER_OF_PROCESSORS'.split(
    ' ',
  ),
);

const running = new Set<ChildProcess>();

/** Ends what is running, because this worker is told to end. */
export function stopRuns(): void {
  for (const child of running) child.kill();
}

/** Runs a program to its end and gives the lines to show. A program that does not succeed ends the scene. */
export async function runProgram(root: string, act: Run): Promise<string> {
  const { code, output } = await finished(root, act);
  const lines = tailOf(output, act.keep);
  if (code === 0) return lines;
  const words = typeof code === 'number' ? `ended with exit code ${code}` : code;
  throw new Hindered('failed', `\`${act.argv.join(' ')}\` ${words}. ${tailOf(output)}`.trim());
}

interface Finished {
  readonly code: number | string;
  readonly output: string;
}

function finished(root: string, { argv, seconds }: Run): Promise<Finished> {
  const [name = '', ...rest] = argv;
  const program = name === 'node' ? process.execPath : name;
  return new Promise((resolve) => {
    const child = spawn(program, rest, {
      cwd: root,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1_000,
      windowsHide: true,
    });
    running.add(child);
    let output = '';
    const keep = (part: string): void => {
      output = (output + part).slice(-mostKept);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const end = (code: number | string): void => {
      running.delete(child);
      resolve({ code, output });
    };
    child.on('error', (error) => end(`could not be started (${error.message})`));
    child.on('close', (code, signal) => end(code ?? `was stopped (${signal})`));
  });
}

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => passed.has(name.toUpperCase()));
  // Inside VS Code the program that runs this worker is VS Code's own, which is Node only when told so.
  const electron = process.versions['electron'] === undefined ? [] : [['ELECTRON_RUN_AS_NODE', '1']];
  return Object.fromEntries([...kept, ...electron]) as NodeJS.ProcessEnv;
}

function tailOf(output: string, keep?: string): string {
  const lines = output
    // eslint-disable-next-line no-control-regex -- colours of a terminal are no part of what is shown
    .replace(/\u001b\[[\d;]*[A-Za-z]/g, '')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const wanted = keep === undefined ? lines.slice(-tailLines) : lines.filter((line) => matches(keep, line));
  return wanted.join('\n').slice(-longestTail);
}
