import { instructionWords, parking, standingInstructions } from '../core/instruction.ts';
import type { State } from '../core/state.ts';
import type { Answer } from './answer.ts';
import type { Caller, Room } from './call.ts';

/** Whether an instruction stands that this worker has not been told. */
export function hasUntold({ toldInstructions }: Room, state: State, worker: number): boolean {
  const newest = state.instructed.at(-1);
  return newest !== undefined && newest > (toldInstructions.get(worker) ?? 0);
}

/**
 * T2: whatever a caller asked, it hears first what the user said, unaltered and in its order. A refusal for that
 * reason says the first of them itself.
 */
export function withUserWords(room: Room, { holder, signal }: Caller, answer: Answer): Answer {
  const standing = standingInstructions(room.desk.state);
  const newest = standing.at(-1);
  if (!newest) return answer;
  if (holder.seat === 'worker' && !signal.aborted) room.toldInstructions.set(holder.worker, newest.n);
  const said = standing.map(instructionWords);
  if ('refusal' in answer) {
    const { refusal } = answer;
    const unsaid = said.filter((line) => line !== refusal.sentence);
    return unsaid.length === 0
      ? answer
      : { refusal: { ...refusal, sentence: [...unsaid, refusal.sentence].join(' ') } };
  }
  const lines = holder.seat === 'worker' ? [...said, `STOP: ${parking}`] : said;
  return {
    text: [...lines, '', answer.text].join('\n'),
    content: { instructions: standing.map(({ n, words }) => ({ instruction: n, words })), ...answer.content },
  };
}
