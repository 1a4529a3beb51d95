import { at } from '../../src/core/table.ts';
import { eventsOf, lateResultsOpen, leftTodos, sameNumbers, type Promised, type Turn } from './turn.ts';

/** T5: nothing is released over what stands, but by a user's override that names each of it, in that act. */
export const release: Promised<Turn> = (turn) => {
  const { before, actor, act } = turn;
  const released = eventsOf(turn, 'step-released');
  if (released.length === 0) return undefined;
  if (act.type !== 'release' || released.length > 1) return 'T5: a step is released by something else';
  const [event] = released;
  const todos = leftTodos(before);
  const late = lateResultsOpen(before);
  const inReview = [...before.live].flatMap((n) => at(before.dispatches, n)?.inReview ?? []);
  if (before.planAffected.length > 0) return 'T7: released although the plan is affected';
  const { override } = act;
  if (override === undefined) {
    if (todos.length > 0) return `T5: released while TODO ${todos[0]?.n} stands`;
    if (late.length > 0) return `T5: released while late result ${late[0]} left items`;
    return event?.override ? 'T5: an override is recorded that nobody gave' : undefined;
  }
  if (actor.seat !== 'user') return 'T5: an override that is not the user’s';
  if (todos.length + late.length === 0) return 'T5: an override is spent on nothing';
  if (
    !sameNumbers(
      override.todos,
      todos.map(({ n }) => n),
    )
  )
    return 'T5: the override does not name what stands';
  if (!sameNumbers(override.results, [...late, ...inReview]))
    return 'T5: the override does not name each result';
  if (event?.override !== override) return 'T5: the override is not recorded with the release';
  const deferred = leftTodos(turn.after).filter((todo) => todo.deferred?.step === event.step);
  return sameNumbers(
    deferred.map(({ n }) => n),
    override.todos,
  )
    ? undefined
    : 'T5: what the override names is not what is deferred';
};

/** T7: only a release turns a step into TODOs, all of it, at the tail and once. */
export const plan: Promised<Turn> = (turn) => {
  const made = eventsOf(turn, 'todo-added').filter(({ origin }) => origin.kind === 'step');
  const [released] = eventsOf(turn, 'step-released');
  const tasks = released ? (at(turn.before.steps, released.step)?.tasks ?? []) : [];
  const whole = turn.act.type === 'split-todo';
  if (whole) return undefined;
  if (made.length !== tasks.length) return 'T7: a step became TODOs otherwise than by its release';
  if (released && at(turn.before.steps, released.step)?.releasedAt !== undefined) return 'T7: released twice';
  const left = [...turn.before.planAffected].filter((n) => !turn.after.planAffected.includes(n));
  const closed = eventsOf(turn, 'orchestration-closed').length > 0;
  const answered = [
    ...eventsOf(turn, 'plan-stood').map(({ result }) => result),
    ...eventsOf(turn, 'replanned').flatMap(({ answers }) => answers),
  ];
  if (!closed && left.some((n) => !answered.includes(n))) {
    return 'T7: an affected plan is forgotten';
  }
  const said = eventsOf(turn, 'resulted').filter(({ packet }) => packet.planAffected.affected);
  return said.every(({ result }) => turn.after.planAffected.includes(result))
    ? undefined
    : 'T7: a result says the plan is affected and nothing comes of it';
};

/** T8: no act writes the work of a step that is not released into the list. */
export const momentum: Promised<Turn> = (turn) => {
  if (turn.act.type === 'release') return undefined;
  for (const event of turn.events) {
    if (event.type !== 'todo-added' && event.type !== 'todo-edited' && event.type !== 'todo-reconciled')
      continue;
    for (const chunk of turn.before.steps.chunks) {
      for (const step of chunk) {
        const isPlanned =
          step.releasedAt === undefined && step.orchestration === turn.before.orchestration?.n;
        if (isPlanned && step.tasks.some(({ task }) => task === event.packet?.task)) {
          return `T8: TODO ${event.todo} is the work of step ${step.n}, which is not released`;
        }
      }
    }
  }
  return undefined;
};

const aside: ReadonlySet<string> = new Set([
  'nudge',
  'feedback',
  'hear',
  'hear-answer',
  'leave-question',
  'give-time',
  'note-budget',
  'no-op',
  'instruct',
]);

/** T2, P5: what is said beside the work moves no TODO, task, plan or verdict. */
export const said: Promised<Turn> = ({ before, after, act }) => {
  if (!aside.has(act.type)) return undefined;
  const same =
    before.todos === after.todos &&
    before.list === after.list &&
    before.live === after.live &&
    before.steps === after.steps &&
    before.plan === after.plan &&
    before.results === after.results;
  return same ? undefined : `P5: ${act.type} moved more than words`;
};

/** T7: live work that a replan does not name, or lets go on, stays as it is; and a replan releases nothing. */
export const replanned: Promised<Turn> = (turn) => {
  const { before, after, act } = turn;
  if (act.type !== 'replan' || eventsOf(turn, 'replanned').length === 0) return undefined;
  for (const { n, state } of leftTodos(before)) {
    if (state !== 'live') continue;
    const fate = act.live.find(({ todo }) => todo === n)?.fate ?? 'goes-on';
    const [was, now] = [before, after].map((one) => at(one.todos, n));
    if (fate === 'goes-on' && was !== now)
      return `T7: live TODO ${n} changed under a replan that lets it go on`;
  }
  const isReleased = after.steps.chunks
    .flat()
    .some(({ n, releasedAt }) => releasedAt !== undefined && at(before.steps, n)?.releasedAt === undefined);
  return isReleased ? 'T7: a replan releases a step' : undefined;
};

/** T3: what an undone approval leaves to do stands at the head of the list in the same act. */
export const undone: Promised<Turn> = (turn) => {
  const [event] = eventsOf(turn, 'approval-undone');
  if (!event) return undefined;
  const { before, after } = turn;
  if (at(before.results, event.result)?.state !== 'approved') return 'T3: undone what was not approved';
  const made = eventsOf(turn, 'todo-added').map(({ todo }) => todo);
  const due = [...event.returned, ...made];
  if (due.length === 0) return 'T3: an approval is undone, and nothing is left to do';
  const waiting = after.list.filter((n) => at(after.todos, n)?.state === 'waiting');
  return sameNumbers(waiting.slice(0, due.length), due)
    ? undefined
    : 'T3: what an undo leaves is not at the head';
};
