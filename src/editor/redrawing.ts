/** The part of the event loop that drawing may take is one in this many. */
const share = 5;
/** In milliseconds: VS Code has fetched the rows of one change before the next one tells it to fetch anew. */
const apart = 100;

/**
 * Draws once for all that changed in one turn of the event loop, and at once where little happens. Where changes
 * come in a stream, a long list leaves the loop free in between, so that calls and keys do not wait for rows.
 */
export class Redrawing {
  readonly #draw: () => void;
  #waiting: NodeJS.Timeout | undefined;
  #next = 0;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  soon(): void {
    this.#waiting ??= setTimeout(() => this.#now(), this.#next - performance.now());
  }

  dispose(): void {
    clearTimeout(this.#waiting);
  }

  #now(): void {
    this.#waiting = undefined;
    const begun = performance.now();
    this.#draw();
    const ended = performance.now();
    this.#next = ended + Math.max(apart, (share - 1) * (ended - begun));
  }
}
