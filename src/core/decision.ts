import type { ActName, ActOf } from '../contract/acts.ts';
import type { Actor } from '../contract/actor.ts';
import type { Event, EventOf, EventType, Recorded } from '../contract/events.ts';
import type { Flaw } from '../contract/packets.ts';
import { refusal, type Refusal, type Subject } from '../contract/refusal.ts';
import type { ChangeSeen } from './change.ts';
import type { State } from './state.ts';
import type { Workspace } from './workspace.ts';

/** What only the edge can know of one act, found by the work that goes before it. */
export interface Facts {
  /** What the result that is spoken of really changed. */
  readonly change?: ChangeSeen;
  /** The commit that holds the approved change, or that takes one back, where one was made. */
  readonly commit?: string;
  /** Where the work of dispatches that are over lies, by their number: the names of branches. */
  readonly kept?: Kept;
  /** Why the worker of a dispatch shares the folder that is open, though dispatches get one of their own. */
  readonly shares?: string;
  /** Whether an approved change can be taken back as the branch stands. */
  readonly revert?: 'clean' | 'conflicts';
}

export type Kept = Readonly<Record<number, string>>;

/** Who asks, when (epoch milliseconds), and what for. */
export interface Asked<N extends ActName = ActName> extends Facts {
  readonly actor: Actor;
  readonly now: number;
  readonly act: ActOf<N>;
  readonly workspace?: Workspace | undefined;
}

/** Numbers of what an act made, by kind, so that the caller need not search for them. */
export type Made = Readonly<
  Partial<
    Record<
      | 'step'
      | 'todo'
      | 'dispatch'
      | 'question'
      | 'result'
      | 'worker'
      | 'proposal'
      | 'lock'
      | 'conflict'
      | 'request'
      | 'instruction'
      | 'replan',
      number
    >
  >
>;

/**
 * What the rules say to a command: events, or a refusal. A refusal may come with events too, where the
 * rules want the try itself on the record; those change no TODO.
 */
export type Decision =
  | { readonly events: readonly Event[]; readonly made: Made; readonly said: string }
  | { readonly events: readonly Event[]; readonly refusal: Refusal };

export type Refused = Extract<Decision, { readonly refusal: Refusal }>;

export type Decide<N extends ActName> = (state: State, asked: Asked<N>) => Decision;
export type Deciders<N extends ActName = ActName> = { readonly [K in N]: Decide<K> };

export type Evolve<T extends EventType> = (
  state: State,
  event: EventOf<T>,
  recorded: Pick<Recorded, 'at' | 'actor'>,
) => State;
export type Evolvers<T extends EventType = EventType> = { readonly [K in T]: Evolve<K> };

/** `said` is one sentence for whoever asked: what happened, and the next sensible step. */
export function accept(events: readonly Event[], said: string, made: Made = {}): Decision {
  return { events, made, said };
}

export function refuse(code: string, sentence: string, next: string, flaws?: readonly Flaw[]): Refused {
  return { events: [], refusal: refusal(code, sentence, next, flaws) };
}

/** The same, where the way out is about one thing. */
export function refuseAbout(about: Subject, code: string, sentence: string, next: string): Decision {
  return { events: [], refusal: { ...refusal(code, sentence, next), about } };
}

/** The same, where each of these stands in the way (T5, P11): the sentence names the first, the refusal all. */
export function refuseFor(
  code: string,
  because: string,
  [first, ...others]: readonly { readonly sentence: string; readonly next: string }[],
): Decision {
  const sentence = first?.sentence ?? '';
  const more = others.length > 0 ? `${/[.!?”]$/.test(sentence) ? '' : '.'} And ${others.length} more.` : '';
  const no = refusal(code, `${because} ${sentence}${more}`, first?.next ?? '');
  const also = others.slice(0, mostNamed).map(({ sentence, next }) => ({ sentence, next }));
  return { events: [], refusal: also.length > 0 ? { ...no, also } : no };
}

const mostNamed = 20;

export function isRefused(decision: Decision): decision is Extract<Decision, { refusal: Refusal }> {
  return 'refusal' in decision;
}
