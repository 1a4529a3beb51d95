import { createHash, randomUUID } from 'node:crypto';
import { calls, type CallName } from '../contract/calls.ts';
import type { CallRow } from '../contract/callRow.ts';
import { actorName } from '../contract/actor.ts';
import { liveOf, unheard } from '../core/messages.ts';
import type { AskedQuestion } from '../core/state.ts';
import type { Answer } from './answer.ts';
import type { Caller, Room } from './call.ts';

/**
 * P10: what waits for a worker rides on the answer to its next act, together and in order. Which act took it is kept
 * with that act: the same call again, after a lost answer, brings the same messages again, and no other call does.
 * `get_task` takes them itself, and shows all there ever were.
 */
export async function withMessages(
  room: Room,
  caller: Caller,
  name: CallName,
  given: unknown,
  answer: Answer,
): Promise<Answer> {
  const { holder, signal } = caller;
  const row: CallRow = calls[name];
  if (holder.seat !== 'worker' || row.seat !== 'worker' || row.act === undefined || signal.aborted) {
    return answer;
  }
  const id = createHash('sha256')
    .update(JSON.stringify([actorName(holder), 'hear', name, given]))
    .digest('hex');
  const words = await hear(room, caller, id);
  if (words === '') return answer;
  if ('refusal' in answer) {
    const { refusal } = answer;
    return { refusal: { ...refusal, sentence: `${refusal.sentence} ${words}` } };
  }
  return { text: `${answer.text}\n${words}`, content: { ...answer.content, messages: words } };
}

/** Before a worker reads answers: from then on none of them is replaced. */
export async function hearAnswers(
  { desk }: Room,
  { holder, signal }: Caller,
  questions: readonly AskedQuestion[],
): Promise<void> {
  for (const { n, state, heardAt } of questions) {
    if (state !== 'answered' || heardAt !== undefined || signal.aborted) continue;
    await desk.submit({ id: randomUUID(), actor: holder, act: { type: 'hear-answer', question: n } });
  }
}

/** Takes what waits for the worker; its words, or nothing. `id` makes it repeatable. */
export async function hear({ desk }: Room, { holder }: Caller, id: string = randomUUID()): Promise<string> {
  if (holder.seat !== 'worker') return '';
  const dispatch = liveOf(desk.state, holder.worker);
  if (!dispatch || (unheard(dispatch).length === 0 && desk.madeBy(id) === undefined)) return '';
  const { n, epoch } = dispatch;
  const reply = await desk.submit({ id, actor: holder, act: { type: 'hear', dispatch: n, epoch } });
  return reply.ok ? reply.said : '';
}
