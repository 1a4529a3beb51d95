import { dispatchName, short, todoName, workerName } from '../labels.ts';
import type { Decided } from '../spoken.ts';
import type { State } from '../state.ts';
import { at } from '../table.ts';

/** What the agent in the seat decided and still stands as its word, for a row of the Inbox. */
export interface AgentsDecision extends Decided {
  readonly title: string;
  readonly detail: string;
}

/** P2: the newest first; what the user has taken over since is the user's, and not among them. */
export function decisions(state: State): readonly AgentsDecision[] {
  const told = state.decided.flatMap((one) => {
    const words = wordsOf(state, one);
    return words ? [{ ...one, title: words[0], detail: words[1] }] : [];
  });
  return told.reverse();
}

const agents = 'orchestrator';

function wordsOf(state: State, { what, n }: Decided): readonly [string, string] | undefined {
  switch (what) {
    case 'answered': {
      const question = at(state.questions, n);
      const asker = question && at(state.dispatches, question.dispatch);
      if (!asker || question.state !== 'answered' || question.answeredBy !== agents) return undefined;
      const who = workerName(state, asker.worker);
      const heard = question.heardAt === undefined ? `${who} has not heard it` : `${who} has heard it`;
      const chosen = short(question.answer?.chosen ?? '', 100);
      return [`Answered question ${n}: ${chosen}`, heard];
    }
    case 'approved':
    case 'rejected': {
      const result = at(state.results, n);
      const dispatch = result && at(state.dispatches, result.dispatch);
      if (!dispatch || result.state !== what || result.reviewedBy !== agents) return undefined;
      if (result.approval?.undone !== undefined) return undefined;
      const why = short(result.rejection?.reason ?? result.packet.summary, 100);
      return [
        `${what === 'approved' ? 'Approved' : 'Rejected'} result ${n}: ${why}`,
        dispatchName(state, dispatch),
      ];
    }
    case 'dispatched':
    case 'withdrawn': {
      const dispatch = at(state.dispatches, n);
      if (!dispatch || dispatch.over !== (what === 'withdrawn' ? what : undefined)) return undefined;
      const verb = what === 'withdrawn' ? 'Withdrew' : 'Dispatched';
      return [`${verb} ${dispatchName(state, dispatch)}`, short(dispatch.why ?? dispatch.packet.task, 100)];
    }
    case 'todo-dropped': {
      const todo = at(state.todos, n);
      return todo?.state === 'dropped'
        ? [`Dropped ${todoName(todo)}`, short(todo.why ?? '', 100)]
        : undefined;
    }
  }
}
