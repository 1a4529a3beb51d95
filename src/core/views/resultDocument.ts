import { byWhom, short, stepName, todoName, workerName } from '../labels.ts';
import type { State, StoredResult, Todo } from '../state.ts';
import { at } from '../table.ts';
import { packetAt, wholePacketAt } from '../taskBefore.ts';
import { packetText } from '../../contract/text/packetText.ts';
import type { ChangeSeen } from '../change.ts';
import type { Workspace } from '../workspace.ts';
import { folded } from './folded.ts';
import { reviewLines } from './reviewLines.ts';
import { hidesSomething, visible, visibleName } from './visible.ts';

/** Lines; more than that does not show at once. */
const longDocument = 80;
/** Characters of a line before the window breaks it, about. */
const widest = 110;

/** What is known of a result's change when its document is drawn. */
export interface Review {
  readonly seen: ChangeSeen;
  readonly workspace: Workspace;
}

/**
 * A result as a document: packet beside evidence, what is still open first of all that follows. Plain text;
 * what an agent wrote stands indented, so that it cannot pass for a heading of ours.
 */
export function resultDocument(state: State, n: number, review?: Review): string {
  const result = at(state.results, n);
  const dispatch = result && at(state.dispatches, result.dispatch);
  if (!result || !dispatch) return `There is no result ${n}.\n`;
  const todos = dispatch.todos.map((number) => at(state.todos, number)).filter((todo) => todo !== undefined);
  const lines = [
    `RESULT ${n}  ${standing(result)}`,
    `Worker: ${workerName(state, dispatch.worker)}${byWhom(result)}   Task: ${dispatch.n}.${result.epoch}   Outcome: ${result.packet.outcome}`,
    ...todos.map((todo) => `${todoName(todo)}${ofStep(state, todo)}`),
    '',
    ...(result.state === 'review' && review ? reviewLines(state, n, review.seen, review.workspace) : []),
    'WHAT IS STILL OPEN',
    ...(result.packet.open.length === 0
      ? [stillOpenEarlier(result) ? '    Nothing new; see what an earlier result left open' : '    Nothing']
      : result.packet.open.flatMap((item, index) =>
          quoted(`${index + 1}. ${item.words}${item.doneWhen ? ` (DONE-WHEN ${item.doneWhen})` : ''}`),
        )),
    '',
    'SUMMARY',
    ...quoted(result.packet.summary),
    '',
    'DONE-WHEN, AND THE EVIDENCE FOR IT',
    ...todos.flatMap((todo) => {
      const doneWhen = packetAt(state, dispatch, todo.n, result.epoch)?.doneWhen ?? [];
      return evidenceLines(result, todo.n, doneWhen, todos.length > 1);
    }),
    ...earlierLines(result),
    '',
    'FILES CHANGED, as the worker lists them',
    ...(result.packet.files.length === 0
      ? ['    none']
      : result.packet.files.flatMap((file) => quoted(visibleName(file)))),
    '',
    'PLAN AFFECTED',
    ...quoted(result.packet.planAffected.affected ? `yes: ${result.packet.planAffected.why}` : 'no'),
    ...answeredLines(state, result),
    ...verdictLines(result),
    '',
    'THE PACKET IT ANSWERS',
    ...quoted(packetText(wholePacketAt(dispatch, result.epoch))),
  ];
  const height = lines.reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / widest)), 0);
  const long =
    height > longDocument
      ? [`THIS RESULT IS LONG: some ${height} lines, to the end of the packet below.`]
      : [];
  return `${lines.toSpliced(2 + todos.length, 0, ...long).join('\n')}\n`;
}

/** Whether something in a result does not show, or passes for what it is not: then a person is warned first. */
export function resultHides(state: State, n: number): boolean {
  const result = at(state.results, n);
  if (!result) return false;
  const { files, ...rest } = result.packet;
  return files.some((file) => visibleName(file) !== file) || textsIn(rest).some(hidesSomething);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function stillOpenEarlier(result: StoredResult): boolean {
  return result.packet.earlierItems.some((item) => !item.closed);
}

function standing(result: StoredResult): string {
  const words: Record<StoredResult['state'], string> = {
    review: 'waits for your verdict',
    approved: 'approved',
    rejected: 'rejected',
    withdrawn: 'withdrawn',
    late: 'late: it changes no TODO',
    'late-noted': 'late, noted',
  };
  return words[result.state];
}

function ofStep(state: State, todo: Todo): string {
  const step = todo.step === undefined ? undefined : at(state.steps, todo.step);
  return step ? ` of ${stepName(step)}` : '';
}

function evidenceLines(
  result: StoredResult,
  todo: number,
  doneWhen: readonly string[],
  isBundle: boolean,
): readonly string[] {
  return doneWhen.flatMap((done, index) => {
    const shown = result.packet.evidence.filter(
      (one) => one.doneWhen === index + 1 && (one.todo === undefined || one.todo === todo),
    );
    return [
      ...quoted(`${isBundle ? `TODO ${todo} ` : ''}${index + 1}. ${done}`),
      ...(shown.length === 0 ? ['        no evidence'] : shown.flatMap((one) => quoted(one.shows, 8))),
    ];
  });
}

/** T7: what became of its word on the plan. */
function answeredLines(state: State, { planStands, replan }: StoredResult): readonly string[] {
  if (planStands !== undefined) return quoted(`The plan stands: ${planStands}`);
  const by = replan === undefined ? undefined : at(state.replans, replan);
  return by ? quoted(`Replan ${by.n}: ${by.reason}`) : [];
}

function earlierLines(result: StoredResult): readonly string[] {
  const { earlierItems } = result.packet;
  if (earlierItems.length === 0) return [];
  return [
    '',
    'WHAT AN EARLIER RESULT LEFT OPEN',
    ...earlierItems.flatMap((item) =>
      quoted(`TODO ${item.todo}: ${item.closed ? `closed: ${item.evidence ?? ''}` : 'still open'}`),
    ),
  ];
}

function verdictLines(result: StoredResult): readonly string[] {
  if (result.rejection) {
    const { reason, missing, next } = result.rejection;
    return [
      '',
      'REJECTED',
      ...quoted(`Reason: ${reason}`),
      ...quoted(`Missing evidence: ${missing}`),
      ...quoted(`Next: ${next}`),
    ];
  }
  const { approval } = result;
  if (!result.gates) return [];
  const { objective, scope, conflict, evidence } = result.gates;
  return [
    '',
    'APPROVED',
    ...quoted(`objective alignment: ${objective.word}`),
    ...quoted(`scope compliance: ${scope.word}`),
    ...quoted(`conflict risk: ${conflict.word}`),
    ...quoted(`evidence quality: ${evidence.word}`),
    ...(approval?.override
      ? quoted(`past ${approval.override.gates.join(', ')}, by the user: ${approval.override.reason}`)
      : []),
    ...(approval?.commit === undefined ? [] : quoted(`commit ${approval.commit}`)),
    ...(approval?.undone === undefined ? [] : quoted(`UNDONE: ${approval.undone}`)),
  ];
}

function quoted(text: string, indent = 4): string[] {
  return folded(visible(text))
    .split('\n')
    .map((line) => `${' '.repeat(indent)}${line}`);
}

export function resultTitle(state: State, n: number): string {
  const result = at(state.results, n);
  return result ? `Result ${n}: ${short(result.packet.summary, 40)}` : `Result ${n}`;
}
