import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reviews } from './composeReviews.ts';
import { refusal, type Refusal } from './contract/refusal.ts';
import { folderOf } from './core/folders.ts';
import { at } from './core/table.ts';
import type { Desk } from './desk/desk.ts';
import { openFolders } from './editor/openFolders.ts';
import type { VerifyPlace } from './editor/verify/place.ts';
import { worktreeSettings } from './editor/worktrees/settings.ts';
import { freshGround } from './git/freshGround.ts';
import { groundOf, type GroundOrder } from './git/ground.ts';
import type { Repository } from './git/repository.ts';
import { lifeOfWritten, writtenMark } from './journal/liveness.ts';
import { Outputs } from './running/outputs.ts';
import type { FreshGround } from './running/series.ts';

interface VerifyNeeds {
  readonly desk: Desk;
  readonly outside: () => Promise<{ readonly reviews: Pick<Reviews, 'weigh'> }>;
  /** The journal's file: whose worktrees they are, and beside it what is kept. */
  readonly journal: string;
  /** Worktrees go there when they cannot be beside the repository. */
  readonly context: { readonly globalStorageUri: { readonly fsPath: string } };
}

/** Where VERIFY is run, and what is kept of it; loaded with the first run. */
export function verifyPlace(needs: VerifyNeeds): VerifyPlace {
  const beside = join(dirname(needs.journal), 'verify');
  const outputs = new Outputs(join(beside, 'outputs'));
  const owner = createHash('sha256').update(dirname(needs.journal)).digest('hex').slice(0, 16);
  mkdirSync(beside, { recursive: true });
  const orderFor = (n: number): GroundOrder => {
    const folders = openFolders();
    const names = folders.map(({ name }) => name);
    const scope = at(needs.desk.state.dispatches, n)?.packet.scope ?? [];
    const start =
      names.length > 1
        ? scope.map((entry) => folderOf(entry, names)).find((name) => name !== undefined)
        : names[0];
    return { owner, dispatch: n, folders, start, index: join(beside, 'shared.index') };
  };
  const standing = (
    result: number,
    repository: Repository,
    change: string,
    merged: string,
    signal: AbortSignal,
  ): Promise<FreshGround | Refusal> => {
    const { dispatches, results } = needs.desk.state;
    const { link, setup, setupMilliseconds, env } = worktreeSettings();
    return freshGround({
      repository,
      owner,
      todo: at(dispatches, at(results, result)?.dispatch ?? 0)?.todos[0] ?? 0,
      fallback: join(needs.context.globalStorageUri.fsPath, 'worktrees'),
      open: openFolders().map(({ fsPath }) => fsPath),
      processes: { markOf: writtenMark, isAlive: (mark) => lifeOfWritten(mark) !== 'dead' },
      signal,
      change,
      merged,
      link,
      setup: { argv: setup, env, milliseconds: setupMilliseconds },
    });
  };
  return {
    claim: (result) => claim(join(beside, `${result}.running`)),
    ground: (dispatch) => groundOf(orderFor(dispatch)),
    fresh: async (result, signal) => {
      const weighed = await (await needs.outside()).reviews.weigh(result);
      if ('code' in weighed) return weighed;
      const { measured, repository, merged } = weighed;
      if (merged.kind === 'unknown') return merged.refusal;
      if (merged.kind === 'conflicts') return conflicts(merged.files);
      return standing(result, repository, measured.tree, merged.tree, signal);
    },
    base: async (result, signal, isKnown) => {
      const weighed = await (await needs.outside()).reviews.weigh(result);
      if ('code' in weighed) return weighed;
      const { base } = weighed.measured;
      return isKnown(base) ? undefined : standing(result, weighed.repository, base, base, signal);
    },
    keep: (output) => outputs.keep(output),
    read: (sha256) => outputs.read(sha256),
  };
}

function conflicts(files: readonly string[]): Refusal {
  const names = files.slice(0, 5).join(', ');
  return refusal(
    'merge-conflicts',
    `The change does not merge into what you have committed: ${names}${files.length > 5 ? ` and ${files.length - 5} more` : ''}.`,
    'Approve it: nothing is merged, and the conflict case is opened in which it is settled. Or reject it, so that its worker takes up what is new.',
  );
}

/** One process at a time runs the VERIFY of a result; the claim of a dead one counts for nothing. */
function claim(file: string): (() => void) | undefined {
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      writeFileSync(file, writtenMark(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (lifeOfWritten(readFileSync(file, 'utf8')) === 'alive') return undefined;
      rmSync(file, { force: true });
    }
  }
  return undefined;
}
