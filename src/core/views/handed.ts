import { answerText } from '../../contract/text/answerText.ts';
import { handedText } from '../../contract/text/packetParse.ts';
import { questionForm } from '../../contract/text/questionText.ts';
import { resultForm } from '../../contract/text/resultText.ts';
import { rejectionText, returnText } from '../../contract/text/sentBackText.ts';
import { todoWords } from '../labels.ts';
import { earlierItems } from '../order.ts';
import type { AskedQuestion, Dispatch, State } from '../state.ts';
import { isDebugDispatch } from '../debugMode.ts';
import { at } from '../table.ts';
import { taskId } from '../task.ts';
import { changeOf, rejectionOf } from '../taskBefore.ts';

/**
 * T6: everything that a worker without a connection gets, as one text: the packet with its CONTEXT, why it came
 * back, the answers so far, and the forms in which it is answered.
 */
export function handedPacket(state: State, dispatch: Dispatch): string {
  const task = taskId({ dispatch: dispatch.n, epoch: dispatch.epoch });
  const rejection = rejectionOf(state, dispatch);
  const change = changeOf(dispatch);
  const earlier = earlierItems(state, dispatch.n);
  const sent = dispatch.questions.flatMap((n) => {
    const question = at(state.questions, n);
    const words = question ? sentTo(state, question) : undefined;
    return words === undefined ? [] : [words];
  });
  return [
    handedText({ task, packet: dispatch.packet, context: dispatch.context }),
    ...(change ? [`CHANGED BY A REPLAN; the fields above are as they stand now: ${change.reason}`] : []),
    ...(rejection ? [rejectionText({ task, ...rejection })] : []),
    ...(earlier.length === 0
      ? []
      : [
          [
            'YOUR EARLIER RESULT LEFT OPEN; answer each under EARLIER-ITEMS, as closed with evidence or still open:',
            ...earlier.map((todo) => `- TODO ${todo.n}: ${todoWords(todo)}`),
          ].join('\n'),
        ]),
    ...sent,
    howToAnswer,
    'PROGRESS: \nFOR-TASK: ' + task,
    questionForm(task),
    resultForm(task, {
      doneWhen: doneWhens(state, dispatch),
      earlier: earlier.map(({ n }) => n),
      bundle: dispatch.todos.length > 1 ? dispatch.todos : [],
      debug: isDebugDispatch(state, dispatch),
    }),
  ].join('\n\n');
}

const howToAnswer = [
  'HOW TO ANSWER, as plain text in one of the three forms below; leave FOR-TASK as it is.',
  'PROGRESS at a checkpoint. QUESTION where something is unclear: at least two options, one of them recommended.',
  'RESULT when DONE-WHEN is met, or when something keeps you from it. OUTCOME is done, partial, failed or blocked;',
  'PLAN-AFFECTED is no, or yes and why. STILL-OPEN is the word Nothing, or a line for every single thing that is left.',
].join('\n');

/** What is to be handed to the asker of a question: its answer, or what is missing in it. */
export function sentTo(state: State, question: AskedQuestion): string | undefined {
  const dispatch = at(state.dispatches, question.dispatch);
  const task = taskId({ dispatch: question.dispatch, epoch: dispatch?.epoch ?? 1 });
  const { n, answer, missing } = question;
  if (answer) return answerText({ task, question: n, answer });
  return question.state === 'returned' ? returnText({ task, question: n, missing }) : undefined;
}

function doneWhens(state: State, { todos, packet }: Dispatch): { todo?: number; doneWhen: number }[] {
  if (todos.length === 1) return packet.doneWhen.map((_, index) => ({ doneWhen: index + 1 }));
  return todos.flatMap((todo) =>
    (at(state.todos, todo)?.packet?.doneWhen ?? []).map((_, index) => ({ todo, doneWhen: index + 1 })),
  );
}
