import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const mostBytes = 64 * 1024 * 1024;

/** What programs wrote, each text in a file named by its SHA-256. The oldest go when it is too much. */
export class Outputs {
  readonly #folder: string;
  readonly #most: number;

  /** `most`: bytes in all. */
  constructor(folder: string, most = mostBytes) {
    this.#folder = folder;
    this.#most = most;
  }

  /** Keeps a text; gives its SHA-256. Rejects where the disk does not take it. */
  async keep(text: string): Promise<string> {
    const sha256 = hashOf(text);
    const file = join(this.#folder, sha256);
    await mkdir(this.#folder, { recursive: true });
    const made = `${file}.${randomUUID()}.new`;
    try {
      await writeFile(made, text);
      await rename(made, file);
      // A text that comes again is as new as the last time it came.
      await utimes(file, new Date(), new Date());
    } finally {
      await rm(made, { force: true });
    }
    await this.#makeRoom(sha256);
    return sha256;
  }

  /** The text, or undefined where it is gone or is not what was kept. */
  async read(sha256: string): Promise<string | undefined> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
    const text = await readFile(join(this.#folder, sha256), 'utf8').catch(() => undefined);
    return text !== undefined && hashOf(text) === sha256 ? text : undefined;
  }

  async #makeRoom(newest: string): Promise<void> {
    const names = await readdir(this.#folder);
    const found = await Promise.all(
      names.map(async (name) => {
        const known = await stat(join(this.#folder, name)).catch(() => undefined);
        return known ? [{ name, size: known.size, at: known.mtimeMs }] : [];
      }),
    );
    const files = found.flat().sort((left, right) => left.at - right.at);
    let size = files.reduce((sum, file) => sum + file.size, 0);
    for (const file of files) {
      if (size <= this.#most) return;
      if (file.name === newest) continue;
      await rm(join(this.#folder, file.name), { force: true });
      size -= file.size;
    }
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
