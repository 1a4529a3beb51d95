import { Alphabet } from './alphabet.ts';
import { holds, singleOf } from './characters.ts';
import type { Automaton, Edge } from './pattern.ts';

const bitsOfPlace = 16;
const mostPlaces = 2 ** bitsOfPlace - 1;

/** How often an edge may still be looked at; below zero: nothing is looked at any more. */
export interface Allowed {
  looks: number;
}

/** How far a name has come within a segment: nothing yet, `.`, `..`, or what may be the whole of it. */
type Within = 'nothing' | 'dot' | 'dots' | 'segment';

/** What one beginning of a name means for all that is barred, and for names as such. */
interface Bar {
  readonly n: number;
  /** The places where the barred ones may be, in order; the upper bits are the number of the barred one. */
  readonly places: readonly number[];
  /** Whether a name that ends here is a name, and not barred. */
  readonly isOpen: boolean;
  readonly within: Within;
  readonly next: Map<number, Bar | undefined>;
}

/** A beginning that both automata have read. */
interface Step {
  readonly mine: number;
  readonly theirs: number;
  readonly bar: Bar;
  readonly code: number;
  readonly before: Step | undefined;
}

/**
 * Looks for a shortest name that two automata hold and no barred one does: breadth first over the pairs of their
 * places, beside the places where the barred ones may be.
 */
export class Search {
  readonly #mine: Automaton;
  readonly #theirs: Automaton;
  readonly #barred: readonly Automaton[];
  readonly #alphabet: Alphabet;
  readonly #allowed: Allowed;
  readonly #bars = new Map<string, Bar>();
  readonly #seen = new Set<number>();

  constructor(mine: Automaton, theirs: Automaton, barred: readonly Automaton[], allowed: Allowed) {
    this.#mine = mine;
    this.#theirs = theirs;
    this.#barred = barred;
    this.#alphabet = new Alphabet([mine, theirs, ...barred]);
    this.#allowed = allowed;
    allowed.looks -= this.#alphabet.looks;
  }

  run(): string | undefined {
    const bar = this.#bar(
      this.#barred.map((_, index) => index << bitsOfPlace),
      'nothing',
    );
    let now: Step[] = [{ mine: 0, theirs: 0, bar, code: 0, before: undefined }];
    // Names that have a dot in front of a segment come last, for an example that a person finds usual.
    let later: Step[] = [];
    while (now.length > 0 || later.length > 0) {
      if (now.length === 0) [now, later] = [later, []];
      const next: Step[] = [];
      for (const step of now) {
        if (this.#isEnd(step)) return spelled(step);
        if (this.#allowed.looks < 0) return undefined;
        for (const follower of this.#followers(step))
          (follower.bar.within === 'dot' ? later : next).push(follower);
      }
      now = next;
    }
    return undefined;
  }

  #isEnd({ mine, theirs, bar }: Step): boolean {
    return bar.isOpen && this.#mine.ends[mine] === true && this.#theirs.ends[theirs] === true;
  }

  #followers(step: Step): Step[] {
    const found: Step[] = [];
    for (const my of this.#mine.places[step.mine] ?? []) {
      for (const their of this.#theirs.places[step.theirs] ?? []) {
        const [few, many] = singleOf(my.on) !== undefined ? [my, their] : [their, my];
        for (const code of this.#alphabet.in(few.on)) {
          this.#allowed.looks -= 1;
          if (!holds(many.on, code)) continue;
          const bar = this.#after(step.bar, code);
          if (bar && this.#isNew(my, their, bar))
            found.push({ mine: my.to, theirs: their.to, bar, code, before: step });
        }
      }
    }
    return found;
  }

  #isNew(mine: Edge, theirs: Edge, bar: Bar): boolean {
    const key = (bar.n * this.#mine.places.length + mine.to) * this.#theirs.places.length + theirs.to;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  /** Undefined where no name begins so. */
  #after(bar: Bar, code: number): Bar | undefined {
    if (bar.next.has(code)) return bar.next.get(code);
    const within = withinAfter(bar.within, code);
    const found = within && this.#bar(this.#placesAfter(bar.places, code), within);
    bar.next.set(code, found);
    return found;
  }

  #placesAfter(places: readonly number[], code: number): readonly number[] {
    const next = new Set<number>();
    for (const place of places) {
      const number = place & ~mostPlaces;
      const edges = this.#barredAt(place)?.places[place - number] ?? [];
      this.#allowed.looks -= edges.length + 1;
      for (const { on, to } of edges) if (holds(on, code)) next.add(number + to);
    }
    return [...next].sort((left, right) => left - right);
  }

  #barredAt(place: number): Automaton | undefined {
    return this.#barred[place >>> bitsOfPlace];
  }

  #bar(places: readonly number[], within: Within): Bar {
    const key = `${within} ${places.join()}`;
    let bar = this.#bars.get(key);
    if (!bar) {
      const isBarred = places.some((place) => this.#barredAt(place)?.ends[place & mostPlaces]);
      const isOpen = within === 'segment' && !isBarred;
      this.#bars.set(key, (bar = { n: this.#bars.size, places, isOpen, within, next: new Map() }));
    }
    return bar;
  }
}

function withinAfter(within: Within, code: number): Within | undefined {
  if (code === 0x2f) return within === 'segment' ? 'nothing' : undefined;
  if (code !== 0x2e) return 'segment';
  return within === 'nothing' ? 'dot' : within === 'dot' ? 'dots' : 'segment';
}

function spelled(end: Step): string {
  const codes: number[] = [];
  for (let step: Step = end; step.before; step = step.before) codes.push(step.code);
  return String.fromCodePoint(...codes.reverse());
}
