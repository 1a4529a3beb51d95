import { parseProgress, type ReadProgress } from './progressText.ts';
import { parseQuestion, type ReadQuestion } from './questionText.ts';
import { parsePacket } from './packetParse.ts';
import { parseResult, type ReadResult } from './resultText.ts';

/** What a worker sent, recognised by its fields. */
export type WorkerText =
  | ({ readonly kind: 'result' } & ReadResult)
  | ({ readonly kind: 'question' } & ReadQuestion)
  | ({ readonly kind: 'progress' } & ReadProgress);

const resultsOwn = ['RESULT', 'OUTCOME', 'SUMMARY', 'EVIDENCE', 'PLAN-AFFECTED', 'STILL-OPEN'];
const questionsOwn = ['QUESTION', 'OPTIONS', 'RECOMMENDED', 'BLOCKING'];

/**
 * Reads a text of a worker as what it has the most fields of; undefined where it has none, and where it is a
 * packet that goes to a worker.
 */
export function parseWorkerText(text: string): WorkerText | undefined {
  if (new Set(parsePacket(text).fields.map(({ name }) => name)).size >= 4) return undefined;
  const result = parseResult(text);
  const question = parseQuestion(text);
  const progress = parseProgress(text);
  const ofResult = own(result.fields, resultsOwn);
  const ofQuestion = own(question.fields, questionsOwn);
  if (progress.text !== undefined && Math.max(ofResult.count, ofQuestion.count) < 2) {
    return { kind: 'progress', ...progress };
  }
  if (ofResult.count === 0 && ofQuestion.count === 0) return undefined;
  const isQuestion =
    ofQuestion.count > ofResult.count ||
    (ofQuestion.count === ofResult.count && ofQuestion.first < ofResult.first);
  return isQuestion ? { kind: 'question', ...question } : { kind: 'result', ...result };
}

function own(
  fields: readonly { readonly name: string; readonly line: number }[],
  names: readonly string[],
): { readonly count: number; readonly first: number } {
  const found = fields.filter(({ name }) => names.includes(name));
  return { count: new Set(found.map(({ name }) => name)).size, first: found[0]?.line ?? Infinity };
}
