import { openOrchestration, type State } from '../state.ts';

/** P3: how long the first dispatch took, or is taking. */
export interface Startup {
  /** Whole minutes. */
  readonly minutes: number;
  readonly dispatched: boolean;
  readonly late: boolean;
  /** What is to be done about it, where orchestrator-first is late and nothing went out. */
  readonly call?: string;
}

export function startup(state: State, now: number, lateAfterMinutes: number): Startup | undefined {
  const open = openOrchestration(state);
  if (!open) return undefined;
  const { startedAt, firstDispatchAt, mode, releases = 0 } = open;
  const minutes = Math.max(0, Math.floor(((firstDispatchAt ?? now) - startedAt) / 60_000));
  const late = minutes > lateAfterMinutes;
  const dispatched = firstDispatchAt !== undefined;
  if (!late || dispatched || mode !== 'orchestrator-first') return { minutes, dispatched, late };
  const what = releases === 0 ? 'release a first step: one task in it is enough' : 'dispatch the first TODO';
  return {
    minutes,
    dispatched,
    late,
    call: `Late: ${minutes} min without a dispatch. Orchestrator-first: ${what}.`,
  };
}

/** The same in a few words. */
export function startupWords({ minutes, dispatched, late }: Startup): string {
  const said = dispatched ? `first dispatch after ${minutes} min` : `no dispatch yet, ${minutes} min`;
  return late ? `${said}, late` : said;
}
