import { readdir } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { notAllowed } from '../desk/authority.ts';
import type { NamedFolder } from '../files/folders.ts';
import { nameOf, type Identity } from '../files/identity.ts';
import { otherNames } from '../files/otherNames.ts';
import { realest } from '../files/real.ts';
import type { Room } from './call.ts';
import type { Holder } from './credentials.ts';
import { atWork, mayWrite, type MayWrite } from '../core/ownership.ts';

/** Whether one path may be written, and if not, why and what to do instead, in words for a model. */
export interface Ruled {
  readonly path: string;
  readonly allowed: boolean;
  readonly code?: string;
  readonly sentence?: string;
}

/**
 * What the holder of a token may write of these paths, in their order. Relative ones begin in `from`, and without it
 * they are names as they stand in a packet. Nobody owns what lies outside of every folder of the workspace, so whoever
 * has a task may write there; but not to what is Lockkeeper's.
 */
export async function ruleOnWrites(
  room: Room,
  holder: Holder,
  paths: readonly string[],
  from?: string,
): Promise<readonly Ruled[]> {
  const no = (code: string, sentence: string, next: string) => (path: string) => ({
    path,
    allowed: false,
    code,
    sentence: `${sentence} ${next}`,
  });
  if (holder.seat === 'orchestrator') {
    // T1: the seat coordinates.
    const { code, sentence, next } = notAllowed(holder.seat, 'submit') ?? unknown;
    return paths.map(no(code, sentence, next));
  }
  const { worker } = holder;
  const placeOf = (path: string): Promise<Identity> =>
    from === undefined && !isAbsolute(path)
      ? nameOf(path, room.folders())
      : room.names(path, from ?? sep, worker);
  const places = await Promise.all(paths.map(placeOf));
  const own = await Promise.all(room.own().map(realest));
  const { trouble, state } = room.desk;
  if (trouble) return paths.map(no(trouble.code, trouble.sentence, trouble.next));
  const standing = atWork(state, worker);
  const one = (path: string, place: Identity, below: readonly string[] | undefined): Ruled => {
    if ('refused' in place)
      return no('no-file', `\`${path}\` cannot be written: ${place.refused}`, 'Name another file.')(path);
    if ('outside' in place && 'dispatch' in standing) {
      const isOurs = own.some((folder) => `${place.outside}${sep}`.startsWith(`${folder}${sep}`));
      return isOurs
        ? no('not-yours', `\`${path}\` belongs to Lockkeeper itself.`, 'Leave it as it is.')(path)
        : { path, allowed: true };
    }
    if (below === undefined) {
      const words = `\`${path}\` holds more than ${mostBelow} files.`;
      return no('too-many-files', words, 'Name them, or folders with less in them.')(path);
    }
    const name = 'name' in place ? place.name : place.outside;
    const rule = (file: string): MayWrite => mayWrite(state, worker, file, room.desk.workspace);
    const names = below.length === 0 ? [name] : below.map((file) => `${name}/${file}`.normalize('NFC'));
    const refused = names.map(rule).find(({ allowed }) => !allowed);
    return refused === undefined || refused.allowed
      ? { path, allowed: true }
      : no(refused.code, refused.sentence, refused.next)(path);
  };
  const folders = await Promise.all(
    paths.map((path, index) => {
      const place = places[index];
      const isPlace = place !== undefined && 'name' in place && (from !== undefined || isAbsolute(path));
      return isPlace ? filesBelow(resolve(from ?? sep, path)) : Promise.resolve([]);
    }),
  );
  const ruled = paths.map((path, index) =>
    one(path, places[index] ?? { refused: 'it has no name' }, folders[index]),
  );
  return Promise.all(
    ruled.map(async (found) => {
      const isPlace = from !== undefined || isAbsolute(found.path);
      if (!found.allowed || !isPlace) return found;
      const roots = [...room.folders(), ...(await ownFolders(room, standing))].map(({ fsPath }) => fsPath);
      const others = await otherNames(resolve(from ?? sep, found.path), [...new Set(roots)]);
      if (others === undefined) {
        const words = `\`${found.path}\` is one file under several names, and not all of them can be looked for.`;
        return no('several-names', words, 'Copy it, and put the copy in its place.')(found.path);
      }
      for (const other of others) {
        const { allowed, sentence = '', code = '' } = one(other, await room.names(other, sep, worker), []);
        if (!allowed)
          return no(code, `\`${found.path}\` is the same file as \`${other}\`.`, sentence)(found.path);
      }
      return found;
    }),
  );
}

/** The folders that the worker of a task works in, where they are not those that are open. */
function ownFolders(room: Room, standing: ReturnType<typeof atWork>): Promise<readonly NamedFolder[]> {
  return 'dispatch' in standing ? room.workFolders(standing.dispatch.n) : Promise.resolve([]);
}

/** Files below one folder that are ruled on with it. */
const mostBelow = 2_000;

/** What lies below a path that is a folder, named from there with `/`: who writes the folder writes all of it. */
async function filesBelow(path: string): Promise<readonly string[] | undefined> {
  const found: string[] = [];
  const left = [path];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const place = join(folder, entry.name);
      if (entry.isDirectory()) left.push(place);
      else found.push(relative(path, place).split(sep).join('/'));
    }
    if (found.length + left.length > mostBelow) return undefined;
  }
  return found;
}

const unknown = { code: 'not-yours', sentence: 'This is not yours to change.', next: 'Leave it as it is.' };
