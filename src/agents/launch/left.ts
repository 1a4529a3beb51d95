import type { Worker } from '../../core/state.ts';
import { each } from '../../core/table.ts';
import type { LaunchNeeds } from './needs.ts';

/** Terminals whose program has ended, and which wait for a person to read them. */
export interface Left {
  /** Whether an end is heard while its terminal stays; where not, none may stay. */
  readonly isHearing: boolean;
  isLeft(worker: Worker): boolean;
  /** A new terminal is opened for it: one that waits in this window is closed. */
  opens(worker: Worker): void;
  /** One that waits in another window is closed. */
  makeRoom(worker: Worker): Promise<void>;
  /** Its terminal is closed. True where its end was told before. */
  closes(worker: Worker): boolean;
  dispose(): void;
}

/** Tells the end of a program at once, and once: what becomes of its terminal says nothing more. */
export function hearLeft(
  { desk, terminals, atWork, end }: Pick<LaunchNeeds, 'desk' | 'terminals' | 'atWork' | 'end'>,
  tell: (worker: Worker, exitCode: number) => void,
): Left {
  const told = new Set<number>();
  const isLeft = ({ n }: Worker): boolean =>
    atWork.leftWith(n) !== undefined && atWork.processOf(n) !== undefined;
  // Those from before a start are looked after with all others who are not to be heard.
  for (const worker of each(desk.state.workers)) if (isLeft(worker)) told.add(worker.n);
  const hearing = atWork.onChange(() => {
    for (const worker of each(desk.state.workers)) {
      const exitCode = atWork.leftWith(worker.n);
      // The window that has its terminal tells.
      if (exitCode === undefined || told.has(worker.n) || !terminals.isOpen(worker.name)) continue;
      told.add(worker.n);
      tell(worker, exitCode);
    }
  });
  return {
    isHearing: hearing !== undefined,
    isLeft,
    opens({ n, name }) {
      told.delete(n);
      if (!terminals.isOpen(name)) return;
      told.add(n);
      terminals.close(name);
    },
    async makeRoom(worker) {
      const found = isLeft(worker) && !terminals.isOpen(worker.name) && atWork.processOf(worker.n);
      if (found) await end(found.pid, () => atWork.processOf(worker.n)?.pid === found.pid, found.entry);
    },
    closes: ({ n }) => told.delete(n),
    dispose: () => hearing?.dispose(),
  };
}
