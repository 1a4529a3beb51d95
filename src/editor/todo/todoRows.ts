import type { Armed } from '../../core/armed.ts';
import { gateReasons } from '../../core/gate.ts';
import { workerName, todoWords } from '../../core/labels.ts';
import { nextTodo } from '../../core/order.ts';
import {
  isByHand,
  isUnreconciled,
  openOrchestration,
  type Dispatch,
  type State,
  type Step,
  type Todo,
} from '../../core/state.ts';
import { stepState, unreleasedSteps, type StepState } from '../../core/steps.ts';
import { at } from '../../core/table.ts';
import { packetText } from '../../contract/text/packetText.ts';
import { todoTree } from '../../core/views/todoTree.ts';
import { visible } from '../../core/views/visible.ts';
import { age } from '../ages.ts';
import { forRow } from '../inert.ts';
import { longestPage } from '../tree/pages.ts';
import { fixed, listing, type Listing, type Row } from '../tree/row.ts';
import { todoTooltip } from './todoTooltip.ts';

/** The TODO list as rows: a group stands only where it holds something. */
export function todoRows(state: State, now: number): Listing {
  if (!openOrchestration(state)) return fixed([]);
  const tree = todoTree(state);
  const next = nextTodo(state);
  const groups: readonly (Row | undefined)[] = [
    group(
      'live',
      'In progress',
      'sync',
      todos(tree.live, (todo) => liveRow(state, todo, now)),
    ),
    group(
      'items',
      'Open items',
      'issues',
      todos(tree.openItems, (todo) => itemRow(state, todo, todo.n === next?.n)),
    ),
    group(
      'next',
      'Next',
      'list-ordered',
      todos(tree.waiting, (todo) => waitingRow(state, todo, todo.n === next?.n)),
    ),
    group(
      'deferred',
      'Deferred',
      'clock',
      todos(tree.deferred, (todo) => deferredRow(state, todo)),
    ),
    group(
      'watched',
      'Rollback triggers',
      'discard',
      listing(tree.watched, {
        id: ({ todo }) => todoRowId(todo.n),
        name: ({ todo }) => `TODO ${todo.n}`,
        row: (one) => watchedRow(state, one),
      }),
    ),
    group(
      'plan',
      'Plan',
      'milestone',
      listing(tree.plan, {
        id: (step) => `step:${step.n}`,
        name: (step) => `Step ${step.n}`,
        row: (step) => stepRow(state, step),
      }),
    ),
  ];
  return fixed(groups.filter((row) => row !== undefined));
}

/** The id of a TODO's row, in whatever group it stands. */
export function todoRowId(n: number): string {
  return `todo:${n}`;
}

function todos(found: readonly Todo[], row: (todo: Todo) => Row): Listing {
  return listing(found, { id: ({ n }) => todoRowId(n), name: ({ n }) => `TODO ${n}`, row });
}

/** Of a long group the number is a round one: a row that changes makes VS Code fetch what stands below it. */
function group(id: string, label: string, icon: string, below: Listing): Row | undefined {
  const { length } = below.ids;
  if (length === 0) return undefined;
  const count = length > longestPage ? `over ${100 * Math.floor((length - 1) / 100)}` : `${length}`;
  const findable = length > longestPage && id !== 'plan' ? `${count}, Find a TODO looks into all` : count;
  return {
    id,
    label,
    description: findable,
    icon,
    context: 'group',
    spoken: `${label}, ${findable}`,
    tooltip: () => groupWords[id] ?? label,
    children: () => below,
  };
}

const groupWords: Readonly<Record<string, string>> = {
  live: 'What a worker has now, review included.',
  items: 'What results left open. Planned work waits for it.',
  next: 'What waits for a dispatch, in order. Only the first one is dispatched.',
  deferred: 'Passed over by an override. It counts again at the next release and at closing.',
  watched: 'Approved fixes. One is taken back in one step when its trigger fires.',
  plan: 'Steps are intentions: a step is no work until it is released.',
};

function liveRow(state: State, todo: Todo, now: number): Row {
  const dispatch = todo.dispatch === undefined ? undefined : at(state.dispatches, todo.dispatch);
  const who = dispatch ? forRow(workerName(state, dispatch.worker), 40) : '';
  const marks = dispatch ? marksOf(state, dispatch) : [];
  const standing = [who, dispatch ? age(dispatch.at, now) : '', ...marks]
    .filter((part) => part !== '')
    .join(', ');
  const isReview = dispatch?.inReview !== undefined;
  const ails = dispatch?.ended !== undefined || dispatch?.silentSince !== undefined;
  return todoRow(state, todo, {
    head: standing,
    description: forRow(todoWords(todo), 80),
    icon: isReview ? 'eye' : ails ? 'warning' : 'play-circle',
    ...(ails && !isReview ? { colour: 'list.warningForeground' } : {}),
    context: [
      'live',
      isReview ? 'review' : 'working',
      ...(dispatch?.ended ? ['ended'] : []),
      ...(dispatch?.budget ? ['budgeted'] : []),
      dispatch && isByHand(at(state.workers, dispatch.worker)) ? 'byhand' : 'connected',
    ].join(' '),
    ...(isReview
      ? { open: { command: 'lockkeeper.openResult', argument: { result: dispatch.inReview } } }
      : {}),
    argument: {
      todo: todo.n,
      ...(dispatch ? { dispatch: dispatch.n, worker: dispatch.worker } : {}),
      ...(dispatch?.inReview === undefined ? {} : { result: dispatch.inReview }),
    },
  });
}

