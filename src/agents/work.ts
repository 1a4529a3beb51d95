import type { workCalls } from '../contract/workCalls.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { isNudged, liveOf, unheard } from '../core/messages.ts';
import type { AskedQuestion, Dispatch, State } from '../core/state.ts';
import { at, each } from '../core/table.ts';
import { taskOf, type TaskName } from '../core/task.ts';
import { filesNews } from '../core/views/filesNews.ts';
import { ask, waitOf, type Caller, type Handlers } from './call.ts';
import { defined } from './defined.ts';
import { ownershipContent } from './scopeNews.ts';
import { linkedIn } from './linked.ts';
import { hear, hearAnswers } from './messages.ts';
import { hasUntold } from './userWords.ts';
import { ruleOnWrites } from './writing.ts';
import { dutyOf, questionContent, questionLine, questionsOf, taskAnswer } from './taskAnswer.ts';

/** The calls of a worker. */
export const workHandlers: Handlers<keyof typeof workCalls> = {
  get_task: async (room, input, caller) => {
    const worker = workerOf(caller);
    const first = dutyOf(room.desk.state, worker);
    const isNew = (state: State): boolean => {
      if (hasUntold(room, state, worker) || isNudged(state, worker)) return true;
      const duty = dutyOf(state, worker);
      // Parked, it hears of what ends its task, and of the word to carry on.
      if (isChanged(first.dispatch, duty.dispatch)) return true;
      if (state.instructed.length > 0 && first.dispatch) return duty.dispatch?.n !== first.dispatch.n;
      if (duty.standing === 'in-review') return false;
      if (duty.standing !== 'none' || first.standing === 'in-review') return true;
      return duty.verdict !== undefined && room.toldVerdicts.get(worker) !== duty.verdict.n;
    };
    await room.desk.until(
      (state) => (isNew(state) ? true : undefined),
      waitOf(input.wait_seconds),
      caller.signal,
    );
    const before = liveOf(room.desk.state, worker);
    if (!caller.signal.aborted) await hear(room, caller);
    if (before) await hearAnswers(room, caller, questionsOf(room.desk.state, before));
    const { state } = room.desk;
    const duty = dutyOf(state, worker);
    if (duty.verdict && !caller.signal.aborted) room.toldVerdicts.set(worker, duty.verdict.n);
    const { dispatch } = duty;
    const folders = dispatch ? await room.workFolders(dispatch.n) : [];
    return taskAnswer(state, duty, folders, room.folders(), unheard(before));
  },

  acknowledge_task: async (room, { task, call_id: callId }, caller) => {
    const name = taskNamed(task);
    if ('code' in name) return { refusal: name };
    const reply = await ask(room, caller, 'acknowledge_task', { type: 'acknowledge', ...name }, callId);
    return reply.ok ? { text: reply.said, content: { task, next: reply.said } } : reply;
  },

  report_progress: async (room, { task, text, call_id: callId }, caller) => {
    const name = taskNamed(task);
    if ('code' in name) return { refusal: name };
    const reply = await ask(room, caller, 'report_progress', { type: 'progress', ...name, text }, callId);
    if (!reply.ok) return reply;
    const dispatch = at(room.desk.state.dispatches, name.dispatch);
    if (dispatch) await hearAnswers(room, caller, questionsOf(room.desk.state, dispatch));
    const questions = dispatch ? questionsOf(room.desk.state, dispatch) : [];
    return {
      text: [reply.said, ...questions.map(questionLine), ...filesNews(room.desk.state, dispatch)].join('\n'),
      content: {
        task,
        questions: questions.map(questionContent),
        ...ownershipContent(room.desk.state, dispatch),
        next: reply.said,
      },
    };
  },

  check_paths: async (room, { paths }, caller) => {
    const checked = await ruleOnWrites(room, caller.holder, paths);
    return {
      text: checked
        .map(({ path, allowed, sentence = '' }) => `- ${path}: ${allowed ? 'yes' : `NO. ${sentence}`}`)
        .join('\n'),
      content: { paths: checked },
    };
  },

  request_scope: async (room, { task, paths, reason, call_id: callId }, caller) => {
    const name = taskNamed(task);
    if ('code' in name) return { refusal: name };
    const refusal = await linkedIn(room, paths);
    if (refusal) return { refusal };
    const act = { type: 'request-scope', ...name, paths, reason } as const;
    const reply = await ask(room, caller, 'request_scope', act, callId);
    return reply.ok
      ? { text: reply.said, content: { ...defined({ request: reply.made.request }), next: reply.said } }
      : reply;
  },

  ask_question: async (room, { task, call_id: callId, revises, ...rest }, caller) => {
    const name = taskNamed(task);
    if ('code' in name) return { refusal: name };
    const packet = defined(rest);
    const act = { type: 'ask', ...name, packet, ...defined({ revises }) } as const;
    const reply = await ask(room, caller, 'ask_question', act, callId);
    return reply.ok
      ? { text: reply.said, content: { question: reply.made.question, next: reply.said } }
      : reply;
  },

  get_answer: async (room, input, caller) => {
    const worker = workerOf(caller);
    const own = ownQuestion(room.desk.state, worker, input.question);
    if (!own) return { refusal: unknownQuestion(input.question) };
    const asker = at(room.desk.state.dispatches, own.dispatch);
    const settled = (state: State): AskedQuestion | undefined => {
      const question = at(state.questions, input.question);
      if (hasUntold(room, state, worker) || isNudged(state, worker)) return question;
      if (isChanged(asker, asker && at(state.dispatches, asker.n))) return question;
      return question?.state === 'open' ? undefined : question;
    };
    const found = await room.desk.until(settled, waitOf(input.wait_seconds), caller.signal);
    await hearAnswers(room, caller, found ? [found] : []);
    const question = at(room.desk.state.questions, input.question) ?? own;
    const nudged = isNudged(room.desk.state, worker) ? 'NUDGE: call get_task now, which says why.\n' : '';
    const isOther = isChanged(asker, asker && at(room.desk.state.dispatches, asker.n));
    const next = isOther
      ? 'your task was changed: call get_task.'
      : {
          answered: 'do what the next step says.',
          open: 'call get_answer with wait_seconds 45, or go on with what does not depend on it.',
          returned: 'call ask_question with revises and the missing fields.',
          moot: 'call get_task.',
        }[question.state];
    return {
      text: `${nudged}${questionLine(question)}\nNEXT: ${next}`,
      content: { ...questionContent(question), next },
    };
  },

  submit_result: async (room, { task, call_id: callId, ...rest }, caller) => {
    const name = taskNamed(task);
    if ('code' in name) return { refusal: name };
    const packet = defined({
      outcome: rest.outcome,
      summary: rest.summary,
      evidence: rest.evidence?.map(({ todo, done_when: doneWhen, shows }) =>
        defined({ todo, doneWhen, shows }),
      ),
      files: rest.files,
      planAffected: rest.plan_affected,
      stillOpen: Array.isArray(rest.still_open)
        ? rest.still_open.map((item) =>
            typeof item === 'string'
              ? item
              : { words: item.words, ...defined({ todo: item.todo, doneWhen: item.done_when }) },
          )
        : rest.still_open,
      earlierItems: rest.earlier_items?.map(({ todo, closed, evidence }) => ({
        todo,
        closed,
        ...defined({ evidence }),
      })),
      bundle: rest.bundle,
      debug: rest.debug && defined(rest.debug),
    });
    const reply = await ask(room, caller, 'submit_result', { type: 'submit', ...name, packet }, callId);
    if (!reply.ok) return reply;
    const result = reply.made.result ?? 0;
    return {
      text: reply.said,
      content: { result, items: itemsOf(room.desk.state, result), next: reply.said },
    };
  },
};

