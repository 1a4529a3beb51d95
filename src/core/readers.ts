import { checkPacket } from './packetForm.ts';
import { purposesOf } from './purposes.ts';
import { blockingOf, checkAnswer, checkQuestion } from './questionForm.ts';
import { checkResult } from './resultForm.ts';

/** What reads the forms of P4, P6 and T4, and how many purposes a TASK has (T6). */
export const readers = {
  checkPacket,
  purposesOf,
  checkQuestion,
  blockingOf,
  checkAnswer,
  checkResult,
} as const;
export type Forms = typeof readers;
