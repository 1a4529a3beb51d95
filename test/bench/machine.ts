import { readFileSync } from 'node:fs';
import { arch, cpus, tmpdir, totalmem, type } from 'node:os';
import { DatabaseSync } from 'node:sqlite';

/** What the figures were taken on, in a sentence; no names of hosts or places. */
export function machine(): string {
  const [cpu] = cpus();
  const model = cpu === undefined || cpu.model.trim() === 'unknown' ? '' : ` (${cpu.model.trim()})`;
  const db = new DatabaseSync(':memory:');
  const sqlite = String(db.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  db.close();
  return [
    `${cpus().length} cores${model}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    `${system()} on ${arch()}`,
    `Node ${process.versions.node}, SQLite ${sqlite}`,
    `temporary files on ${fileSystem()}`,
  ].join('; ');
}

function system(): string {
  if (process.platform !== 'linux') return type();
  return /^PRETTY_NAME="(.+)"$/m.exec(read('/etc/os-release'))?.[1] ?? 'Linux';
}

/** The kind of file system, and of disk where that is told. */
function fileSystem(): string {
  const mounts = read('/proc/mounts')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, at = '']) => at === '/' || tmpdir() === at || tmpdir().startsWith(`${at}/`))
    .sort(([, left = ''], [, right = '']) => right.length - left.length);
  const [device = '', , kind] = mounts[0] ?? [];
  if (kind === undefined) return 'the system disk';
  if (/^\/dev\/(?:vd|xvd)/.test(device)) return `${kind} on a virtual disk`;
  return device.startsWith('/dev/nvme') ? `${kind} on NVMe` : kind;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
