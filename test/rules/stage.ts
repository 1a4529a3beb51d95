import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Played, Wanted } from './play.ts';
import { SourceCopy } from './replacement.ts';
import { nameOf, type Change } from './rules.ts';

/** A change that keeps the tests from ending is not noticed. */
const longest = 120_000;
/** A copy of the sources, and a process that plays their tests one change after the other. */
export class Stage {
  readonly #root: string;
  readonly #copy: SourceCopy;
  #child: ChildProcess | undefined;

  constructor(root: string) {
    this.#root = root;
    this.#copy = new SourceCopy(root);
  }

  async play(wanted: Wanted): Promise<Played> {
    const child = (this.#child ??= this.#start());
    const errors: Buffer[] = [];
    const hear = (chunk: Buffer): number => errors.push(chunk);
    child.stderr?.on('data', hear);
    const patience = setTimeout(() => child.kill('SIGKILL'), longest);
    const heard = new AbortController();
    const { signal } = heard;
    const told = once(child, 'message', { signal }).then(([played]) => played as Played);
    const ended = once(child, 'close', { signal }).then(([code, why]): Played => {
      this.#child = undefined;
      const words = Buffer.concat(errors).toString().slice(0, 500);
      return { passed: [], noticed: [], broken: [`the tests ended with ${why ?? code}: ${words}`], took: {} };
    });
    child.send(wanted);
    const played = await Promise.race([told, ended]);
    clearTimeout(patience);
    heard.abort();
    await Promise.allSettled([told, ended]);
    child.stderr?.off('data', hear);
    return played;
  }

  /** Plays the tests of its rule with the change in the copy. */
  async playWith(change: Change, took: Played['took']): Promise<Played> {
    const undo = this.#copy.change(nameOf(change), change);
    try {
      return await this.play({ ids: [change.rule], changed: change.file, took });
    } finally {
      undo();
    }
  }

  /**
   * Plays without any change what went red in this process, and ends it: what is red then was not the change's doing.
   */
  async rest(): Promise<Played> {
    const played = await this.play({});
    this.#child?.disconnect();
    this.#child = undefined;
    return played;
  }

  remove(): void {
    this.#child?.kill('SIGKILL');
    this.#copy.remove();
  }

  #start(): ChildProcess {
    const { folder } = this.#copy;
    return fork(join(this.#root, 'test/rules/play.ts'), [folder], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    });
  }
}
