import type { QuestionCard } from '../../contract/panelMessages.ts';
import { byWhom, short, todoWords, workerName } from '../labels.ts';
import { tidy } from '../plainText.ts';
import { optionMeant } from '../questionForm.ts';
import type { AskedQuestion, State } from '../state.ts';
import { at } from '../table.ts';
import { folded } from './folded.ts';
import { hidesSomething, visible, visibleName } from './visible.ts';

/** Open questions, blocking ones first, the oldest first of each (P6). */
export function openQuestions(state: State): readonly AskedQuestion[] {
  const open = asked(state, 'open');
  return [...open.filter((one) => one.blocking), ...open.filter((one) => !one.blocking)];
}

/** Questions that went back to their worker, oldest first. */
export function awaitedQuestions(
  state: State,
): readonly { readonly n: number; readonly key: string; readonly worker: string }[] {
  return asked(state, 'returned').map((question) => ({
    n: question.n,
    key: keyOf(question),
    worker: askedBy(state, question),
  }));
}

/** The words of a question to search in: its number, worker, TODOs, question and context. */
export function questionWords(state: State, question: AskedQuestion): string {
  const { packet, n } = question;
  const todos = at(state.dispatches, question.dispatch)?.todos.map((todo) => `TODO ${todo}`) ?? [];
  const parts = [`Question ${n}`, askedBy(state, question), ...todos, packet.question, packet.context];
  return parts.join('\n');
}

function asked(state: State, standing: AskedQuestion['state']): readonly AskedQuestion[] {
  return state.asked
    .map((n) => at(state.questions, n))
    .filter((question): question is AskedQuestion => question?.state === standing)
    .sort((left, right) => left.at - right.at || left.n - right.n);
}

/** A question as the panel shows it, every text through `visible`. */
export function questionCard(state: State, question: AskedQuestion): QuestionCard {
  const { packet, missing } = question;
  const options = packet.options ?? [];
  const blocking = packet.blocking;
  const texts = [packet.question, packet.context, ...(packet.files ?? []), ...options, packet.recommended];
  return {
    n: question.n,
    key: keyOf(question),
    at: question.at,
    worker: `${askedBy(state, question)}${byWhom(question)}`,
    work: workOf(state, question),
    question: block(packet.question),
    context: block(packet.context),
    files: (packet.files ?? []).map((file) => folded(visibleName(tidy(file)))),
    options: options.map(block),
    recommended: recommendedOf(packet.recommended, options),
    blocking: { yes: question.blocking, words: typeof blocking === 'string' ? visible(tidy(blocking)) : '' },
    missing: missing.map(({ field, why }) => ({ field, why: visible(why) })),
    ...(question.returnedBy ? { noReturn: noReturn(question.returnedBy) } : {}),
    hides:
      texts.some((text) => text !== undefined && hidesSomething(tidy(text))) ||
      (packet.files ?? []).some((file) => visibleName(file) !== file),
  };
}

export function keyOf(question: AskedQuestion): string {
  return `${question.n}@${question.at}`;
}

function askedBy(state: State, question: AskedQuestion): string {
  const dispatch = at(state.dispatches, question.dispatch);
  return dispatch ? visible(workerName(state, dispatch.worker)) : 'an unknown worker';
}

function workOf(state: State, question: AskedQuestion): string[] {
  const numbers = at(state.dispatches, question.dispatch)?.todos ?? [];
  return numbers.map((n) => {
    const todo = at(state.todos, n);
    return todo ? `TODO ${n}: ${visible(short(todoWords(todo), 80))}` : `TODO ${n}`;
  });
}

function recommendedOf(
  recommended: string | undefined,
  options: readonly string[],
): QuestionCard['recommended'] {
  const words = block(recommended);
  const meant = recommended === undefined ? undefined : optionMeant(recommended, options);
  const option = options.findIndex((each) => tidy(each) === meant);
  return option === -1 ? { words } : { option, words };
}

function noReturn(by: 'core' | 'orchestrator'): string {
  const who = by === 'core' ? 'by Lockkeeper' : 'by the orchestrator';
  return `It was sent back once ${who}. A question goes back only once; answer it with what it says.`;
}

function block(text: string | undefined): string {
  return folded(visible(tidy(text ?? '')));
}
