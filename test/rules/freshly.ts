import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Loads the sources of one folder as often as wanted, each time as in a new process: every module is evaluated anew.
 * What is read and stripped of its types is kept.
 */
export class Freshly {
  readonly #within: string;
  readonly #texts = new Map<string, string>();
  #time = 0;
  #changed: string | undefined;

  /** `folder` is a copy of the repository, by its real path. */
  constructor(folder: string) {
    this.#within = pathToFileURL(`${folder}/`).href;
    registerHooks({
      resolve: (specifier, context, next) => {
        const found = next(specifier, context);
        const [url = ''] = found.url.split('?');
        // Ends as the file does: sources look at the ends of their own names.
        return this.#isOurs(url) ? { ...found, url: `${url}?${this.#time}.ts` } : found;
      },
      load: (url, context, next) => {
        const [plain = ''] = url.split('?');
        if (!this.#isOurs(plain)) return next(url, context);
        return { format: 'module', source: this.#text(fileURLToPath(plain)), shortCircuit: true };
      },
    });
  }

  /** From here on everything is loaded anew; `changed` is read from the disk again, and will be the next time. */
  begin(changed?: string): void {
    this.#time += 1;
    for (const path of [this.#changed, changed]) if (path !== undefined) this.#texts.delete(path);
    this.#changed = changed;
  }

  #isOurs(url: string): boolean {
    return url.startsWith(this.#within) && url.endsWith('.ts') && !url.includes('/node_modules/');
  }

  #text(path: string): string {
    const kept = this.#texts.get(path);
    if (kept !== undefined) return kept;
    const text = stripTypeScriptTypes(readFileSync(path, 'utf8'));
    this.#texts.set(path, text);
    return text;
  }
}
