import { isAbsolute, sep } from 'node:path';
import { at } from '../core/table.ts';
import { notAllowed } from '../desk/authority.ts';
import { nameOf, type Identity } from '../files/identity.ts';
import { realest } from '../files/real.ts';
import type { Room } from './call.ts';
import type { Holder } from './credentials.ts';
import { mayWrite } from '../core/ownership.ts';

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
  const isAtWork = state.live.some((n) => at(state.dispatches, n)?.worker === worker);
  const one = (path: string, place: Identity): Ruled => {
    if ('refused' in place)
      return no('no-file', `\`${path}\` cannot be written: ${place.refused}`, 'Name a file.')(path);
    if ('outside' in place && isAtWork) {
      const isOurs = own.some((folder) => `${place.outside}${sep}`.startsWith(`${folder}${sep}`));
      return isOurs
        ? no('not-yours', `\`${path}\` belongs to Lockkeeper itself.`, 'Leave it as it is.')(path)
        : { path, allowed: true };
    }
    const name = 'name' in place ? place.name : place.outside;
    const ruling = mayWrite(state, worker, name, room.desk.workspace);
    return ruling.allowed ? { path, allowed: true } : no(ruling.code, ruling.sentence, ruling.next)(path);
  };
  return paths.map((path, index) => one(path, places[index] ?? { refused: 'it has no name' }));
}

const unknown = { code: 'not-yours', sentence: 'This is not yours to change.', next: 'Leave it as it is.' };
