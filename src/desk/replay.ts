import { evolve } from '../core/evolution.ts';
import { initial, type State } from '../core/state.ts';
import type { Reader, Row } from '../journal/port.ts';
import { fromRow } from './record.ts';

/** The state after the rows that opening a journal went through; short of them where one cannot be read. */
export class Replay implements Reader {
  state: State = initial;
  #isStuck = false;

  begin(): void {
    this.state = initial;
    this.#isStuck = false;
  }

  hear(row: Row): void {
    if (this.#isStuck) return;
    try {
      this.state = evolve(this.state, fromRow(row));
    } catch {
      this.#isStuck = true;
    }
  }
}
