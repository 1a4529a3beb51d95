import { evidenceOf } from '../evidence.ts';
import { proposedMessage } from '../commitMessage.ts';
import { doneTodos } from '../doneTodos.ts';
import { closingReasons } from '../closing.ts';
import { short, stepName, todoWords, upper, workerName } from '../labels.ts';
import type { Orchestration, State, StoredResult, Todo } from '../state.ts';
import { stepsOf, stepState, survivor, unreleasedSteps } from '../steps.ts';
import { at, each } from '../table.ts';
import { ownOf, type Own } from './handoffOwn.ts';
import { risksOf } from './handoffRisks.ts';

/** Sections of a release entry as Keep a Changelog has them, in its order. */
export const changeKinds = ['Added', 'Changed', 'Removed', 'Fixed', 'Security'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Something that was open at some time. A late item is named by its result and its place, from 1. */
export type Thing =
  `${'todo' | 'step' | 'question' | 'conflict' | 'late'} ${number}` | `late ${number}.${number}`;

/** One line of the handoff, and all that is accounted for by it. */
export interface Account {
  readonly covers: readonly Thing[];
  readonly words: string;
}

/** An approved result: what it changed, where that is, and what shows it. */
export interface Completed extends Account {
  readonly kind: ChangeKind;
  readonly result: number;
  readonly worker: string;
  readonly commit?: string;
  readonly evidence: readonly string[];
}

/** With its reason. */
export interface Left extends Account {
  readonly reason: string;
}

/** P11: what one orchestration came to. Plain texts, as they came. */
export interface Handoff {
  readonly orchestration: Orchestration;
  readonly completed: readonly Completed[];
  readonly pending: readonly Left[];
  readonly dropped: readonly Left[];
  readonly risks: readonly string[];
  readonly next: readonly string[];
  /** Answered questions, resolved conflicts, ended instructions. */
  readonly decided: readonly Left[];
}

/** P11: of the orchestration that is open, as it stands now, or of the last one; undefined before the first. */
export function handoffOf(state: State): Handoff | undefined {
  const { orchestration } = state;
  if (!orchestration) return undefined;
  const own = ownOf(state, orchestration);
  const carriers = carriersOf(state, own.todos);
  const approved = approvedResults(state, own);
  return {
    orchestration,
    completed: approved.map(([result, todos]) => completed(state, result, todos, carriers)),
    pending: [...pendingTodos(state, own.todos, carriers), ...pendingRest(state)],
    dropped: dropped(state, own, carriers),
    risks: risksOf(state, own),
    next: nextOf(state),
    decided: decided(state, own),
  };
}

/** By the number of a TODO that stands for itself: those that were merged into it or split into it. */
type Carriers = ReadonlyMap<number, readonly Todo[]>;

function carriersOf(state: State, todos: readonly Todo[]): Carriers {
  const carriers = new Map<number, Todo[]>();
  const parts = new Map<number, Todo[]>();
  for (const todo of todos) {
    if (todo.splitFrom !== undefined) parts.set(todo.splitFrom, [...(parts.get(todo.splitFrom) ?? []), todo]);
  }
  const ends = (todo: Todo): readonly Todo[] => {
    const last = survivor(state, todo);
    return last.state === 'split' ? (parts.get(last.n) ?? []).flatMap(ends) : [last];
  };
  for (const todo of todos) {
    for (const { n } of ends(todo)) {
      if (n !== todo.n) carriers.set(n, [...(carriers.get(n) ?? []), todo]);
    }
  }
  return carriers;
}

function covers(n: number, carriers: Carriers): readonly Thing[] {
  return [n, ...(carriers.get(n) ?? []).map((todo) => todo.n)].map((todo): Thing => `todo ${todo}`);
}

/** "TODO 5: its task (with TODO 3; part of TODO 2)". */
function todoLine(todo: Todo, carriers: Carriers): string {
  const held = carriers.get(todo.n) ?? [];
  const merged = held.filter((one) => one.state === 'merged').map(({ n }) => n);
  const split = held.filter((one) => one.state === 'split').map(({ n }) => n);
  const notes = [
    ...(merged.length > 0 ? [`with TODO ${merged.join(', ')} merged into it`] : []),
    ...(split.length > 0 ? [`part of TODO ${split.join(', ')}`] : []),
  ];
  return `TODO ${todo.n}: ${short(todoWords(todo), 200)}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}

const kindOf: Readonly<Record<string, ChangeKind>> = { feat: 'Added', fix: 'Fixed', revert: 'Removed' };

/** Each approved result with the TODOs that left the list by it; one that was taken back counts where they stayed away. */
function approvedResults(state: State, own: Own): readonly (readonly [StoredResult, readonly number[]])[] {
  const given = new Set<number>();
  const found = own.results.toReversed().flatMap((result) => {
    const dispatch = at(state.dispatches, result.dispatch);
    if (result.state !== 'approved' || !dispatch) return [];
    const closed = result.packet.earlierItems.filter((item) => item.closed).map(({ todo }) => todo);
    const todos = [...doneTodos(result, dispatch), ...closed].filter(
      (n) => at(state.todos, n)?.state === 'approved' && !given.has(n),
    );
    for (const n of todos) given.add(n);
    return todos.length > 0 ? [[result, todos] as const] : [];
  });
  return found.toReversed();
}

function completed(
  state: State,
  result: StoredResult,
  todos: readonly number[],
  carriers: Carriers,
): Completed {
  const dispatch = at(state.dispatches, result.dispatch);
  const { approval } = result;
  const message = approval?.subject ?? (dispatch ? proposedMessage(state, result, dispatch) : '');
  const [, type = '', scope = '', description = message] =
    /^([a-z-]+)(\([^()]*\))?!?: (.*)/i.exec(message) ?? [];
  const evidence = evidenceOf(state, result, approval?.tree, approval?.base);
  return {
    covers: todos.flatMap((n) => covers(n, carriers)),
    words: upper(description),
    kind: scope === '(security)' ? 'Security' : (kindOf[type.toLowerCase()] ?? 'Changed'),
    result: result.n,
    worker: dispatch ? workerName(state, dispatch.worker) : '',
    ...(approval?.commit === undefined ? {} : { commit: approval.commit }),
    evidence: evidence.length === 0 ? ['seen by eye'] : evidence.map(({ level, why }) => `${level}: ${why}`),
  };
}

function pendingTodos(state: State, todos: readonly Todo[], carriers: Carriers): readonly Left[] {
  const kept = new Map(state.pending.map(({ todo, reason }) => [todo, reason]));
  const standing = new Map(
    closingReasons(state).flatMap(({ about, sentence }) =>
      about.kind === 'todo' ? [[about.n, sentence] as const] : [],
    ),
  );
  const order = [...state.list, ...kept.keys()];
  return todos
    .filter((todo) => todo.state === 'waiting' || todo.state === 'live')
    .toSorted((a, b) => order.indexOf(a.n) - order.indexOf(b.n))
    .map((todo) => ({
      covers: covers(todo.n, carriers),
      words: todoLine(todo, carriers),
      reason: [todo.deferred?.reason, kept.get(todo.n) ?? standing.get(todo.n)]
        .filter(
          (reason, index, all) => reason !== undefined && reason !== '' && all.indexOf(reason) === index,
        )
        .join(' '),
    }));
}

/** What else stands: questions, conflicts, late results, and the steps that were not released. */
function pendingRest(state: State): readonly Left[] {
  const standing = closingReasons(state).flatMap(({ code, about, sentence, next }): readonly Left[] => {
    if (about.kind === 'question' || about.kind === 'conflict') {
      return [{ covers: [`${about.kind} ${about.n}`], words: sentence, reason: next }];
    }
    return code === 'late-result' ? [{ covers: [`late ${about.n}`], words: sentence, reason: next }] : [];
  });
  const late = state.late.flatMap((n) => lateItems(state, n, 'open', 'It is not on the list yet.'));
  const steps = unreleasedSteps(state).map((step): Left => ({
    covers: [`step ${step.n}`],
    words: upper(stepName(step)),
    reason: 'It was not released; it is offered as a plan.',
  }));
  return [...standing, ...late, ...steps];
}

function lateItems(
  state: State,
  n: number,
  standing: 'open' | 'dismissed',
  otherwise: string,
): readonly Left[] {
  const result = at(state.results, n);
  return (result?.lateItems ?? []).flatMap((item, index) =>
    item.standing === standing
      ? [
          {
            covers: [`late ${n}.${index + 1}`] as const,
            words: `Late result ${n}, item ${index + 1}: ${short(result?.packet.open[index]?.words ?? '', 200)}`,
            reason: item.reason ?? otherwise,
          },
        ]
      : [],
  );
}

function dropped(state: State, own: Own, carriers: Carriers): readonly Left[] {
  return [
    ...own.todos
      .filter((todo) => todo.state === 'dropped')
      .map((todo) => ({
        covers: covers(todo.n, carriers),
        words: todoLine(todo, carriers),
        reason: todo.why ?? '',
      })),
    ...[...each(state.steps)]
      .filter((step) => step.orchestration === state.orchestration?.n && step.dropped !== undefined)
      .map((step): Left => ({
        covers: [`step ${step.n}`],
        words: upper(stepName(step)),
        reason: step.dropped ?? '',
      })),
    ...[...each(state.steps)]
      .filter((step) => step.dropped !== undefined && step.orchestration === state.orchestration?.n)
      .map((step): Left => ({
        covers: [`step ${step.n}`],
        words: upper(stepName(step)),
        reason: step.dropped ?? '',
      })),
    ...own.questions
      .filter((question) => question.state === 'moot')
      .map(({ n, packet, why }): Left => ({
        covers: [`question ${n}`],
        words: `Question ${n}, never answered: ${short(packet.question ?? '', 200)}`,
        reason: why ?? '',
      })),
    ...own.results.flatMap(({ n }) => lateItems(state, n, 'dismissed', '')),
  ];
}

function decided(state: State, own: Own): readonly Left[] {
  return [
    ...own.questions
      .filter((question) => question.state === 'answered')
      .map(({ n, packet, answer }): Left => ({
        covers: [`question ${n}`],
        words: `Question ${n}: ${short(packet.question ?? '', 200)}`,
        reason: [answer?.chosen, answer?.rationale].filter((part) => part !== undefined).join(': '),
      })),
    ...own.conflicts
      .filter((conflict) => conflict.resumed !== undefined)
      .map(({ n, files, resumed }): Left => ({
        covers: [`conflict ${n}`],
        words: `Conflict ${n} in ${files.join(', ')}`,
        reason: resumed?.reason ?? '',
      })),
  ];
}

/** What comes next: what is pending in its order, then the steps that were planned. */
function nextOf(state: State): readonly string[] {
  const todos = state.list.length > 0 ? state.list : state.pending.map(({ todo }) => todo);
  const [first] = todos;
  const todo = first === undefined ? undefined : at(state.todos, first);
  return [
    ...(todo ? [`Begin with TODO ${todo.n}: ${short(todoWords(todo), 200)}`] : []),
    ...(todos.length > 1
      ? [`Then the other ${todos.length - 1} TODOs that are pending, in their order.`]
      : []),
    ...stepsOf(state)
      .filter(({ n }) => stepState(state, n) === 'planned')
      .map((step) => `Then ${stepName(step)}, for ${step.role}.`),
  ];
}
