import type { Recorded } from '../contract/events.ts';
import type { Decided } from './spoken.ts';
import type { State } from './state.ts';

/** What lies further back stands in the timeline. */
const mostKept = 100;

/** P2: keeps what an agent decided in the user's place, so that the user sees it and can take it over. */
export function withDecided(
  state: State,
  { at, actor, event }: Pick<Recorded, 'at' | 'actor' | 'event'>,
): State {
  if (event.type === 'orchestration-started')
    return state.decided.length === 0 ? state : { ...state, decided: [] };
  const n = actor === 'orchestrator' ? subjectOf(event) : undefined;
  if (n === undefined) return state;
  const decided = { what: event.type as Decided['what'], n, at };
  return { ...state, decided: [...state.decided, decided].slice(-mostKept) };
}

function subjectOf(event: Recorded['event']): number | undefined {
  switch (event.type) {
    case 'answered':
      return event.question;
    case 'approved':
    case 'rejected':
      return event.result;
    case 'dispatched':
    case 'withdrawn':
      return event.dispatch;
    case 'todo-dropped':
      return event.todo;
    default:
      return undefined;
  }
}
