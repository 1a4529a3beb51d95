import * as z from 'zod';
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
  const paths = await ruleOnWrites(room, holder, asked.data.paths, asked.data.cwd);
  return { allowed: paths.every(({ allowed }) => allowed), paths };
}
