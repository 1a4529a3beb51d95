import { dirname } from 'node:path';
import { evolve } from '../core/evolution.ts';
import { initial, openOrchestration } from '../core/state.ts';
import { homeAt, keepHome } from '../journal/home.ts';
import { orphansBeside, rowsOf } from '../journal/orphans.ts';
import type { Row } from '../journal/port.ts';
import { fromRow } from './record.ts';

/** A journal of Lockkeeper whose folder is not where it was. */
export interface Orphan {
  /** The folder it lies in, absolute; what it is known by. */
  readonly place: string;
  readonly file: string;
  /** The folder or workspace file it was last opened for. */
  readonly home: string;
  /** Set where that was on another machine. */
  readonly host: string | undefined;
  /** Whether the folder that is open now may well be the same one. */
  readonly isLikely: boolean;
  readonly holds: Holdings;
}

/** What a journal holds, for somebody who is to know it again. */
export interface Holdings {
  /** Of the newest orchestration; undefined where there was none, or the journal is damaged. */
  readonly objective: string | undefined;
  readonly isOpen: boolean;
  /** On the list. */
  readonly todos: number;
  /** Epoch milliseconds of the last event. */
  readonly lastAt: number | undefined;
}

/** Writes down what this journal belongs to, so that it is known again when its folder has another name. */
export function rememberHome(file: string, path: string): void {
  keepHome(file, homeAt(path));
}

/** The orphans that hold something, the likeliest and newest first. Reads each from its beginning. */
export async function findOrphans(file: string, path: string): Promise<readonly Orphan[]> {
  const found: Orphan[] = [];
  const mine = homeAt(path);
  for (const { file: other, home, isLikely } of await orphansBeside(file, mine)) {
    const rows = await rowsOf(other);
    if (rows?.length === 0) continue;
    const host = home.host === mine.host ? undefined : home.host;
    found.push({
      place: dirname(other),
      file: other,
      home: home.path,
      host,
      isLikely,
      holds: holdings(rows),
    });
  }
  return found.sort(
    (a, b) => Number(b.isLikely) - Number(a.isLikely) || (b.holds.lastAt ?? 0) - (a.holds.lastAt ?? 0),
  );
}

function holdings(rows: readonly Row[] = []): Holdings {
  const lastAt = rows.at(-1)?.at;
  try {
    const state = rows.map(fromRow).reduce(evolve, initial);
    const isOpen = openOrchestration(state) !== undefined;
    return { objective: state.orchestration?.objective, isOpen, todos: state.list.length, lastAt };
  } catch {
    // Of a newer version: it can be adopted, and is then shown as far as it can be.
    return { objective: undefined, isOpen: false, todos: 0, lastAt };
  }
}
