import type { Event, EventOf, EventType } from '../../contract/events.ts';
import type { MarkAbout, MarkKind } from '../../contract/timeline.ts';
import { conflictName, frozenSide } from '../dispute.ts';
import { dispatchName, short, todoWords } from '../labels.ts';
import type { Conflict, State } from '../state.ts';
import { at } from '../table.ts';

interface Marked {
  readonly kind: MarkKind;
  /** The worker it is of; 0 is the orchestration. */
  readonly owner: number;
  readonly about: MarkAbout;
  readonly words: string;
}

type Marking = {
  readonly [T in EventType]?: (event: EventOf<T>, state: State) => Marked;
};

/** The events that stand on a timeline, each as one mark; read with the state behind them. */
const marking: Marking = {
  'orchestration-started': ({ orchestration, objective }) => ofAll('started', orchestration, objective),
  'orchestration-closed': ({ override }, { orchestration }) =>
    override
      ? ofAll('override', orchestration?.n, `Closed past what was open: ${short(override.reason)}`)
      : ofAll('closed', orchestration?.n, 'Nothing was open'),
  'step-released': ({ step, override }, state) => ({
    kind: override ? 'override' : 'released',
    owner: 0,
    about: { kind: 'step', n: step },
    words: override
      ? `Step ${step} released past what was open: ${short(override.reason)}`
      : `Step ${step}: ${short(at(state.steps, step)?.title ?? '')}`,
  }),
  instructed: ({ instruction, words }) => ofInstruction('instructed', instruction, short(words)),
  'carried-on': ({ instruction }) =>
    ofInstruction('carried-on', instruction, `Past instruction ${instruction}`),
  replanned: ({ replan, reason }) => ({
    kind: 'replanned',
    owner: 0,
    about: { kind: 'replan', n: replan },
    words: `Replan ${replan}: ${short(reason)}`,
  }),
  'debug-turned': ({ todo, on, reason }, { orchestration }) => {
    const words = `${on ? 'On' : 'Over'}: ${short(reason)}`;
    return todo === undefined ? ofAll('debug', orchestration?.n, words) : ofTodo('debug', todo, words);
  },
  'bug-described': ({ todo, reproduction }) =>
    ofTodo('debug', todo, `${short(reproduction.command, 80)} shows: ${short(reproduction.shows, 80)}`),

  dispatched: ({ dispatch, todos }, state) => {
    const about = todos.map((n) => `TODO ${n}: ${short(wordsOf(state, n), 60)}`);
    return ofDispatch('dispatched', state, dispatch, about.join('; '));
  },
  'fell-silent': ({ dispatch }, state) => ofDispatch('silent', state, dispatch),
  'came-back': ({ dispatch }, state) => ofDispatch('back', state, dispatch),
  relaunched: ({ dispatch }, state) => ofDispatch('back', state, dispatch, 'Started anew'),
  ended: ({ dispatch, exitCode }, state) =>
    ofDispatch(
      'ended',
      state,
      dispatch,
      `Without a result${exitCode === null ? '' : `, exit code ${exitCode}`}`,
    ),
  'budget-used-up': ({ dispatch }, state) => ofDispatch('nudged', state, dispatch, 'Its budget is used up'),
  'stopped-over-budget': ({ dispatch }, state) => ofDispatch('ended', state, dispatch, 'Over its budget'),
  'time-given': ({ dispatch, minutes, reason }, state) =>
    ofDispatch('feedback', state, dispatch, `${minutes} minutes in all: ${short(reason)}`),
  nudged: ({ dispatch, words }, state) => ofDispatch('nudged', state, dispatch, short(words)),
  'feedback-given': ({ dispatch, words }, state) => ofDispatch('feedback', state, dispatch, short(words)),
  withdrawn: ({ dispatch, reason }, state) => ofDispatch('withdrawn', state, dispatch, short(reason)),

  asked: ({ question, packet, blocking }, state) =>
    ofQuestion('asked', state, question, `${blocking ? 'Blocking: ' : ''}${short(packet.question ?? '')}`),
  'question-returned': ({ question, by, missing }, state) =>
    ofQuestion(
      'returned',
      state,
      question,
      `By ${by === 'core' ? 'Lockkeeper' : 'the orchestrator'}: ${missing.map(({ field }) => field).join(', ')}`,
    ),
  'question-revised': ({ question, packet }, state) =>
    ofQuestion('revised', state, question, short(packet.question ?? '')),
  answered: ({ question, answer }, state) => ofQuestion('answered', state, question, short(answer.chosen)),
  'question-moot': ({ question, reason }, state) => ofQuestion('moot', state, question, short(reason)),

  resulted: ({ result, packet, late }, state) =>
    ofResult(late ? 'late' : 'resulted', state, result, `${packet.outcome}: ${short(packet.summary)}`),
  'result-withdrawn': ({ result, reason }, state) => ofResult('withdrawn', state, result, short(reason)),
  approved: ({ result, override }, state) =>
    override
      ? ofResult(
          'override',
          state,
          result,
          `Approved past ${override.gates.join(', ')}: ${short(override.reason)}`,
        )
      : ofResult('approved', state, result),
  'approval-undone': ({ result, reason, fired }, state) =>
    ofResult(fired ? 'fired' : 'undone', state, result, short(reason)),
  rejected: ({ result, reason }, state) => ofResult('rejected', state, result, short(reason)),

  'conflict-opened': ({ conflict, noticed }, state) =>
    ofConflict('conflict', state, conflict, short(noticed)),
  resumed: ({ conflict, reason }, state) => ofConflict('resumed', state, conflict, short(reason)),
};

