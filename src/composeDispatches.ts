import type { Grounds } from './composeGrounds.ts';
import type { Leftovers } from './composeLeftovers.ts';
import type { Worktrees } from './composeWorktrees.ts';
import type { Event, EventOf } from './contract/events.ts';
import type { Refusal } from './contract/refusal.ts';
import type { Facts } from './core/decision.ts';
import { isByHand, type State } from './core/state.ts';
import { at } from './core/table.ts';
import type { Command } from './desk/command.ts';
import type { Preparation, Prepared } from './desk/preparing.ts';
import type { WorktreeSettings } from './editor/worktrees/settings.ts';

export interface DispatchNeeds {
  readonly worktrees: Worktrees;
  readonly grounds: Grounds;
  readonly leftovers: Leftovers;
  readonly state: () => State;
  readonly settings: () => WorktreeSettings;
  /** Whether the person carries what is not committed into the worker's base. */
  readonly mayCarry: (why: Refusal) => Promise<boolean>;
}

/** Before a dispatch is true its worktree is there, set up; side by side all of them, or none and no dispatch. */
export function dispatchPreparation(needs: DispatchNeeds): Omit<Preparation, 'turn'> {
  return {
    measure: async () => ({ kept: await needs.leftovers.branches() }),
    prepare: async (command, events) => {
      const parts: Prepared[] = [];
      const undo = async (): Promise<void> => {
        for (const part of parts.splice(0).reverse()) await part.undo();
      };
      for (const event of events) {
        if (event.type !== 'dispatched') continue;
        const part = await prepareOne(needs, command, event);
        if ('code' in part) {
          await undo();
          return part;
        }
        parts.push(part);
      }
      return {
        facts: Object.assign({}, ...parts.map(({ facts }) => facts)) as Facts,
        fits: (now) => textOf(now) === textOf(events),
        keep: async () => {
          for (const part of parts) await part.keep();
        },
        undo,
      };
    },
  };
}

/** Whether each has a folder of its own is what was found out meanwhile. */
function textOf(events: readonly Event[]): string {
  return JSON.stringify(events, (key, value: unknown) => (key === 'apart' ? undefined : value));
}

const nothing: Prepared = { keep: () => Promise.resolve(), undo: () => Promise.resolve() };

async function prepareOne(
  { worktrees, grounds, state, settings, mayCarry }: DispatchNeeds,
  { id, actor }: Command,
  event: EventOf<'dispatched'>,
): Promise<Prepared | Refusal> {
  const worker = at(state().workers, event.worker);
  const { mode, uncommitted } = settings();
  // Nobody who works by hand is told of another folder than the one that is open.
  if (!worker) return nothing;
  const wanted = { ...event, worker, command: id };
  if (mode === 'shared' || isByHand(worker)) return grounds.record(wanted, id);
  let given = await worktrees.make(wanted, uncommitted === 'carry' ? 'carry' : 'refuse');
  const asks = uncommitted === 'ask' && actor.seat === 'user';
  if (!given.ok && given.refusal.code === 'uncommitted-in-scope' && asks && (await mayCarry(given.refusal)))
    given = await worktrees.make(wanted, 'carry');
  if (!given.ok) return withOutput(given.refusal, given.output);
  if (given.worktree) return worktrees.prepared(given.worktree);
  const shared = await grounds.record(wanted, id);
  return 'code' in shared ? shared : { ...shared, facts: { shares: given.shares } };
}

const lastWords = 300;

function withOutput(why: Refusal, output: string): Refusal {
  const words = output.trim();
  if (words === '') return why;
  const end = words.length > lastWords ? `…${words.slice(-lastWords)}` : words;
  return { ...why, sentence: `${why.sentence} It wrote: ${end}` };
}