function marksOf(state: State, dispatch: Dispatch): readonly string[] {
  if (dispatch.inReview !== undefined) return ['in review'];
  if (dispatch.ended) return ['ended without a result'];
  const marks: string[] = [];
  if (dispatch.budget?.up) marks.push('over its budget');
  if (dispatch.acknowledgedAt === undefined) marks.push('not acknowledged');
  if (dispatch.silentSince !== undefined) marks.push('silent');
  const asks = dispatch.questions.some((n) => at(state.questions, n)?.state === 'open');
  if (asks) marks.push('asks');
  return marks;
}

function itemRow(state: State, todo: Todo, isNext: boolean): Row {
  const raw = isUnreconciled(todo);
  const from = todo.sources.map(({ worker }) => forRow(workerName(state, worker), 40));
  return todoRow(state, todo, {
    head: raw ? `to reconcile: ${forRow(todoWords(todo), 80)}` : forRow(todoWords(todo), 80),
    description: raw ? `left open by ${[...new Set(from)].join(', ')}` : nextAnd(isNext, todo.role),
    icon: raw ? 'issue-draft' : 'issue-opened',
    ...(raw ? { colour: 'list.warningForeground' } : {}),
    context: `item waiting ${raw ? 'raw' : 'packed'}${isNext && !raw ? ' next' : ''}`,
    ...(raw ? { open: { command: 'lockkeeper.reconcile', argument: { todo: todo.n } } } : {}),
    argument: { todo: todo.n },
  });
}

function waitingRow(state: State, todo: Todo, isNext: boolean): Row {
  const fired = todo.debug?.fired;
  const words = forRow(todoWords(todo), 80);
  return todoRow(state, todo, {
    head: fired === undefined ? words : `rolled back: ${words}`,
    description: [...(fired === undefined ? [] : [forRow(fired, 60)]), nextAnd(isNext, todo.role)].join(', '),
    icon: fired !== undefined ? 'discard' : isNext ? 'arrow-right' : 'circle-outline',
    ...(fired === undefined ? {} : { colour: 'list.warningForeground' }),
    context: `waiting packed${isNext ? ' next' : ''}`,
    argument: { todo: todo.n },
  });
}

function deferredRow(state: State, todo: Todo): Row {
  return todoRow(state, todo, {
    head: forRow(todoWords(todo), 80),
    description: forRow(todo.deferred?.reason ?? '', 60),
    icon: 'clock',
    context: `waiting deferred ${isUnreconciled(todo) ? 'raw' : 'packed'}`,
    argument: { todo: todo.n },
  });
}

/** P9: what is watched, and at which reading the fix is taken back. */
function watchedRow(state: State, { todo, rollback }: Armed): Row {
  return todoRow(state, todo, {
    head: forRow(`${rollback.watch}: ${rollback.reading}`, 80),
    description: forRow(todoWords(todo), 80),
    icon: 'shield',
    context: rollback.command === undefined ? 'watched' : 'watched runnable',
    argument: { todo: todo.n },
  });
}

function nextAnd(isNext: boolean, role: string): string {
  return isNext ? `next, ${forRow(role, 40)}` : forRow(role, 40);
}

function todoRow(
  state: State,
  todo: Todo,
  part: Pick<Row, 'icon' | 'context'> &
    Partial<Row> & { readonly head: string; readonly description: string },
): Row {
  const { head, ...rest } = part;
  const label = `TODO ${todo.n}: ${head}`;
  return {
    ...rest,
    id: todoRowId(todo.n),
    label,
    context: `todo ${rest.context}`,
    spoken: `${label}, ${rest.description}`,
    tooltip: () => todoTooltip(state, todo),
  };
}

const stepIcons: Readonly<Record<StepState, string>> = {
  planned: 'circle-large-outline',
  released: 'play',
  complete: 'pass',
  'complete by override': 'unverified',
  dropped: 'circle-slash',
};

function stepRow(state: State, step: Step): Row {
  const standing = stepState(state, step.n);
  const tasks = step.tasks.length === 1 ? '1 task' : `${step.tasks.length} tasks`;
  const label = `Step ${step.n}: ${forRow(step.title, 80)}`;
  const description = `${standing}, ${forRow(step.role, 40)}, ${tasks}`;
  const base: Row = {
    id: `step:${step.n}`,
    label,
    description,
    icon: stepIcons[standing],
    context: standing === 'planned' ? `step planned${gateBefore(state, step)}` : 'step released',
    spoken: `${label}, ${description}`,
    tooltip: () => stepTooltip(step, standing),
    argument: { step: step.n },
  };
  if (standing !== 'planned') return base;
  const tasksOf = step.tasks.map((packet, index) => ({ packet, index }));
  return {
    ...base,
    collapsed: true,
    children: () =>
      listing(tasksOf, {
        id: ({ index }) => `task:${index + 1}`,
        name: ({ index }) => `Task ${index + 1}`,
        row: ({ packet, index }) => ({
          id: `task:${index + 1}`,
          label: forRow(packet.task, 80),
          description: 'planned',
          icon: 'dash',
          context: 'task',
          spoken: `Planned task: ${forRow(packet.task, 80)}`,
          tooltip: () => visible(packetText(packet)),
        }),
      }),
  };
}

/** Whether the gate lets this step through; nothing where another step comes first. */
function gateBefore(state: State, step: Step): '' | ' open' | ' shut' {
  if (unreleasedSteps(state)[0]?.n !== step.n) return '';
  return gateReasons(state).length === 0 ? ' open' : ' shut';
}

function stepTooltip(step: Step, standing: StepState): string {
  const override = step.override ? [`Released by override: ${step.override.reason}`] : [];
  return visible(
    [`Step ${step.n}: ${step.title}`, `Role: ${step.role}`, `State: ${standing}`, ...override].join('\n'),
  );
}
