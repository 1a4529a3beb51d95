import { off, type Change } from '../rules.ts';

const budget = 'core/budget.ts';
const time = 'core/workingTime.ts';

/** P2: what live work may take, and who says so. */
export const budgetChanges: readonly Change[] = [
  off('P2', budget, 'A budget that is set reaches nobody.', 'Math.floor(budgetMinutes)', '0'),
  off('P2', budget, 'Nobody is asked when the budget is used up.', 'if (!budget.up) {', 'if (false) {'),
  off(
    'P2',
    budget,
    'It is asked before it is used up.',
    'if (used < limitOf(dispatch, workspace) && !outOfCalls)',
    'if (false)',
  ),
  off('P2', budget, 'Its calls are never used up.', '(calls ?? 0) >= budget.limit', 'false'),
  off(
    'P2',
    budget,
    'Who is not counted is told of a number of calls.',
    'isCounted(worker) ? Math.floor(budgetCalls) : 0',
    'Math.floor(budgetCalls)',
  ),
  off(
    'P2',
    budget,
    'Calls are given that nobody counts.',
    'said !== undefined && !isCounted(worker)',
    'false',
  ),
  off('P2', budget, 'Calls are given without minutes.', 'said !== undefined && minutes < 1', 'false'),
  off(
    'P2',
    budget,
    'Calls that are given reach nobody.',
    'const calls = said ??',
    'const calls = undefined ??',
  ),
  off('P2', budget, 'Past it, nobody is stopped.', 'act.past && !isByHand', 'false && !isByHand'),
  off('P2', budget, 'A person is stopped too.', '!isByHand(at(state.workers, dispatch.worker))', 'true'),
  off('P2', budget, 'An agent gives itself all the time.', 'if (budget > budgetMostMinutes)', 'if (false)'),
  off('P2', budget, 'An agent gives itself all the calls.', 'if (calls > budgetMostCalls)', 'if (false)'),
  off('P2', budget, 'The user gives no more than an agent.', "if (seat === 'user') return undefined;", ''),
  off('P2', budget, 'More time is given for no reason.', 'if (isBlank(act.reason))', 'if (false)'),
  off(
    'P2',
    'core/dispatch.ts',
    'What was stopped over its budget starts again as if nothing were.',
    'if (dispatch.budget?.stopped) {',
    'if (false) {',
  ),
  off(
    'P2',
    'core/ownership.ts',
    'What was stopped over its budget writes on.',
    'if (dispatch.budget?.stopped) {',
    'if (false) {',
  ),
  off('P6', time, 'The wait for an answer counts.', '!waitsForAnswer(state, dispatch)', 'true'),
  off(
    'P6',
    time,
    'Any question stops the clock.',
    "question?.state === 'open' && question.blocking",
    'question !== undefined',
  ),
  off('P8', time, 'The wait for a verdict counts.', 'inReview === undefined &&', ''),
  off('T2', time, 'Time runs while everything is stopped.', 'state.instructed.length === 0 &&', ''),
  off(
    'P2',
    'agents/guardRoute.ts',
    'One that only writes is never asked for its result.',
    '?.budget?.up ||',
    '|| true ||',
  ),
  off('P2', 'agents/budgets.ts', 'A night asleep uses a budget up.', 'if (jumped !== 0)', 'if (false)'),
];
