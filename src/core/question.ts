import type { Event } from '../contract/events.ts';
import { refusal } from '../contract/refusal.ts';
import { accept, refuse, type Asked, type Deciders, type Decision } from './decision.ts';
import { forms } from './forms.ts';
import type { AskedQuestion, Dispatch, State } from './state.ts';
import { saidEnough } from './said.ts';
import { at } from './table.ts';
import { acknowledgement } from './result.ts';
import { currentTask, told } from './task.ts';

type QuestionActs = 'ask' | 'answer' | 'return-question';

export const questionDeciders: Deciders<QuestionActs> = {
  ask: (state, asked) => {
    const dispatch = currentTask(state, asked.actor, asked.act);
    if ('code' in dispatch) return { events: [], refusal: dispatch };
    const enough = saidEnough(dispatch);
    if (enough) return { events: [], refusal: enough };
    const returned = returnedQuestion(state, dispatch, asked.act.revises);
    if (returned) return revise(returned, asked, acknowledgement(dispatch));
    if (asked.act.revises !== undefined) {
      return refuse(
        'not-returned',
        `Question ${asked.act.revises} was not sent back${told(asked.actor, ' to you', '')}.`,
        told(
          asked.actor,
          'Ask without `revises`, or wait for its answer with get_answer.',
          'Leave REVISES out; then it is a question of its own.',
        ),
      );
    }
    return askNew(state, dispatch, asked);
  },

  answer: (state, { act }) => {
    const question = at(state.questions, act.question);
    if (!question || !state.asked.includes(act.question)) return notOpen(act.question);
    const checked = forms().checkAnswer(act.answer, question.packet.options ?? []);
    if ('flaws' in checked) {
      const [first] = checked.flaws;
      return refuse(
        'answer-incomplete',
        `${first?.field}: ${first?.why}`,
        `Write for example: ${first?.better}`,
        checked.flaws,
      );
    }
    return accept(
      [{ type: 'answered', question: act.question, answer: checked.answer }],
      `Question ${act.question} is answered.`,
    );
  },

  'return-question': (state, { act }) => {
    const question = at(state.questions, act.question);
    if (question?.state !== 'open') return notOpen(act.question);
    if (at(state.dispatches, question.dispatch)?.over !== undefined) {
      return refuse(
        'asker-gone',
        `The work that question ${act.question} came from is over; nobody would send it again.`,
        'Answer it with what it says.',
      );
    }
    if (question.returnedBy) {
      return refuse(
        'already-returned',
        `Question ${act.question} was sent back once by ${question.returnedBy === 'core' ? 'Lockkeeper' : 'you'}; that is all.`,
        'Answer it with what it says.',
      );
    }
    if (act.missing.length === 0) {
      return refuse(
        'return-names-nothing',
        'The return names no missing field.',
        'Name the exact fields that are missing.',
      );
    }
    return accept(
      [{ type: 'question-returned', question: act.question, by: 'orchestrator', missing: act.missing }],
      `Question ${act.question} went back, once.`,
    );
  },
};

/** P6: an incomplete question is sent back once, with the exact missing fields. */
function askNew(state: State, dispatch: Dispatch, { actor, act, workspace }: Asked<'ask'>): Decision {
  const checked = forms().checkQuestion(act.packet, workspace?.folders);
  const question = state.questions.size + 1;
  const events: Event[] = [
    ...acknowledgement(dispatch),
    {
      type: 'asked',
      question,
      dispatch: dispatch.n,
      packet: 'question' in checked ? checked.question : act.packet,
      blocking: forms().blockingOf(act.packet),
    },
  ];
  if ('question' in checked) {
    const wait = told(actor, ' Wait for it with get_answer.', '');
    return accept(events, `Question ${question} is before the orchestrator.${wait}`, { question });
  }
  return {
    events: [...events, { type: 'question-returned', question, by: 'core', missing: [...checked.flaws] }],
    refusal: refusal(
      'question-incomplete',
      `Question ${question} is incomplete: ${checked.flaws.map(({ field }) => field).join(', ')}.`,
      told(
        actor,
        `Call ask_question again with revises: ${question} and the missing fields. It is sent back only once.`,
        'Complete it and use it again, or Copy Answer and hand that over. It is sent back only once.',
      ),
      checked.flaws,
    ),
  };
}

function revise(
  question: AskedQuestion,
  { actor, act, workspace }: Asked<'ask'>,
  first: readonly Event[],
): Decision {
  const packet = { ...question.packet, ...act.packet };
  const checked = forms().checkQuestion(packet, workspace?.folders);
  const missing = 'flaws' in checked ? [...checked.flaws] : [];
  return accept(
    [
      ...first,
      {
        type: 'question-revised',
        question: question.n,
        packet: 'question' in checked ? checked.question : packet,
        blocking: forms().blockingOf(packet),
        missing,
      },
    ],
    `Question ${question.n} is before the orchestrator${missing.length > 0 ? ', marked incomplete' : ''}.${told(actor, ' Wait for it with get_answer.', '')}`,
    { question: question.n },
  );
}

/** The question this one revises: the named one, or the one that was sent back and not yet revised. */
function returnedQuestion(
  state: State,
  dispatch: Dispatch,
  revises: number | undefined,
): AskedQuestion | undefined {
  return dispatch.questions
    .filter((n) => revises === undefined || n === revises)
    .map((n) => at(state.questions, n))
    .find((question) => question?.state === 'returned');
}

function notOpen(n: number): Decision {
  return refuse('question-not-open', `Question ${n} is not open.`, 'The open ones stand in the Inbox.');
}
