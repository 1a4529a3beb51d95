import type { EventType, Recorded } from '../contract/events.ts';
import { decisive, type Decisive } from './decisive.ts';
import { short } from './labels.ts';
import type { Decided } from './spoken.ts';
import type { State } from './state.ts';

type Event = Recorded['event'];

/** What lies further back stands in the timeline. */
const mostKept = 100;

/**
 * P2: keeps what an agent decided in the user's place, so that the user sees it and can take it over. The last word on
 * the same thing is the one that counts: a later one of the agent's is kept in its place, one of anybody else's takes
 * it over.
 */
export function withDecided(
  state: State,
  { at, actor, event }: Pick<Recorded, 'at' | 'actor' | 'event'>,
): State {
  if (event.type === 'orchestration-started')
    return state.decided.length === 0 ? state : { ...state, decided: [] };
  const isAgents = actor === 'orchestrator';
  // Who writes its packet anew has taken over what was made of an open item.
  const what = event.type === 'todo-edited' && !isAgents ? 'todo-reconciled' : event.type;
  if (!isDecisive(what)) return state;
  const n = subjectOf(state, event, decisive[what]);
  const others = state.decided.filter((one) => one.what !== what || one.n !== n);
  if (isAgents) return { ...state, decided: [...others, { what, n, at, ...saidIn(event) }].slice(-mostKept) };
  return others.length === state.decided.length ? state : { ...state, decided: others };
}

function isDecisive(type: EventType): type is Decisive {
  return Object.hasOwn(decisive, type);
}

function subjectOf({ orchestration }: State, event: Event, key: string): number {
  const n = (event as unknown as Readonly<Record<string, unknown>>)[key];
  return typeof n === 'number' ? n : (orchestration?.n ?? 1);
}

/** Kept with it, since what it is about does not always keep it. */
function saidIn(event: Event): Pick<Decided, 'why'> {
  if (event.type === 'todo-split') return { why: `into TODOs ${event.into.join(', ')}` };
  return 'reason' in event && event.reason !== undefined ? { why: short(event.reason, 100) } : {};
}
