import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Refusal } from '../contract/refusal.ts';
import { notTaken } from '../core/ownership.ts';
import { at } from '../core/table.ts';
import type { TurnedAway } from './admission.ts';
import type { Room } from './call.ts';
import type { Holder } from './credentials.ts';
import { ruleOnWrites, type Ruled } from './writing.ts';

const path = z.string().min(1).max(4_096);
/** What the guard program asks before an agent's tool runs. */
const question = z.object({
  cwd: path,
  tool: z.string().max(200).optional(),
  paths: z.array(path).min(1).max(1_000),
  write: z.literal(true),
});

/** Answers `POST /guard`: for each path whether it may be written, and why not; `allowed` where all may. */
export async function answerGuard(
  room: Room,
  holder: Holder,
  json: object,
): Promise<{ readonly allowed: boolean; readonly paths: readonly Ruled[] } | TurnedAway> {
  const asked = question.safeParse(json);
  if (!asked.success) return { status: 400, sentence: 'This is not what the guard asks.' };
  const refused =
    holder.seat === 'worker'
      ? ((await noteGuarded(room, holder.worker)) ?? notTaken(room.desk.state, holder.worker))
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

/** The first call of a worker's guard is on the record; what cannot be written down there is not allowed either. */
async function noteGuarded(
  { desk }: Room,
  worker: number,
): Promise<Pick<Refusal, 'code' | 'sentence' | 'next'> | undefined> {
  if (at(desk.state.workers, worker)?.guarded === true) return undefined;
  const act = { type: 'note-guarded', worker } as const;
  const reply = await desk.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });
  return reply.ok ? undefined : reply.refusal;
}