export function markOf(event: Event, after: State): Marked | undefined {
  const one = marking[event.type] as ((event: Event, state: State) => Marked) | undefined;
  return one?.(event, after);
}

/** P7: a case stands where somebody is held up by it. */
export function heldUp(conflict: Pick<Conflict, 'sides' | 'owner'>): number {
  const side = frozenSide(conflict);
  return side.kind === 'worker' ? side.worker : 0;
}

function ofAll(kind: MarkKind, n: number | undefined, words: string): Marked {
  return { kind, owner: 0, about: { kind: 'orchestration', n: n ?? 1 }, words: short(words) };
}

function ofInstruction(kind: MarkKind, n: number, words: string): Marked {
  return { kind, owner: 0, about: { kind: 'instruction', n }, words };
}

function ofTodo(kind: MarkKind, n: number, words: string): Marked {
  return { kind, owner: 0, about: { kind: 'todo', n }, words: `TODO ${n}: ${words}` };
}

function ofDispatch(kind: MarkKind, state: State, n: number, words?: string): Marked {
  const dispatch = at(state.dispatches, n);
  const name = dispatch ? dispatchName(state, dispatch) : '';
  return { kind, owner: dispatch?.worker ?? 0, about: { kind: 'dispatch', n }, words: words ?? name };
}

function ofQuestion(kind: MarkKind, state: State, n: number, words: string): Marked {
  const dispatch = at(state.questions, n)?.dispatch ?? 0;
  const owner = at(state.dispatches, dispatch)?.worker ?? 0;
  return { kind, owner, about: { kind: 'question', n }, words: `Question ${n}: ${words}` };
}

function ofResult(kind: MarkKind, state: State, n: number, words?: string): Marked {
  const dispatch = at(state.dispatches, at(state.results, n)?.dispatch ?? 0);
  const todos = dispatch ? dispatchName(state, dispatch) : '';
  return {
    kind,
    owner: dispatch?.worker ?? 0,
    about: { kind: 'result', n },
    words: `Result ${n}: ${words ?? todos}`,
  };
}

function ofConflict(kind: MarkKind, state: State, n: number, words: string): Marked {
  const conflict = at(state.conflicts, n);
  return {
    kind,
    owner: conflict ? heldUp(conflict) : 0,
    about: { kind: 'conflict', n },
    words: conflict ? `${conflictName(conflict)}: ${words}` : words,
  };
}

function wordsOf(state: State, n: number): string {
  const todo = at(state.todos, n);
  return todo ? todoWords(todo) : '';
}
