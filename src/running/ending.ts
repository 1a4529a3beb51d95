import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { leftBehind } from './leftBehind.ts';

/** Milliseconds that a process which was asked to end has for it. */
const graceToEnd = 3_000;
const lookEvery = 50;

/**
 * Asks a process and its group to end, then ends them, and with them whoever has `entry` in its environment: it left
 * the group. Resolves when it is over.
 */
export async function endProcess(pid: number, isAlive: () => boolean, entry: string): Promise<void> {
  endGroup(pid, 'SIGTERM');
  const deadline = performance.now() + graceToEnd;
  while (isAlive() && performance.now() < deadline) await pause(lookEvery);
  endGroup(pid, 'SIGKILL');
  await endLeftBehind(entry);
  while (isAlive() && performance.now() < deadline + graceToEnd) await pause(lookEvery);
}

export async function endLeftBehind(mark: string): Promise<void> {
  for (const pid of await leftBehind(mark)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

export function endGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') {
      spawn('taskkill', ['/pid', `${pid}`, '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on(
        'error',
        () => undefined,
      );
    } else process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}
