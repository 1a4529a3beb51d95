import { randomUUID } from 'node:crypto';
import type { Act } from '../contract/acts.ts';
import { refusal, type Refusal } from '../contract/refusal.ts';
import { initial, type State } from '../core/state.ts';
import { refused, type Outcome } from './action.ts';
import type { House } from './house.ts';

/** What the commands and views share: the state as it stands, and the one way to change it. */
export class Room {
  readonly house: House;

  constructor(house: House) {
    this.house = house;
  }

  get state(): State {
    return this.house.desk?.state ?? initial;
  }

  /** Why nothing can be done here; undefined where there is a desk. */
  get shut(): Refusal | undefined {
    if (this.house.desk) return undefined;
    const { why, trouble } = this.house;
    if (why === 'journal' && trouble) return trouble;
    return why === 'open' ? noDesk.journal : noDesk[why];
  }

  async submit(act: Act): Promise<Outcome> {
    const { desk } = this.house;
    if (!desk) return refused(this.shut ?? noDesk.journal);
    return desk.submit({ id: randomUUID(), actor: { seat: 'user' }, act });
  }

  /** Enters what a worker that works by hand sent: its act, by the user's hand. */
  async enter(worker: number, act: Act): Promise<Outcome> {
    const { desk } = this.house;
    if (!desk) return refused(this.shut ?? noDesk.journal);
    const actor = { seat: 'worker', worker, enteredBy: 'user' } as const;
    return desk.submit({ id: randomUUID(), actor, act });
  }
}

const noDesk = {
  'no-folder': refusal(
    'no-folder',
    'No folder is open, and Lockkeeper keeps its records with a folder.',
    'Open one.',
  ),
  untrusted: refusal(
    'untrusted',
    'This folder is not trusted, so Lockkeeper only looks.',
    'Trust it, if you do.',
  ),
  journal: refusal(
    'no-journal',
    'The journal of this folder cannot be opened.',
    'Look into the log of Lockkeeper.',
  ),
} as const;
