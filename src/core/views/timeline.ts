import type { Recorded } from '../../contract/events.ts';
import type { Mark, Span, SpanKind, Timeline } from '../../contract/timeline.ts';
import { conflictName, openConflicts } from '../dispute.ts';
import { evolve } from '../evolution.ts';
import { gateReasons } from '../gate.ts';
import { dispatchName, short, workerName } from '../labels.ts';
import { initial, type State } from '../state.ts';
import { at } from '../table.ts';
import { heldUp, markOf } from './timelineMarks.ts';
import { visible } from './visible.ts';

type Happened = Pick<Recorded, 'at' | 'actor' | 'event'>;

interface Standing {
  readonly kind: SpanKind;
  /** The worker it is of; 0 is the orchestration. */
  readonly owner: number;
  readonly words: string;
}

interface Drawn {
  readonly marks: Mark[];
  readonly spans: Span[];
  /** The workers that have a lane, in its order; 0 is the orchestration. */
  readonly owners: number[];
  /** By what stands, the place of its span. */
  readonly open: Map<string, number>;
  readonly from: number;
}

/**
 * Draws the timeline of an orchestration as its history is told, event by event. It follows only `orchestration`;
 * what was before is gone through, what comes behind it is not taken up. A clock that goes back stands still.
 */
export class TimelineDraft {
  readonly #orchestration: number;
  #state: State;
  #now = 0;
  #drawn: Drawn | undefined;
  #over: State | undefined;

  constructor(orchestration: number, begun: State = initial) {
    this.#orchestration = orchestration;
    this.#state = begun;
  }

  /** How much of the history it has heard. */
  get seq(): number {
    return this.#state.seq;
  }

  hear(happened: Happened): void {
    const { event } = happened;
    const before = this.#state;
    this.#state = evolve(before, happened);
    this.#now = Math.max(this.#now, happened.at);
    const { orchestration } = this.#state;
    if (orchestration?.n !== this.#orchestration) {
      if (this.#drawn) this.#over ??= before;
      return;
    }
    this.#drawn ??= { marks: [], spans: [], owners: [0], open: new Map(), from: this.#now };
    const mark = markOf(event, this.#state);
    if (mark) {
      const { owner, kind, about, words } = mark;
      const lane = this.#lane(this.#drawn, owner);
      const shown = visible(words);
      this.#drawn.marks.push({ id: this.#state.seq, at: this.#now, lane, kind, about, words: shown });
    }
    this.#follow(this.#drawn);
  }

  /** As it stands; `now` is where what lasts still ends. Undefined where no such orchestration was begun. */
  timeline(now: number): Timeline | undefined {
    const drawn = this.#drawn;
    const state = this.#over ?? this.#state;
    if (!drawn || !state.orchestration) return undefined;
    const { n, objective, closedAt } = state.orchestration;
    const isOver = closedAt !== undefined;
    const last = drawn.marks.at(-1)?.at ?? drawn.from;
    return {
      orchestration: n,
      objective: visible(short(objective, 200)),
      from: drawn.from,
      until: isOver ? last : Math.max(last, now),
      isOver,
      lanes: drawn.owners.map((owner) =>
        owner === 0
          ? { name: 'Orchestration', role: 'the gate, the plan, your word' }
          : {
              name: visible(short(workerName(state, owner), 40)),
              role: visible(short(at(state.workers, owner)?.role ?? '', 40)),
            },
      ),
      marks: drawn.marks.slice(),
      spans: drawn.spans.slice(),
    };
  }

  #lane({ owners }: Drawn, owner: number): number {
    const lane = owners.indexOf(owner);
    return lane === -1 ? owners.push(owner) - 1 : lane;
  }

  /** Begins what stands now and did not, and ends what stood and no longer does. */
  #follow(drawn: Drawn): void {
    const now = standing(this.#state);
    for (const [key, span] of drawn.open) {
      const open = drawn.spans[span];
      if (now.has(key) || !open) continue;
      drawn.open.delete(key);
      drawn.spans[span] = { ...open, until: this.#now };
    }
    for (const [key, { kind, owner, words }] of now) {
      if (drawn.open.has(key)) continue;
      const lane = this.#lane(drawn, owner);
      const span = drawn.spans.push({ lane, kind, from: this.#now, words: visible(words) }) - 1;
      drawn.open.set(key, span);
    }
  }
}

/** The timeline of one orchestration out of the whole history, or out of what followed on `begun`. */
export function timelineOf(
  history: Iterable<Happened>,
  orchestration: number,
  now: number,
  begun: State = initial,
): Timeline | undefined {
  const draft = new TimelineDraft(orchestration, begun);
  for (const happened of history) draft.hear(happened);
  return draft.timeline(now);
}

/** Everything that lasts at this moment, each by a key of its own. */
function standing(state: State): ReadonlyMap<string, Standing> {
  const found = new Map<string, Standing>();
  // Whatever is on the list shuts it; to say why for each would cost a long list dearly.
  if (state.list.length > 0 || gateReasons(state).length > 0)
    found.set('shut', { kind: 'shut', owner: 0, words: 'The gate is shut' });
  for (const n of state.live) {
    const dispatch = at(state.dispatches, n);
    if (!dispatch) continue;
    const owner = dispatch.worker;
    const words = dispatchName(state, dispatch);
    found.set(`work ${n}`, { kind: 'work', owner, words });
    if (dispatch.silentSince !== undefined) found.set(`silent ${n}`, { kind: 'silent', owner, words });
    const { inReview } = dispatch;
    if (inReview !== undefined)
      found.set(`review ${inReview}`, { kind: 'review', owner, words: `Result ${inReview}` });
  }
  for (const n of state.asked) {
    const question = at(state.questions, n);
    const dispatch = question && at(state.dispatches, question.dispatch);
    if (!dispatch) continue;
    const owner = dispatch.worker;
    const kind = question.blocking ? 'blocked' : 'question';
    found.set(`${kind} ${n}`, { kind, owner, words: `Question ${n}` });
  }
  for (const conflict of openConflicts(state))
    found.set(`conflict ${conflict.n}`, {
      kind: 'conflict',
      owner: heldUp(conflict),
      words: conflictName(conflict),
    });
  return found;
}
