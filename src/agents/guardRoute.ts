import { randomUUID } from 'node:crypto';
import { isAbsolute, sep } from 'node:path';
import * as z from 'zod';
import type { Act } from '../contract/acts.ts';
import type { Bearer } from '../contract/actor.ts';
import type { Refusal } from '../contract/refusal.ts';
import { liveOf, unheard } from '../core/messages.ts';
import { notTaken } from '../core/ownership.ts';
import { at } from '../core/table.ts';
import type { Desk } from '../desk/desk.ts';
import { realest } from '../files/real.ts';
import type { TurnedAway } from './admission.ts';
import type { Room } from './call.ts';
import { bearerOf, type Holder } from './credentials.ts';
import { hear } from './messages.ts';
import { ruleOnWrites, type Ruled } from './writing.ts';

const path = z.string().min(1).max(4_096);
/**
 * What the guard program asks before an agent's tool runs, or that the tool is a call of Lockkeeper's own; and what an
 * agent that reads through Lockkeeper wants to read.
 */
const question = z.union([
  z.object({
    cwd: path,
    tool: z.string().max(200).optional(),
    paths: z.array(path).min(1).max(1_000),
    write: z.literal(true),
  }),
  z.object({ call: z.string().min(1).max(100) }),
  z.object({ unsaved: path }),
]);

/** `text`: what an editor holds of a file and the disk does not. */
interface GuardAnswer {
  readonly allowed: boolean;
  readonly paths: readonly Ruled[];
  readonly text?: string;
}

/**
 * Answers `POST /guard`: for each path whether it may be written, and why not; `allowed` where all may. A call of
 * Lockkeeper's own always may; that its guard hears of it is kept.
 */
export async function answerGuard(
  room: Room,
  holder: Holder,
  json: object,
): Promise<GuardAnswer | TurnedAway> {
  const asked = question.safeParse(json);
  if (!asked.success) return { status: 400, sentence: 'This is not what the guard asks.' };
  if ('call' in asked.data) {
    const who = bearerOf(holder);
    room.guards.announced(who, asked.data.call);
    await noteGuarded(room, who, true);
    return { allowed: true, paths: [] };
  }
  if ('unsaved' in asked.data) {
    const text =
      holder.seat === 'worker' ? await unsavedText(room, holder.worker, asked.data.unsaved) : undefined;
    return { allowed: true, paths: [], ...(text === undefined ? {} : { text }) };
  }
  const unnoted = await noteGuarded(room, bearerOf(holder), false);
  const refused =
    holder.seat === 'worker'
      ? (unnoted ?? notTaken(room.desk.state, holder.worker) ?? (await budgetWords(room, holder)))
      : undefined;
  const paths = refused
    ? asked.data.paths.map((path) => ({
        path,
        allowed: false,
        code: refused.code,
        sentence: `${refused.sentence} ${refused.next}`,
      }))
    : await ruleOnWrites(room, holder, asked.data.paths, asked.data.cwd);
  return { allowed: paths.every(({ allowed }) => allowed), paths };
}

/** Of the files of the workspace alone, by whichever of its names an editor has one open. */
async function unsavedText(room: Room, worker: number, path: string): Promise<string | undefined> {
  if (!isAbsolute(path) || !('name' in (await room.names(path, sep, worker)))) return undefined;
  return room.unsaved(path) ?? room.unsaved(await realest(path));
}

/**
 * A worker that only writes has no other contact: that its budget is used up it hears as the no to one write. What it
 * then does of that write is its own.
 */
async function budgetWords(
  room: Room,
  holder: Holder,
): Promise<Pick<Refusal, 'code' | 'sentence' | 'next'> | undefined> {
  const dispatch = holder.seat === 'worker' ? liveOf(room.desk.state, holder.worker) : undefined;
  if (!dispatch?.budget?.up || !unheard(dispatch).some(({ kind }) => kind === 'budget')) return undefined;
  const sentence = await hear(room, { holder, signal: new AbortController().signal });
  if (sentence === '') return undefined;
  return { code: 'budget-used-up', sentence, next: 'Then call submit_result; this write was held up once.' };
}

/** The first call of a guard is on the record; what cannot be written down there is not allowed either. */
async function noteGuarded(
  { desk }: Room,
  who: Bearer,
  calls: boolean,
): Promise<Pick<Refusal, 'code' | 'sentence' | 'next'> | undefined> {
  const act = who === 'orchestrator' ? seatsGuard(desk, calls) : workersGuard(desk, who, calls);
  if (!act) return undefined;
  const reply = await desk.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });
  return reply.ok ? undefined : reply.refusal;
}

function workersGuard({ state }: Desk, worker: number, calls: boolean): Act | undefined {
  const known = at(state.workers, worker);
  if (known?.guarded === true && (!calls || known.guardsCalls === true)) return undefined;
  return { type: 'note-guarded', worker, ...(calls ? { calls } : {}) };
}

function seatsGuard({ state }: Desk, calls: boolean): Act | undefined {
  const guard = calls ? 'calls' : 'asks';
  return [guard, 'calls'].includes(state.seat?.guard ?? '') ? undefined : { type: 'note-seat-guard', guard };
}
