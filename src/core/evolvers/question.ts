import type { Evolvers } from '../decision.ts';
import type { AskedQuestion, State } from '../state.ts';
import { saidWith } from '../said.ts';
import { at, change, put } from '../table.ts';
import { enteredBy } from '../task.ts';

type QuestionEvents =
  | 'asked'
  | 'question-returned'
  | 'question-revised'
  | 'question-left'
  | 'answered'
  | 'answer-heard'
  | 'question-moot';

export const questionEvolvers: Pick<Evolvers, QuestionEvents> = {
  asked: (state, event, { at: now, actor }) => {
    const { question: n, dispatch, packet, blocking, usersFirst } = event;
    const asker = at(state.dispatches, dispatch);
    const questions = asker?.questions ?? [];
    return {
      ...state,
      questions: put(state.questions, n, {
        n,
        dispatch,
        at: now,
        packet,
        blocking,
        ...enteredBy(actor),
        state: 'open',
        missing: [],
        ...(usersFirst ? { usersFirst } : {}),
      }),
      asked: [...state.asked, n],
      dispatches: change(state.dispatches, dispatch, {
        questions: [...questions, n],
        ...saidWith(asker, packet),
      }),
    };
  },
  'question-returned': (state, event) =>
    changed(state, event.question, { state: 'returned', returnedBy: event.by, missing: event.missing }),
  'question-revised': (state, event) => {
    const { packet, blocking, missing, usersFirst = false } = event;
    return changed(state, event.question, { state: 'open', packet, blocking, missing, usersFirst });
  },
  'question-left': (state, event) => changed(state, event.question, { usersFirst: false }),
  answered: (state, event, { actor }) =>
    closed(state, event.question, { state: 'answered', answer: event.answer, answeredBy: actor }),
  'answer-heard': (state, event, { at: heardAt }) => changed(state, event.question, { heardAt }),
  'question-moot': (state, event) => closed(state, event.question, { state: 'moot', why: event.reason }),
};

function changed(state: State, n: number, part: Partial<AskedQuestion>): State {
  return { ...state, questions: change(state.questions, n, part) };
}

function closed(state: State, n: number, part: Partial<AskedQuestion>): State {
  return { ...changed(state, n, part), asked: state.asked.filter((other) => other !== n) };
}
