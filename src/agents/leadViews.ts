import { gateReasons } from '../core/gate.ts';
import { dispatchName, short, todoWords, workerName } from '../core/labels.ts';
import { openItemsOf, stepsOf, stepState } from '../core/steps.ts';
import { isUnreconciled, type State } from '../core/state.ts';
import { at } from '../core/table.ts';
import { interruptsOf } from '../core/interrupts.ts';
import { taskId } from '../core/task.ts';
import { inbox } from '../core/views/inbox.ts';
import { nextAction } from '../core/views/nextAction.ts';
import { runsData } from './runs.ts';
import { packetText } from '../contract/text/packetText.ts';
import { resultDocument } from '../core/views/resultDocument.ts';
import { workerRows } from '../core/views/workerRows.ts';
import { refusal } from '../contract/refusal.ts';
import { waitOf, type Handlers, type Room } from './call.ts';
import { nextForLead, usersFirstNext } from './leadNext.ts';
import { inboxData, inboxLine, secondsBetween, statusAnswer } from './leadStatus.ts';
import { pageOf } from './page.ts';
import { questionContent, questionLine, wirePacketOf } from './taskAnswer.ts';
import { todoData, todoEntry, todoLine } from './todoEntry.ts';

type Views =
  | 'get_status'
  | 'sync_status'
  | 'list_todos'
  | 'get_todo'
  | 'list_plan'
  | 'list_workers'
  | 'get_result'
  | 'get_question'
  | 'handoff'
  | 'list_inbox';

