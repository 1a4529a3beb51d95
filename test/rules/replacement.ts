import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** One change of one source file. The text to find has to stand there exactly once. */
export interface Replacement {
  /** From the top of the repository, with `/` between folders. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** The text with the change in it. Throws with the change's name where it applies twice, or not at all. */
export function replaced(text: string, name: string, { file, find, replace }: Replacement): string {
  const count = find === '' ? 0 : text.split(find).length - 1;
  if (count !== 1) throw new Error(`${name} What it replaces stands ${count} times in ${file}, not once.`);
  return text.replace(find, () => replace);
}

/** A copy of sources and tests in a temporary folder, with the repository's packages in reach. */
export class SourceCopy {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'lk-copy-')));

  /** `root` is the top of the repository. */
  constructor(root: string) {
    for (const name of ['src', 'test', 'package.json']) {
      cpSync(join(root, name), join(this.folder, name), {
        recursive: true,
        filter: (path) => basename(path) !== 'node_modules',
      });
    }
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
  }

  /** Applies a change to the copy; what is given back takes it out again. */
  change(name: string, replacement: Replacement): () => void {
    const path = join(this.folder, replacement.file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, replaced(text, name, replacement));
    return () => writeFileSync(path, text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
