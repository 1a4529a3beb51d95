import type { MarkAbout } from '../../contract/timeline.ts';
import { answerText } from '../../contract/text/answerText.ts';
import { handedText } from '../../contract/text/packetParse.ts';
import { packetText } from '../../contract/text/packetText.ts';
import { questionText } from '../../contract/text/questionText.ts';
import { returnText } from '../../contract/text/sentBackText.ts';
import { conflictName, sideName } from '../dispute.ts';
import { bugLines } from '../bug.ts';
import { byWhom, dispatchName, stepName, todoName, upper, workerName } from '../labels.ts';
import type { State } from '../state.ts';
import { at } from '../table.ts';
import { taskId } from '../task.ts';
import { folded } from './folded.ts';
import { resultDocument } from './resultDocument.ts';
import { visible } from './visible.ts';

/** The packet behind a mark of the timeline, as it now stands: plain text, safe to look at. */
export function markPacket(state: State, { kind, n }: MarkAbout): string {
  if (kind === 'result') return resultDocument(state, n);
  const parts = packets[kind](state, n);
  return `${folded(visible(parts.join('\n\n')))}\n`;
}

export function isAbout(kind: string | undefined): kind is MarkAbout['kind'] {
  return kind === 'result' || (kind !== undefined && Object.hasOwn(packets, kind));
}

const none = (what: string): readonly string[] => [`There is no ${what}.`];

const packets: Readonly<
  Record<Exclude<MarkAbout['kind'], 'result'>, (state: State, n: number) => readonly string[]>
> = {
  orchestration: ({ orchestration }, n) => {
    if (orchestration?.n !== n) return [`Orchestration ${n} is over.`];
    const { objective, constraints, closedPast } = orchestration;
    return [
      `OBJECTIVE: ${objective}`,
      ...(constraints.length === 0 ? [] : [`CONSTRAINTS:\n${listed(constraints)}`]),
      ...(closedPast ? [`CLOSED PAST WHAT WAS OPEN: ${closedPast.reason}`] : []),
    ];
  },
  step: (state, n) => {
    const step = at(state.steps, n);
    if (!step) return none(`step ${n}`);
    return [
      `${upper(stepName(step))}, for ${step.role}`,
      ...(step.override ? [`RELEASED PAST WHAT WAS OPEN: ${step.override.reason}`] : []),
      ...step.tasks.map(packetText),
    ];
  },
  instruction: (state, n) => {
    const instruction = at(state.instructions, n);
    return instruction ? [`INSTRUCTION ${n}: ${instruction.words}`] : none(`instruction ${n}`);
  },
  replan: (state, n) => {
    const replan = at(state.replans, n);
    if (!replan) return none(`replan ${n}`);
    const steps = replan.before.map((step) => `Step ${step}: ${at(state.steps, step)?.title ?? ''}`);
    return [`REPLAN ${n}: ${replan.reason}`, `THE PLAN BEFORE IT:\n${listed(steps)}`];
  },
  todo: (state, n) => {
    const todo = at(state.todos, n);
    if (!todo) return none(`TODO ${n}`);
    const bug = bugLines(state, todo);
    return [
      `${upper(todoName(todo))}: ${todo.state}`,
      ...(bug.length === 0 ? [] : [bug.join('\n')]),
      ...(todo.packet ? [packetText(todo.packet)] : []),
    ];
  },
  dispatch: (state, n) => {
    const dispatch = at(state.dispatches, n);
    if (!dispatch) return none(`dispatch ${n}`);
    const { packet, context, epoch, why } = dispatch;
    return [
      `Dispatch ${n}: ${dispatchName(state, dispatch)}${why === undefined ? '' : `. ${upper(why)}`}`,
      handedText({ task: taskId({ dispatch: n, epoch }), packet, context }),
    ];
  },
  question: (state, n) => {
    const question = at(state.questions, n);
    const dispatch = question && at(state.dispatches, question.dispatch);
    if (!question || !dispatch) return none(`question ${n}`);
    const { packet, answer, missing, why } = question;
    const task = taskId({ dispatch: dispatch.n, epoch: dispatch.epoch });
    return [
      `Question ${n} of ${workerName(state, dispatch.worker)}${byWhom(question)}: ${question.state}`,
      questionText({ task, packet }),
      ...(answer ? [answerText({ task, question: n, answer })] : []),
      ...(question.state === 'returned' ? [returnText({ task, question: n, missing })] : []),
      ...(why === undefined ? [] : [why]),
    ];
  },
  conflict: (state, n) => {
    const conflict = at(state.conflicts, n);
    if (!conflict) return none(`conflict ${n}`);
    const { files, sides, noticed, owner, path, evidence, resumed } = conflict;
    return [
      `${upper(conflictName(conflict))}: ${sides.map((side) => sideName(state, side)).join(' and ')}`,
      `FILES:\n${listed(files)}`,
      `NOTICED: ${noticed}`,
      ...(owner ? [`OWNER: ${sideName(state, sides[owner.side - 1] ?? sides[0])}. ${owner.reason}`] : []),
      ...(path ? [`MERGE PATH: ${path.path}. ${path.words}`] : []),
      ...(evidence
        ? [`EVIDENCE: ${evidence.contract}\n${evidence.regression.command}: ${evidence.regression.result}`]
        : []),
      ...(resumed ? [`RESUMED: ${resumed.reason}`] : []),
    ];
  },
};

function listed(entries: readonly string[]): string {
  return entries.map((entry) => `- ${entry}`).join('\n');
}