/** What the orchestrator can look at. */
export const leadViews: Handlers<Views> = {
  get_status: (room) => statusAnswer(room),

  sync_status: async (room) => {
    const lines = await syncLines(room);
    const reasons = gateReasons(room.desk.state).length;
    return {
      text: lines.join('\n'),
      content: { lines, gate: { open: reasons === 0, count: reasons }, next: nextForLead(room.desk.state) },
    };
  },

  list_todos: ({ desk: { state } }, input) =>
    pageOf('todos', state.list, input, (n) => todoEntry(state, n), nextForLead(state)),

  get_todo: ({ desk: { state } }, input) => {
    const todo = at(state.todos, input.todo);
    if (!todo)
      return { refusal: refusal('unknown-todo', `There is no TODO ${input.todo}.`, 'Call list_todos.') };
    const next = isUnreconciled(todo) ? `reconcile_todo for TODO ${todo.n}.` : nextForLead(state);
    return {
      text: [
        `${todoLine(state, todo)}`,
        ...(todo.packet ? [packetText(todo.packet)] : []),
        ...todo.sources.map(
          (one) => `LEFT OPEN by ${workerName(state, one.worker)} (result ${one.result}): ${one.words}`,
        ),
        `NEXT: ${next}`,
      ].join('\n'),
      content: {
        ...todoData(state, todo),
        words: todoWords(todo),
        ...(todo.packet ? { packet: wirePacketOf(todo.packet) } : {}),
        origin: todo.origin,
        sources: todo.sources,
        next,
      },
    };
  },

  list_plan: ({ desk: { state } }, input) => {
    const steps = new Map(stepsOf(state).map((step) => [step.n, step]));
    return pageOf(
      'steps',
      [...steps.keys()],
      input,
      (n) => {
        const step = steps.get(n);
        if (!step) return undefined;
        const standing = stepState(state, n);
        const tasks = step.tasks.slice(0, 20).map(({ task }) => short(task, 120));
        return {
          key: n,
          line: `step ${n} (${standing}), ${step.role}: ${short(step.title, 200)}; tasks: ${tasks.join(' | ')}`,
          data: {
            step: n,
            state: standing,
            role: step.role,
            title: short(step.title, 200),
            tasks,
            task_count: step.tasks.length,
          },
        };
      },
      nextForLead(state),
    );
  },

  list_workers: (room, input) => {
    const { state } = room.desk;
    const rows = workerRows(state);
    const now = room.clock();
    return pageOf(
      'workers',
      rows.map(({ worker }) => worker.n),
      input,
      (n) => {
        const row = rows.find(({ worker }) => worker.n === n);
        if (!row) return undefined;
        const { worker, standing, dispatch } = row;
        const task = dispatch && taskId({ dispatch: dispatch.n, epoch: dispatch.epoch });
        const contact = room.lastContact(n);
        const seconds = contact === undefined ? undefined : secondsBetween(contact, now);
        return {
          key: n,
          line:
            `worker ${n} ${worker.name}, ${worker.role}: ${standing}${task ? ` on task ${task}` : ''}, ` +
            `${seconds === undefined ? 'not heard of since the door opened' : `heard of ${seconds} s ago`}`,
          data: {
            worker: n,
            name: worker.name,
            role: worker.role,
            standing,
            ...(task ? { task } : {}),
            ...(seconds === undefined ? {} : { last_contact_seconds: seconds }),
            interrupts_last_hour: interruptsOf(state, n, now),
          },
        };
      },
      nextForLead(state),
    );
  },

  handoff: async ({ desk: { state } }, input) => {
    const { handoffDocument } = await import('../core/views/handoffDocument.ts');
    const lines = handoffDocument(state).trimEnd().split('\n');
    return pageOf(
      'lines',
      lines.map((_, index) => index + 1),
      { limit: 500, ...input },
      (n) => ({ key: n, line: lines[n - 1] ?? '', data: { line: lines[n - 1] ?? '' } }),
      nextForLead(state),
    );
  },

  get_result: ({ desk: { state } }, input) => {
    const result = at(state.results, input.result);
    if (!result)
      return {
        refusal: refusal('unknown-result', `There is no result ${input.result}.`, 'Call list_inbox.'),
      };
    const items = openItemsOf(state).filter((todo) => todo.sources.some((one) => one.result === result.n));
    const raw = items.find(isUnreconciled);
    const next =
      result.state !== 'review'
        ? nextForLead(state)
        : raw
          ? `reconcile_todo for TODO ${raw.n}; then review_result.`
          : `review_result for result ${result.n}.`;
    const { packet } = result;
    return {
      text: `${resultDocument(state, result.n)}\nNEXT: ${next}`,
      content: {
        result: result.n,
        state: result.state,
        task: taskId({ dispatch: result.dispatch, epoch: result.epoch }),
        outcome: packet.outcome,
        summary: packet.summary,
        still_open: packet.open.map((item, index) => ({
          item: index + 1,
          words: item.words,
          ...(item.doneWhen === undefined ? {} : { done_when: item.doneWhen }),
        })),
        items: items.map(({ n }) => n),
        evidence: packet.evidence.map(({ todo, doneWhen, shows }) => ({ todo, done_when: doneWhen, shows })),
        files: packet.files,
        verify: runsData(state, result),
        plan_affected: packet.planAffected,
        late_items: result.lateItems,
        ...(result.rejection ? { rejection: result.rejection } : {}),
        next,
      },
    };
  },

  get_question: ({ desk: { state } }, input) => {
    const question = at(state.questions, input.question);
    if (!question) {
      return {
        refusal: refusal('unknown-question', `There is no question ${input.question}.`, 'Call list_inbox.'),
      };
    }
    const { packet, n } = question;
    const dispatch = at(state.dispatches, question.dispatch);
    const next = question.usersFirst
      ? usersFirstNext(n)
      : question.state === 'open'
        ? `answer_question for question ${n}.`
        : nextForLead(state);
    return {
      text: [
        `QUESTION ${n} of ${dispatch ? dispatchName(state, dispatch) : ''}, ${question.blocking ? 'blocking' : 'not blocking'}`,
        packet.question ?? '',
        `CONTEXT: ${packet.context ?? ''}`,
        `FILES: ${(packet.files ?? []).join(', ') || 'none'}`,
        'OPTIONS:',
        ...(packet.options ?? []).map((option, index) => `${index + 1}. ${option}`),
        `RECOMMENDED: ${packet.recommended ?? ''}`,
        ...(question.missing.length > 0
          ? [`INCOMPLETE: ${question.missing.map(({ field }) => field).join(', ')}`]
          : []),
        questionLine(question),
        `NEXT: ${next}`,
      ].join('\n'),
      content: {
        ...questionContent(question),
        asked: packet.question ?? '',
        context: packet.context ?? '',
        files: packet.files ?? [],
        options: packet.options ?? [],
        recommended: packet.recommended ?? '',
        next,
      },
    };
  },

  list_inbox: async (room, input, { signal }) => {
    const { desk, clock, toldInbox } = room;
    const isNew = (now: State): true | undefined =>
      standing(now).some((one) => !toldInbox.has(one)) || now.instructed.length > 0 || undefined;
    if (input.wait_seconds !== undefined) await desk.until(isNew, waitOf(input.wait_seconds), signal);
    const { state } = desk;
    if (!signal.aborted) {
      toldInbox.clear();
      for (const one of standing(state)) toldInbox.add(one);
    }
    const entries = inbox(state);
    const now = clock();
    return pageOf(
      'inbox',
      entries.map((_, index) => index + 1),
      input,
      (key) => {
        const entry = entries[key - 1];
        return entry && { key, line: inboxLine(entry), data: inboxData(entry, now) };
      },
      nextForLead(state),
    );
  },
};

/** P10: what a lead that waits hears of: each thing in the Inbox, and the one next thing. */
function standing(state: State): readonly string[] {
  const { kind, n } = nextAction(state);
  return [...inbox(state).map((entry) => `${entry.kind} ${entry.n}`), `next ${kind} ${n ?? ''}`];
}

/** P1: how all of it stands, as it is seen in this window. */
export async function syncLines({ desk, clock, lastContact }: Room): Promise<readonly string[]> {
  const { syncStatus } = await import('../core/views/syncStatus.ts');
  const { firstDispatchMinutes } = desk.workspace;
  return syncStatus(desk.state, {
    now: clock(),
    lateAfterMinutes: firstDispatchMinutes,
    heard: lastContact,
  });
}