/** Whether the task is another than it was, under the same dispatch: its worker hears of it wherever it waits. */
function isChanged(first: Dispatch | undefined, now: Dispatch | undefined): boolean {
  return first !== undefined && first.n === now?.n && first.epoch < now.epoch;
}

function workerOf({ holder }: Caller): number {
  return holder.seat === 'worker' ? holder.worker : 0;
}

function taskNamed(task: string): TaskName | Refusal {
  return (
    taskOf(task) ??
    refusal(
      'unknown-task',
      'That is not the name of a task of yours.',
      'Call get_task and use the task it names.',
    )
  );
}

function ownQuestion(state: State, worker: number, n: number): AskedQuestion | undefined {
  const question = at(state.questions, n);
  return question && at(state.dispatches, question.dispatch)?.worker === worker ? question : undefined;
}

/** Another worker's question is answered as an unknown one is. */
function unknownQuestion(n: number): Refusal {
  return refusal(
    'unknown-question',
    `You have not asked a question ${n}.`,
    'Use the number ask_question gave you.',
  );
}

/** The TODOs that a result's open items became, in the worker's order. */
function itemsOf(state: State, result: number): readonly number[] {
  const count = at(state.results, result)?.packet.open.length ?? 0;
  const items = new Map<number, number>();
  if (count === 0) return [];
  for (const { n, origin } of each(state.todos)) {
    if (origin.kind !== 'item' || origin.result !== result || items.has(origin.item)) continue;
    items.set(origin.item, n);
    if (items.size === count) break;
  }
  return [...items].sort(([left], [right]) => left - right).map(([, todo]) => todo);
}
