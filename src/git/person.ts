import { readGit } from './git.ts';

/** Who commits in this repository, as a trailer names a person. */
export async function personOf(top: string): Promise<string> {
  const answer = await readGit(top, ['var', 'GIT_COMMITTER_IDENT']);
  const named = answer.ok ? /^(.*>)/.exec(answer.text)?.[1] : undefined;
  return named ?? 'User <user@lockkeeper.invalid>';
}
