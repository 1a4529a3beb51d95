import type { Actor } from '../contract/actor.ts';
import type { Event } from '../contract/events.ts';
import { refusal } from '../contract/refusal.ts';
import { accept, refuse, type Asked, type Deciders, type Decision } from './decision.ts';
import { forms } from './forms.ts';
import type { AskedQuestion, Dispatch, State } from './state.ts';
import { saidEnough } from './said.ts';
import { at } from './table.ts';
import { acknowledgement } from './result.ts';
import { currentTask, told } from './task.ts';
import { plainWorkspace } from './workspace.ts';

type QuestionActs = 'ask' | 'answer' | 'leave-question' | 'return-question' | 'hear-answer';

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

  answer: (state, { actor, act }) => {
    const question = at(state.questions, act.question);
    const isOver = question?.state === 'answered' && actor.seat === 'user';
    const kept = isOver ? takenOver(question) : undefined;
    if (kept) return kept;
    if (!question || !(isOver || state.asked.includes(act.question))) return notOpen(act.question);
    const first = usersFirst(actor, question);
    if (first) return first;
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
      isOver
        ? `Your answer stands in the place of the agent’s, which its worker had not heard.`
        : `Question ${act.question} is answered.`,
    );
  },

  'leave-question': (state, { act }) => {
    const question = at(state.questions, act.question);
    if (!question || !state.asked.includes(act.question)) return notOpen(act.question);
    return question.usersFirst
      ? accept(
          [{ type: 'question-left', question: act.question }],
          `Question ${act.question} is left to the agent that leads.`,
        )
      : refuse(
          'not-yours-first',
          `Question ${act.question} does not wait for you alone.`,
          'Answer it, or let the agent that leads do so.',
        );
  },

  /** What its worker has, nobody takes out of its hands: only an instruction says otherwise from then on. */
  'hear-answer': (state, { actor, act }) => {
    const question = at(state.questions, act.question);
    const asker = question && at(state.dispatches, question.dispatch);
    if (!asker || actor.seat !== 'worker' || asker.worker !== actor.worker) return notOpen(act.question);
    const isNews = question.state === 'answered' && question.heardAt === undefined;
    return accept(isNews ? [{ type: 'answer-heard', question: act.question }] : [], '');
  },

  'return-question': (state, { actor, act }) => {
    const question = at(state.questions, act.question);
    if (question?.state !== 'open') return notOpen(act.question);
    const first = usersFirst(actor, question);
    if (first) return first;
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

/** An agent in the seat keeps from a question that is the user's until that is left to it. */
function usersFirst(actor: Actor, { n, usersFirst: first }: AskedQuestion): Decision | undefined {
  if (actor.seat === 'user' || !first) return undefined;
  return refuse(
    'users-first',
    `Question ${n} blocks, and the user answers such a question first.`,
    'Take the next of list_inbox. Once the user leaves it to you it is yours to answer.',
  );
}

/** The user's answer goes before an agent's, as long as no worker has that. */
function takenOver({ n, answeredBy, heardAt }: AskedQuestion): Decision | undefined {
  if (answeredBy !== 'orchestrator') return notOpen(n);
  if (heardAt === undefined) return undefined;
  return refuse(
    'answer-heard',
    `Its worker has the answer to question ${n} already.`,
    'Instruct: that stops its work at once, in your words.',
  );
}

function firstWord(blocking: boolean, workspace = plainWorkspace): { usersFirst?: true } {
  return blocking && workspace.usersFirst ? { usersFirst: true } : {};
}

/** P6: an incomplete question is sent back once, with the exact missing fields. */
function askNew(state: State, dispatch: Dispatch, { actor, act, workspace }: Asked<'ask'>): Decision {
  const checked = forms().checkQuestion(act.packet, workspace?.folders);
  const question = state.questions.size + 1;
  const blocking = forms().blockingOf(act.packet);
  const events: Event[] = [
    ...acknowledgement(dispatch),
    {
      type: 'asked',
      question,
      dispatch: dispatch.n,
      packet: 'question' in checked ? checked.question : act.packet,
      blocking,
      ...firstWord(blocking, workspace),
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
  const blocking = forms().blockingOf(packet);
  const checked = forms().checkQuestion(packet, workspace?.folders);
  const missing = 'flaws' in checked ? [...checked.flaws] : [];
  return accept(
    [
      ...first,
      {
        type: 'question-revised',
        question: question.n,
        packet: 'question' in checked ? checked.question : packet,
        blocking,
        missing,
        ...firstWord(blocking, workspace),
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
