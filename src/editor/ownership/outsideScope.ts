import { otherOn } from '../../core/ownership.ts';
import type { Dispatch, State } from '../../core/state.ts';
import { workerName } from '../../core/labels.ts';
import { at } from '../../core/table.ts';
import { holds, territoryOf } from '../../core/territory.ts';
import { folded } from '../../core/views/folded.ts';
import { visible } from '../../core/views/visible.ts';
import type { Workspace } from '../../core/workspace.ts';
import { forRow } from '../inert.ts';
import type { Row } from '../tree/row.ts';

/** A file that is not as it was when the work was handed out. */
export interface Touched {
  /** Its name in the workspace; undefined where no folder shows it. */
  readonly name: string | undefined;
  /** From the root of the worktree. */
  readonly path: string;
}

interface Around {
  readonly state: () => State;
  readonly workspace: () => Workspace;
  /** What was touched in the worktree of a dispatch; undefined where it has none. It may reject. */
  readonly touched: (dispatch: number) => Promise<readonly Touched[] | undefined>;
  readonly changed: () => void;
  /** Milliseconds between two looks. */
  readonly every?: number;
}

/** Looking takes git one part in this many of the time. */
const share = 5;

/**
 * What workers wrote outside their SCOPE, each in its own worktree: nobody else works there, so whose write it was is
 * certain. What git says now is looked at again and again, so nothing of it is kept, and what is taken back goes.
 */
export class OutsideScope {
  readonly #around: Around;
  readonly #found = new Map<number, { readonly isApart: boolean; readonly outside: readonly Touched[] }>();
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isOver = false;

  constructor(around: Around) {
    this.#around = around;
    this.hear();
  }

  /** Work began or ended. */
  hear(): void {
    const { live } = this.#around.state();
    for (const n of [...this.#found.keys()]) if (!live.includes(n)) this.#put(n, undefined);
    this.#lookIn(0);
  }

  /** Whether a dispatch has a worktree; undefined while nobody has looked. */
  isApart(dispatch: number): boolean | undefined {
    return this.#found.get(dispatch)?.isApart;
  }

  of(dispatch: number): readonly Touched[] {
    return this.#found.get(dispatch)?.outside ?? [];
  }

  get rows(): readonly Row[] {
    const state = this.#around.state();
    return state.live.flatMap((n) => {
      const dispatch = at(state.dispatches, n);
      const outside = this.of(n);
      return dispatch && outside.length > 0 ? [rowOf(state, dispatch, outside)] : [];
    });
  }

  dispose(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #lookIn(milliseconds: number): void {
    if (this.#isLooking || this.#isOver || this.#around.state().live.length === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), milliseconds);
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    const begun = performance.now();
    for (const n of this.#around.state().live) {
      // Where git does not answer, what it said last stands.
      const touched = await this.#around.touched(n).catch(() => 'unknown' as const);
      if (!this.#isOver && touched !== 'unknown') this.#put(n, touched);
    }
    this.#isLooking = false;
    const { every = 1_000 } = this.#around;
    this.#lookIn(Math.max(every, (share - 1) * (performance.now() - begun)));
  }

  #put(n: number, touched: readonly Touched[] | undefined): void {
    const state = this.#around.state();
    const dispatch = state.live.includes(n) ? at(state.dispatches, n) : undefined;
    const before = JSON.stringify(this.of(n));
    if (!dispatch) this.#found.delete(n);
    else {
      const workspace = this.#around.workspace();
      const outside = (touched ?? []).filter((one) => isOutside(state, dispatch, one, workspace));
      this.#found.set(n, { isApart: touched !== undefined, outside });
    }
    if (JSON.stringify(this.of(n)) !== before) this.#around.changed();
  }
}

function isOutside(state: State, dispatch: Dispatch, { name }: Touched, workspace: Workspace): boolean {
  if (name === undefined || !holds(territoryOf(dispatch, workspace), name)) return true;
  return otherOn(state, name, dispatch.worker, workspace) !== undefined;
}

function rowOf(state: State, dispatch: Dispatch, outside: readonly Touched[]): Row {
  const names = outside.map(({ name, path }) => name ?? path);
  const count = names.length === 1 ? '1 file' : `${names.length} files`;
  const label = forRow(`${workerName(state, dispatch.worker)} wrote ${count} outside its SCOPE`, 120);
  const todos = `${dispatch.todos.length === 1 ? 'TODO' : 'TODOs'} ${dispatch.todos.join(', ')}`;
  const description = `${todos}, certain, in its own worktree: ${forRow(names.slice(0, 3).join(', '), 120)}`;
  const argument = { dispatch: dispatch.n };
  return {
    id: `outside:${dispatch.n}`,
    label,
    description,
    icon: 'warning',
    colour: 'list.warningForeground',
    context: 'inbox outside',
    spoken: `${label}, ${description}`,
    tooltip: () => folded(visible(names.join('\n'))).slice(0, 4_000),
    open: { command: 'lockkeeper.showUnclaimed', argument },
    argument,
  };
}
