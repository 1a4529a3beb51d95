import { spawn } from 'node:child_process';
import { askDoor, doorAt, type Ruling } from '../guard/ask.ts';
import { post } from '../guard/post.ts';
import type { Told } from './permission.ts';

/** What the client asks the window of its worker. Every rejection is an `Error` whose message never holds the token. */
export interface Door {
  /** Whether these files may be written: the same question that a guard asks, and the same answer. */
  mayWrite(tool: string, paths: readonly string[]): Promise<Ruling>;
  /** Whether a tool may run, as far as the guard itself reads its input. */
  mayRun(hook: NonNullable<Told['hook']>): Promise<Ruling>;
  /** What an editor holds of a file and the disk does not; undefined where it holds nothing else. */
  unsaved(path: string): Promise<string | undefined>;
}

/** Where the door is, and the program that stands before other agents' tools. */
export interface DoorPlace {
  readonly address: string;
  readonly token: string;
  readonly guard: string;
  readonly cwd: string;
}

export function doorOf({ address, token, guard, cwd }: DoorPlace): Door {
  return {
    mayWrite: (tool, paths) => askDoor(address, token, { cwd, tool, paths }),
    mayRun: (hook) => askGuard(guard, { address, token }, { ...hook, hook_event_name: 'PreToolUse', cwd }),
    async unsaved(path) {
      const { status, body } = await post(doorAt(address, token), token, JSON.stringify({ unsaved: path }));
      if (status !== 200) throw new Error(`the window answered with status ${status}`);
      const json: unknown = JSON.parse(body);
      const text = typeof json === 'object' && json !== null && 'text' in json ? json.text : undefined;
      return typeof text === 'string' ? text : undefined;
    },
  };
}

/** Runs the guard as a hook does: whatever it does not end well with is a no. */
function askGuard(
  guard: string,
  { address, token }: { address: string; token: string },
  hook: object,
): Promise<Ruling> {
  const env = {
    ...process.env,
    ELECTRON_RUN_AS_NODE: '1',
    LOCKKEEPER_URL: address,
    LOCKKEEPER_TOKEN: token,
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [guard, 'acp'], { env, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', ({ message }) => resolve({ allowed: false, sentences: [message] }));
    child.on('close', (code) => {
      const sentence = said.replace(/^Lockkeeper: /, '').trim() || 'The guard is not available.';
      resolve(code === 0 ? { allowed: true } : { allowed: false, sentences: [sentence] });
    });
    child.stdin.on('error', () => undefined).end(JSON.stringify(hook));
  });
}
