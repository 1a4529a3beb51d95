import { readGit } from './git.ts';

/** What a file holds in a tree that git knows, as bytes; undefined where it is not there, or no file. */
export async function contentOf(folder: string, tree: string, path: string): Promise<Uint8Array | undefined> {
  const answer = await readGit(folder, ['cat-file', 'blob', `${tree}:${path}`], { isBytes: true });
  return answer.ok ? Buffer.from(answer.text, 'latin1') : undefined;
}
