import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { until } from '../../rig/until.ts';
import { git, traces } from './given.ts';
import { standing } from './approving.ts';
import type { GitHouse } from './house.ts';

/**
 * The git of this machine, from the n-th of its calls that write on under a limit on how much a file may grow: the
 * kernel refuses its writes, as on a full disk. That needs no disk and no rights. Once one has failed there is room
 * again, unless it is to stay so.
 */
export class NoRoom {
  readonly #at: string;
  readonly #path = process.env['PATH'] ?? '';

  /** `folder`: a new one that only this knows. */
  constructor(folder: string) {
    this.#at = folder;
    mkdirSync(folder, { recursive: true });
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    const file = join(folder, 'git');
    writeFileSync(
      file,
      `#!/bin/sh
[ -e '${folder}/from' ] || exec '${real}' "$@"
case " $* " in
  # What this cannot write down is only looked up again.
  *" update-index -q --refresh "*) exec '${real}' "$@" ;;
  *" add "* | *" read-tree "* | *" update-index "* | *" hash-object "* | *" write-tree "* | *" merge-tree "* | \\
  *" commit-tree "* | *" update-ref "* | *" checkout-index "*) ;;
  *) exec '${real}' "$@" ;;
esac
n=$(($(cat '${folder}/count') + 1))
echo $n > '${folder}/count'
if [ -e '${folder}/step' ]; then
  case " $* " in *" $(cat '${folder}/step') "*) echo $n > '${folder}/from'; rm '${folder}/step' ;; esac
fi
[ $n -ge $(cat '${folder}/from') ] || exec '${real}' "$@"
(trap '' XFSZ; ulimit -f $(cat '${folder}/blocks'); exec '${real}' "$@")
code=$?
if [ $code -ne 0 ]; then
  echo "$n $*" >> '${folder}/failed'
  [ -e '${folder}/stays' ] || rm '${folder}/from'
fi
exit $code
`,
    );
    chmodSync(file, 0o755);
    process.env['PATH'] = `${folder}${delimiter}${this.#path}`;
  }

  /** From that write on, or from that command of git. `blocks`: how many of 512 bytes a file may have. */
  begin(from: number | string, { blocks = 0, stays = false } = {}): void {
    this.end();
    for (const [name, text] of [
      ['count', '0'],
      ['blocks', String(blocks)],
      ...(stays ? [['stays', '']] : []),
      ...(typeof from === 'string' ? [['step', from]] : []),
      ['from', typeof from === 'string' ? '999999' : String(from)],
    ] as const)
      writeFileSync(join(this.#at, name ?? ''), `${text ?? ''}\n`);
  }

  end(): void {
    for (const name of ['from', 'stays', 'step']) rmSync(join(this.#at, name), { force: true });
  }

  /** Which calls failed: how many writes there were before, and what git was asked. */
  get failed(): readonly { readonly n: number; readonly asked: string }[] {
    const file = join(this.#at, 'failed');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => ({ n: Number(line.split(' ')[0]), asked: line.slice(line.indexOf(' ') + 1) }));
  }

  close(): void {
    process.env['PATH'] = this.#path;
  }
}

/** All that an approval moves, and all that it could leave behind, as one text. */
export function everything({ top, journal }: Pick<GitHouse, 'top' | 'journal'>): string {
  // What git had begun of an object it leaves to its own gc.
  const names = readdirSync(join(top, '.git'), { recursive: true, encoding: 'utf8' });
  return [
    standing(top),
    git(top, 'stash', 'list'),
    git(top, 'worktree', 'list'),
    ...names.filter((name) => /\.lock$|\.new$|\.room$|\.landing/.test(name)),
    JSON.stringify(journal.read(0)),
  ].join('\n');
}

/** The worktree of what was approved goes a moment later. */
export async function cleared(top: string): Promise<void> {
  await until(
    () => traces(top),
    (left) => left.length === 0,
  );
}
