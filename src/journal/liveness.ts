import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where a pid means something (machine, boot and pid namespace), and what tells two processes with one pid apart. */
export interface ProcessMark {
  place: string;
  /** Start time in the kernel's own ticks; '' where the system does not tell. */
  birth: string;
}

export function markOf(pid: number): ProcessMark {
  return { place: placeHere(), birth: statOf(pid)?.birth ?? '' };
}

/** 'unknown' when the pid belongs to another machine or container: then only the heartbeat speaks. */
export function lifeOf(pid: number, mark: ProcessMark): 'alive' | 'dead' | 'unknown' {
  if (mark.place !== placeHere()) return 'unknown';
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'dead';
  }
  const stat = statOf(pid);
  if (!stat) return 'alive';
  // A killed process whose parent has not yet asked still has its pid.
  if (stat.state === 'Z' || stat.state === 'X') return 'dead';
  return mark.birth === '' || mark.birth === stat.birth ? 'alive' : 'dead';
}

/** A mark as it is written down, of the process with this number. */
export function writtenMark(pid: number): string {
  return JSON.stringify({ pid, ...markOf(pid) });
}

/** What became of a process by its written mark; 'unknown' too where the text is none. */
export function lifeOfWritten(text: string): ReturnType<typeof lifeOf> {
  try {
    const { pid, ...mark } = JSON.parse(text) as { pid: number } & ProcessMark;
    return lifeOf(pid, mark);
  } catch {
    return 'unknown';
  }
}

let here: string | undefined;

function placeHere(): string {
  here ??= [
    hostname(),
    tryText(() => readlinkSync('/proc/self/ns/pid')),
    tryText(() => readText('random/boot_id')),
  ].join(' ');
  return here;
}

function readText(name: string): string {
  return readFileSync(`/proc/sys/kernel/${name}`, 'latin1').trim();
}

function tryText(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

function statOf(pid: number): { state: string; birth: string } | undefined {
  const text = tryText(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // The name in brackets may itself hold brackets and blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, birth] = [fields[0], fields[19]];
  return state && birth ? { state, birth } : undefined;
}
