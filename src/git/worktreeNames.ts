/** Names that Windows keeps for devices, whatever their ending. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * A worker's name as it can stand in a branch and in a folder's name on every system: small plain letters,
 * digits and hyphens. Two workers may get the same; the number of the TODO and the search for a free name
 * tell them apart.
 */
export function slugOf(worker: string): string {
  const plain = worker
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return plain === '' || reserved.test(plain) ? `worker${plain === '' ? '' : `-${plain}`}` : plain;
}

export interface WorktreeName {
  /** The name of the folder, and of its record. */
  readonly id: string;
  readonly branch: string;
}

/** The first of `web-7`, `web-7-2`, `web-7-3` … that is free. */
export async function freeName(
  worker: string,
  todo: number,
  isFree: (name: WorktreeName) => Promise<boolean>,
): Promise<WorktreeName> {
  const slug = slugOf(worker);
  for (let turn = 1; ; turn += 1) {
    const end = turn === 1 ? `${todo}` : `${todo}-${turn}`;
    const name = { id: `${slug}-${end}`, branch: `lockkeeper/${slug}/${end}` };
    if (await isFree(name)) return name;
  }
}
